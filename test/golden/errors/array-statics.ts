/** @native */
export function count(n: number): number {
  return Array.from({ length: n }).length + Object.keys({ n }).length + Reflect.ownKeys({}).length;
}
