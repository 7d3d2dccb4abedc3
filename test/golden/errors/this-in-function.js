/**
 * @native
 * @param {Float64Array} values
 * @returns {number}
 */
export function total(values) {
  let sum = 0;
  values.forEach(function (x) {
    sum += x * this.factor;
  });
  return sum;
}
// rewritten:
/**
 * @native
 * @param {Float64Array} values
 * @param {number} factor
 * @returns {number}
 */
export function total(values, factor) {
  let sum = 0;
  values.forEach(function (x) {
    sum += x * factor;
  });
  return sum;
}
