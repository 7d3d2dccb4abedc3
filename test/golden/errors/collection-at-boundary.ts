/** @native */
export function count(words: Map<string, number>, stop: ReadonlySet<string>): number {
  return words.size - stop.size;
}
/** @native */
export function unique(values: Float64Array): Set<number> {
  return new Set(values);
}
// rewritten:
/** @native */
export function count(words: string[], counts: number[], stop: string[]): number {
  const map = new Map<string, number>();
  for (let i = 0; i < words.length; i++) map.set(words[i]!, counts[i]!);
  const set = new Set(stop);
  return map.size - set.size;
}
/** @native */
export function unique(values: Float64Array): number[] {
  return [...new Set(values)];
}
