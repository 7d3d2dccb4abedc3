const weights = [0.25, 0.5, 0.25];

/** @native */
export function weighted(x: number): number {
  return weights[1]! * x;
}
// rewritten:
const weights = new Float64Array([0.25, 0.5, 0.25]);

/** @native */
export function weighted(x: number): number {
  return weights[1]! * x;
}
