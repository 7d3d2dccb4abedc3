/** @native */
export function sum(values: ArrayLike<number>, flags: ArrayLike<boolean>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) if (flags[i]) total += values[i]!;
  return total;
}
// rewritten:
/** @native */
export function sum(values: Float64Array, flags: Uint8Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) if (flags[i]) total += values[i]!;
  return total;
}
