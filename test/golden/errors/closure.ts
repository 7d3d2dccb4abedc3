/** @native */
export function normalize(values: Float64Array, scale: number): void {
  const weight = (x: number) => x * scale + values.length;
  for (let i = 0; i < values.length; i++) values[i] = weight(values[i]!);
}
// rewritten:
const weight = (x: number, scale: number, values: Float64Array) => x * scale + values.length;

/** @native */
export function normalize(values: Float64Array, scale: number): void {
  for (let i = 0; i < values.length; i++) values[i] = weight(values[i]!, scale, values);
}
