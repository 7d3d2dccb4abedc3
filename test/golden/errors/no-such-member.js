/**
 * @typedef {{ x: number }} Point
 */

/**
 * @native
 * @param {number} a
 */
export function sum(a) {
  /** @type {Point} */
  const point = { x: a, y: 1 };
  return point.x;
}
// rewritten:
/**
 * @typedef {{ x: number, y: number }} Point
 */

/**
 * @native
 * @param {number} a
 */
export function sum(a) {
  /** @type {Point} */
  const point = { x: a, y: 1 };
  return point.x;
}
