/** @native */
export function* squares(count: number): Generator<number> {
  for (let i = 0; i < count; i++) yield i * i;
}
// rewritten:
/** @native */
export function squares(count: number): Float64Array {
  const result = new Float64Array(count);
  for (let i = 0; i < count; i++) result[i] = i * i;
  return result;
}
