/**
 * @native
 * @param {number} x
 * @returns {number}
 */
export function sign(x) {
  if (x > 0) return 1;
  if (x < 0) return -1;
}
// rewritten:
/**
 * @native
 * @param {number} x
 * @returns {number}
 */
export function sign(x) {
  if (x > 0) return 1;
  if (x < 0) return -1;
  return 0;
}
