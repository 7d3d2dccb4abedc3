interface Point {
  x: number;
  y: number;
}

/** @native */
export function shown(point: Point): string {
  const copy = structuredClone(point);
  Object.assign(copy, { x: 1 });
  console.log(new Date());
  return Object.keys(copy).join() + JSON.stringify(copy);
}
// rewritten:
interface Point {
  x: number;
  y: number;
}

/** @native */
export function shown(point: Point, now: number, log: (time: number) => void): string {
  const copy = { ...point, x: 1 };
  log(now);
  return `x,y{"x":${copy.x},"y":${copy.y}}`;
}
