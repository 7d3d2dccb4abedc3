interface Point {
  x: number;
  y: number;
}
/** @native */
export function shown(point: Point, rows: number[][], bytes: Uint8Array): number {
  const a = `at ${point}`;
  const b = 'rows ' + rows;
  return a.length + b.length + String(bytes).length;
}
// rewritten:
interface Point {
  x: number;
  y: number;
}
/** @native */
export function shown(point: Point, row: number[], bytes: Uint8Array): number {
  const a = `at ${point.x} ${point.y}`;
  const b = 'row ' + row.join(', ');
  return a.length + b.length + String(bytes.length).length;
}
