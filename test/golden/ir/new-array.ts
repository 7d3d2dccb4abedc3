/** @native */
export function pair(x: number, count: number): Int8Array {
  const two = new Int8Array([x, 1]);
  const all = new Int8Array(count);
  all.set(two, 1);
  return all;
}
