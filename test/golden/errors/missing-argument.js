/**
 * @param {number} x
 * @param {number} factor
 * @returns {number}
 */
function scale(x, factor) {
  return x * factor;
}

/**
 * @native
 * @param {number} x
 * @returns {number}
 */
export function twice(x) {
  return scale(x);
}
// rewritten:
/**
 * @param {number} x
 * @param {number} factor
 * @returns {number}
 */
function scale(x, factor) {
  return x * factor;
}

/**
 * @native
 * @param {number} x
 * @returns {number}
 */
export function twice(x) {
  const factor = 2;
  return scale(x, factor);
}
