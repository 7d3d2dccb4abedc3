interface Spot {
  across: number;
  down: number;
}
interface Named extends Spot {
  name: string;
}

function sum(points: readonly Spot[]): number {
  let total = 0;
  for (const { across } of points) total += across;
  return total;
}

/** @native */
export function ofArgument(named: Named[]): number {
  return sum(named);
}

/** @native */
export function ofVariable(named: Named[]): number {
  const points: Spot[] = named;
  points.push({ across: 1, down: 2 });
  return points.length;
}
// rewritten:
interface Spot {
  across: number;
  down: number;
}
interface Named extends Spot {
  name: string;
}

function sum<T extends Spot>(points: readonly T[]): number {
  let total = 0;
  for (const { across } of points) total += across;
  return total;
}

/** @native */
export function ofArgument(named: Named[]): number {
  return sum(named);
}

/** @native */
export function ofVariable(named: Named[]): number {
  const points: Spot[] = [...named];
  points.push({ across: 1, down: 2 });
  return points.length;
}
