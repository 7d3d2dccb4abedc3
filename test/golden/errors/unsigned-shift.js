/**
 * @native
 * @param {import('tsnative').i64} x
 * @returns {import('tsnative').u64}
 */
export function top(x) {
  return x >>> 32n;
}
// rewritten:
/**
 * @native
 * @param {import('tsnative').i64} x
 * @returns {import('tsnative').u64}
 */
export function top(x) {
  return BigInt.asUintN(64, x) >> 32n;
}
