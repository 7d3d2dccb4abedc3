/** @native */
export function total(index: number): number {
  const point = { x: index, __proto__: { y: 1 } };
  return point.x;
}
