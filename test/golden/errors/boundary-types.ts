interface Metres {
  metres: number;
}
interface Feet {
  feet: number;
}

/** @native */
export function first(lengths: (Metres | Feet)[]): boolean {
  return lengths[0] === lengths[1];
}

// rewritten:
interface Metres {
  unit: 'metres';
  metres: number;
}
interface Feet {
  unit: 'feet';
  feet: number;
}

/** @native */
export function first(lengths: (Metres | Feet)[]): boolean {
  return lengths[0] === lengths[1];
}
