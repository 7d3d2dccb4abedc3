/**
 * @native
 * @param {number} n
 * @param {DataView} bytes
 * @returns {number}
 */
export function count(n, bytes) {
  let sum = 0;
  for (const i of n) sum += i;
  for (const byte of bytes) sum += byte;
  return sum;
}
// rewritten:
/**
 * @native
 * @param {number} n
 * @param {Uint8Array} bytes
 * @returns {number}
 */
export function count(n, bytes) {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += i;
  for (const byte of bytes) sum += byte;
  return sum;
}
