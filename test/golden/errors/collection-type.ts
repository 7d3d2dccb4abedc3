/** @native */
export function count(words: Map<number, number>, stop: ReadonlySet<number>): number {
  return words.size - stop.size;
}
// rewritten:
/** @native */
export function count(words: Int32Array, stop: Int32Array): number {
  return words.length - stop.length;
}
