/** @native */
export function sum(values: number[], flags: readonly boolean[], pair: [bigint, bigint]): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) if (flags[i]) total += values[i]!;
  return total + pair.length;
}
// rewritten:
/** @native */
export function sum(values: Float64Array, flags: Uint8Array, pair: BigInt64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) if (flags[i]) total += values[i]!;
  return total + pair.length;
}
