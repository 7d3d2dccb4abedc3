/** @native */
export function largest(values: Float64Array): number {
  let best;
  let last = null;
  best = values[0]!;
  for (const value of values) if (value > best) best = value;
  const nothing = values.set(values);
  return best;
}
// rewritten:
/** @native */
export function largest(values: Float64Array): number {
  let best: number;
  let last: number | null = null;
  best = values[0]!;
  for (const value of values) if (value > best) best = value;
  values.set(values);
  return last ?? best;
}
