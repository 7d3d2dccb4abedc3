/**
 * @native
 * @param {number} values
 * @param {DataView} bytes
 * @returns {number}
 */
export function first(values, bytes) {
  return values[0] + bytes[0];
}
// rewritten:
/**
 * @native
 * @param {Float64Array} values
 * @param {Uint8Array} bytes
 * @returns {number}
 */
export function first(values, bytes) {
  return values[0] + bytes[0];
}
