/** @native */
export function integrate(f: (x: number) => number, a: number, b: number): number {
  return ((b - a) * (f(a) + f(b))) / 2;
}
// rewritten:
function f(x: number): number {
  return x * x;
}

/** @native */
export function integrate(a: number, b: number): number {
  return ((b - a) * (f(a) + f(b))) / 2;
}
