/** @native */
export function pick(flag: boolean, x: number): number {
  const a = flag ? 1n : 2;
  const b = flag && x;
  const c = x || true;
  const d = flag ? x : new Float64Array(1);
  return a === 1n && b && c ? x : Number(d);
}
// rewritten:
/** @native */
export function pick(flag: boolean, x: number): number {
  const b = Number(flag) && x;
  const c = x !== 0 || true;
  const d = flag ? x : (new Float64Array(1))[0]!;
  return b && c ? x : d;
}
