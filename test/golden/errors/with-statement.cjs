/**
 * @native
 * @param {number} x
 * @returns {number}
 */
function sine(x) {
  with (Math) {
    return sin(x);
  }
}

exports.sine = sine;
// rewritten:
/**
 * @native
 * @param {number} x
 * @returns {number}
 */
function sine(x) {
  return Math.sin(x);
}

exports.sine = sine;
