/**
 * @native
 * @param {number} x
 * @returns {number}
 */
export function count(x) {
  const n = 1;
  n += x;
  return n;
}
// rewritten:
/**
 * @native
 * @param {number} x
 * @returns {number}
 */
export function count(x) {
  let n = 1;
  n += x;
  return n;
}
