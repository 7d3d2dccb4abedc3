/** @native */
export function order(values: Float64Array, i: number): number {
  values[i++] += i;
  const old = values[0]--;
  return old * (i = 2) + i;
}
