/** @native */
export function count(text: string, letter: 'a' | 'b'): number {
  return text.length + letter.length;
}
// rewritten:
/** @native */
export function count(text: Uint8Array, letter: Uint8Array): number {
  return text.length + letter.length;
}
