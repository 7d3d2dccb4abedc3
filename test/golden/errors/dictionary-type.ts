/** @native */
export function mostFrequent(words: string[]): string {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  let best = '';
  for (const word of words) if ((counts[word] ?? 0) > (counts[best] ?? 0)) best = word;
  return best;
}
// rewritten:
/** @native */
export function mostFrequent(words: string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  let best = '';
  for (const word of words) if ((counts.get(word) ?? 0) > (counts.get(best) ?? 0)) best = word;
  return best;
}
