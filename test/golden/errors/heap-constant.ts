const weights = [0.25, 0.5, 0.25];

/** @native */
export function weighted(x: number): number {
  return weights[1]! * x;
}
// rewritten:
/** @native */
export function weighted(x: number): number {
  const weights = [0.25, 0.5, 0.25];
  return weights[1]! * x;
}
