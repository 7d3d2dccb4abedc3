/** @native */
export function test(x: number, values: Float64Array): boolean {
  const count: number = (x > 1) as any;
  const half: Float32Array = values as any;
  if (count > half.length) return x as unknown as boolean;
  return undefined as never;
}
// rewritten:
/** @native */
export function test(x: number, values: Float64Array): boolean {
  const count: number = Number(x > 1);
  const half: Float32Array = new Float32Array(values);
  if (count > half.length) return x !== 0;
  return false;
}
