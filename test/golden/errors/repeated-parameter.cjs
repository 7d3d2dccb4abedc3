/**
 * @native
 * @param {number} x
 * @returns {number}
 */
function twice(x, x) {
  return x * 2;
}

exports.twice = twice;
