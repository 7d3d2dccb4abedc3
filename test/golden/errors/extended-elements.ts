interface Point {
  x: number;
  y: number;
}
interface Named extends Point {
  name: string;
}

function sum(points: readonly Point[]): number {
  let total = 0;
  for (const { x } of points) total += x;
  return total;
}

/** @native */
export function ofArgument(named: Named[]): number {
  return sum(named);
}

/** @native */
export function ofVariable(named: Named[]): number {
  const points: Point[] = named;
  points.push({ x: 1, y: 2 });
  return points.length;
}
// rewritten:
interface Point {
  x: number;
  y: number;
}
interface Named extends Point {
  name: string;
}

function sum<T extends Point>(points: readonly T[]): number {
  let total = 0;
  for (const { x } of points) total += x;
  return total;
}

/** @native */
export function ofArgument(named: Named[]): number {
  return sum(named);
}

/** @native */
export function ofVariable(named: Named[]): number {
  const points: Point[] = [...named];
  points.push({ x: 1, y: 2 });
  return points.length;
}
