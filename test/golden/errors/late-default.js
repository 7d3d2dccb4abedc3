/**
 * @native
 * @param {number} [x]
 * @param {number} [y]
 * @returns {number}
 */
export function sum(x = y, y = 1) {
  return x + y;
}
// rewritten:
/**
 * @native
 * @param {number} [y]
 * @param {number} [x]
 * @returns {number}
 */
export function sum(y = 1, x = y) {
  return x + y;
}
