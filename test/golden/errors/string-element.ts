/** @native */
export function capitalized(text: string): number {
  // @ts-expect-error strings are read-only
  text[0] = 'A';
  return text.length;
}
// rewritten:
/** @native */
export function capitalized(text: string): number {
  const changed = 'A' + text.slice(1);
  return changed.length;
}
