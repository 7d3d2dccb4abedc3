/**
 * @param {number} x
 * @returns {number}
 */
function step(x) {
  return x + 1;
}

export function useSmallSteps() {
  step = (x) => x + 0.5;
}

/**
 * @native
 * @param {number} x
 * @returns {number}
 */
export function apply(x) {
  return step(x);
}
// rewritten:
/**
 * @param {number} x
 * @returns {number}
 */
function step(x) {
  return x + 1;
}

/**
 * @native
 * @param {number} x
 * @returns {number}
 */
export function apply(x) {
  return step(x);
}
