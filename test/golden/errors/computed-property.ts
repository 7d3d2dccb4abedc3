interface Point {
  x: number;
  y: number;
  label: string;
}

/** @native */
export function shown(point: Point, name: keyof Point): string {
  return `${name}: ${point[name]}`;
}
// rewritten:
interface Point {
  x: number;
  y: number;
  label: string;
}

/** @native */
export function shown(point: Point, name: keyof Point): string {
  switch (name) {
    case 'label':
      return `${name}: ${point.label}`;
    default:
      return `${name}: ${point[name]}`;
  }
}
