/** @native */
export function twice(values: Float64Array): Float64Array {
  return Float64Array.from(values, (x) => 2 * x);
}
// rewritten:
/** @native */
export function twice(values: Float64Array): Float64Array {
  const array = new Float64Array(values.length); for (let i = 0; i < array.length; i++) array[i] = 2 * values[i]!;
  return array;
}
