/**
 * @native
 * @param {Float64Array} values
 * @param {import('tsnative').i64} id
 * @param {boolean} flag
 * @returns {number}
 */
export function mixed(values, id, flag) {
  const first = values * 2;
  return values[id] + first + values[flag];
}
// rewritten:
/**
 * @native
 * @param {Float64Array} values
 * @param {import('tsnative').i64} id
 * @param {boolean} flag
 * @returns {number}
 */
export function mixed(values, id, flag) {
  const first = values[0] * 2;
  return values[Number(id)] + first + values[Number(flag)];
}
