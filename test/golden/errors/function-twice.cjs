/**
 * @native
 * @param {number} x
 * @returns {number}
 */
function apply(x) {
  return step(x);
}

/**
 * @param {number} x
 * @returns {number}
 */
function step(x) {
  return x + 1;
}

/**
 * @param {number} x
 * @returns {number}
 */
function step(x) {
  return x + 2;
}

exports.apply = apply;
// rewritten:
/**
 * @native
 * @param {number} x
 * @returns {number}
 */
function apply(x) {
  return step(x);
}

/**
 * @param {number} x
 * @returns {number}
 */
function step(x) {
  return x + 2;
}

exports.apply = apply;
