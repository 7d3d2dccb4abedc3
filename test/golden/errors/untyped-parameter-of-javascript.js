/**
 * @native
 * @param {number} x
 * @returns {number}
 */
export function grow(x, factor) {
  return x * factor;
}
// rewritten:
/**
 * @native
 * @param {number} x
 * @param {number} factor
 * @returns {number}
 */
export function grow(x, factor) {
  return x * factor;
}
