/** @native */
export function largest(values: Int16Array): number {
  let best = -Infinity;
  for (const value of values) {
    if (value <= best) continue;
    best = value;
  }
  return best;
}
