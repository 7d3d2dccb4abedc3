/**
 * @native
 * @param {number} x
 * @returns {number}
 */
export function scaled(x) {
  return this.factor * x;
}
// rewritten:
/**
 * @native
 * @param {number} factor
 * @param {number} x
 * @returns {number}
 */
export function scaled(factor, x) {
  return factor * x;
}
