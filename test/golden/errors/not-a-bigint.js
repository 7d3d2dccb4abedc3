/**
 * @native
 * @param {BigInt64Array} ids
 * @param {number} x
 */
export function store(ids, x) {
  ids[0] = x;
  ids[1] = 1;
}
// rewritten:
/**
 * @native
 * @param {BigInt64Array} ids
 * @param {number} x
 */
export function store(ids, x) {
  ids[0] = BigInt(x);
  ids[1] = 1n;
}
