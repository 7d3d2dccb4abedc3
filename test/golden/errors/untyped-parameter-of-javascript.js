/**
 * @native
 * @param {number} x
 * @returns {number}
 */
export function grow(x, factor = 2) {
  return x * factor;
}
// rewritten:
/**
 * @native
 * @param {number} x
 * @param {number} [factor]
 * @returns {number}
 */
export function grow(x, factor = 2) {
  return x * factor;
}
