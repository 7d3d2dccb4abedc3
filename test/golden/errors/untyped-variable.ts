/** @native */
export function largest(values: Float64Array): number {
  let best = values[0]!;
  let kind;
  let last = null;
  kind = values.length;
  for (const value of values) if (value > best) best = value;
  const nothing = values.set(values);
  kind = 'none';
  return best;
}
// rewritten:
/** @native */
export function largest(values: Float64Array): number {
  let best = values[0]!;
  let kind = 'some';
  let last: number | null = null;
  for (const value of values) if (value > best) best = value;
  values.set(values);
  kind = 'none';
  return kind === 'none' ? (last ?? best) : 0;
}
