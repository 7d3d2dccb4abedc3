/** @native */
export function root(x: number): number {
  if (x < 0) throw new RangeError(`${x} is negative`);
  return Math.sqrt(x);
}
