interface Point {
  x: number;
  y: number;
}

/** @native */
export function search(
  n: number,
  visit: (point: Point, index: number) => boolean,
  next: (index: number) => number[],
): number {
  for (let i = 0; i < n; i++) if (visit({ x: i, y: next(i).length }, i)) return i;
  return -1;
}

/** @native */
export function run(hooks: { done: (count: number) => void }, n: number): number {
  hooks.done(n);
  return n;
}

/** @native */
export function adder(by: number): (x: number) => number {
  return (x) => x + by;
}
// rewritten:
/** @native */
export function search(
  n: number,
  visit: (x: number, y: number, index: number) => boolean,
  next: (index: number) => number,
): number {
  for (let i = 0; i < n; i++) if (visit(i, next(i), i)) return i;
  return -1;
}

/** @native */
export function run(done: (count: number) => void, n: number): number {
  done(n);
  return n;
}

/** @native */
export function add(by: number, x: number): number {
  return x + by;
}
