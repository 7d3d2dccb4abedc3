interface Mesh {
  points: Float64Array;
  name: string;
}
interface Metres {
  metres: number;
}
interface Feet {
  feet: number;
}

/** @native */
export function size(mesh: Mesh): number {
  return mesh.points.length;
}

/** @native */
export function first(lengths: (Metres | Feet)[]): boolean {
  return lengths[0] === lengths[1];
}

// rewritten:
interface Mesh {
  name: string;
}
interface Metres {
  unit: 'metres';
  metres: number;
}
interface Feet {
  unit: 'feet';
  feet: number;
}

/** @native */
export function size(mesh: Mesh, points: Float64Array): number {
  return points.length;
}

/** @native */
export function first(lengths: (Metres | Feet)[]): boolean {
  return lengths[0] === lengths[1];
}
