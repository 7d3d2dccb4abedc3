interface Node {
  id: number;
}
/** @native */
export function count(words: WeakMap<Node, number>, node: Node): boolean {
  return words.has(node);
}
/** @native */
export function keyed(size: number): number {
  const map = new Map<string | undefined, number>();
  map.set(undefined, size);
  return map.size;
}
/** @native */
export function valued(size: number): number {
  const map = new Map<string, number | undefined>();
  map.set('a', size);
  return map.size;
}
// rewritten:
/** @native */
export function keyed(size: number): number {
  const map = new Map<string, number>();
  map.set('', size);
  return map.size;
}
