interface Circle {
  radius?: number;
  colour?: number;
}
interface Square {
  colour?: number;
  side?: number;
}
type Shape = Circle | Square;

/** @native */
export function area(a: number): number {
  const shape: Shape = { colour: a };
  return (shape.colour ?? 0);
}
