/** @native */
export function first(x: number): number {
  const text = x > 0 ? 'abc' : 'def';
  const [a] = text;
  return a.length;
}
