/**
 * @native
 * @param {number} x
 * @returns {number}
 */
export function late(x) {
  const y = x + z;
  const z = 1;
  return y + z;
}
// rewritten:
/**
 * @native
 * @param {number} x
 * @returns {number}
 */
export function late(x) {
  const z = 1;
  const y = x + z;
  return y + z;
}
