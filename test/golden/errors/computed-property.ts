/** @native */
export function total(index: number): number {
  const point = { x: 1, y: 2 };
  const name = index > 0 ? 'x' : 'y';
  return point[name] + point['x'];
}
// rewritten:
/** @native */
export function total(index: number): number {
  const point = { x: 1, y: 2 };
  return (index > 0 ? point.x : point.y) + point['x'];
}
