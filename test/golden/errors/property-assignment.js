/**
 * @native
 * @param {Float64Array} values
 */
export function truncate(values) {
  values.length = 3;
}
