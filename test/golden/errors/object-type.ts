interface Prices {
  [name: string]: number;
}

/** @native */
export function total(a: Prices): number {
  return a.tea + a.coffee;
}
// rewritten:
/** @native */
export function total(tea: number, coffee: number): number {
  return tea + coffee;
}
