/** @native */
export function count(n: number): number {
  const key = Symbol('key');
  const later = Promise.resolve(n);
  queueMicrotask(() => {});
  return n;
}
