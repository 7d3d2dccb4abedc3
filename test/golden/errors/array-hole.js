/**
 * @native
 * @returns {Float64Array}
 */
export function triple() {
  return new Float64Array([1, , 3]);
}
// rewritten:
/**
 * @native
 * @returns {Float64Array}
 */
export function triple() {
  return new Float64Array([1, NaN, 3]);
}
