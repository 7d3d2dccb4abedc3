type Identity = <T>(value: T) => T;
type Overloaded = { (x: number): number; (x: string): string };

/** @native */
export function integrate(f: (x: number) => number, a: number, b: number): number {
  const same: Identity = (value) => value;
  const both: Overloaded | undefined = undefined;
  const sum = (g: (...parts: number[]) => number): number => g(1, 2);
  return ((b - a) * (same(f(a)) + f(b))) / 2 + sum((x) => x) + (both === undefined ? 0 : 1);
}
// rewritten:
/** @native */
export function integrate(f: (x: number) => number, a: number, b: number): number {
  const same = (value: number): number => value;
  const sum = (g: (x: number, y: number) => number): number => g(1, 2);
  return ((b - a) * (same(f(a)) + f(b))) / 2 + sum((x) => x);
}
