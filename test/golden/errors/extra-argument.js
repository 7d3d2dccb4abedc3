/**
 * @native
 * @param {number} x
 * @param {Float64Array} values
 * @returns {number}
 */
export function steps(x, values) {
  values.fill(0, 1, 2, x++);
  return Math.abs(x, x++) + Number(x, x++);
}
// rewritten:
/**
 * @native
 * @param {number} x
 * @param {Float64Array} values
 * @returns {number}
 */
export function steps(x, values) {
  values.fill(0, 1, 2);
  return Math.abs(x) + Number(x);
}
