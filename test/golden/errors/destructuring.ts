/** @native */
export function slope(from: Float64Array, to: Float64Array): number {
  const [x, y] = from;
  const { length } = to;
  return (to[1]! - y!) / (to[0]! - x!) + length;
}
// rewritten:
/** @native */
export function slope(from: Float64Array, to: Float64Array): number {
  const x = from[0], y = from[1];
  const length = to.length;
  return (to[1]! - y!) / (to[0]! - x!) + length;
}
