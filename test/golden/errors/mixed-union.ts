/** @native */
export function sum(values: Float32Array | Float64Array, scale: number | boolean): number {
  return values.length + Number(scale);
}
// rewritten:
/** @native */
export function sum(values: Float32Array, scale: number): number {
  return values.length + scale;
}
