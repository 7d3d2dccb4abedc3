/** @native */
export function total(values: number[]): number {
  const all = function* (): Generator<number> {
    for (const value of values) yield value;
  };
  const later = async (x: number): Promise<number> => x;
  const first = <T>(list: T[]): T | undefined => list[0];
  const sum = (...more: number[]): number => more.reduce((a, x) => a + x, 0);
  const count = function (): number {
    return arguments.length;
  };
  const scaled = function (this: { factor: number }, x: number): number {
    return this.factor * x;
  };
  all();
  later(1);
  first(values);
  scaled.call({ factor: 2 }, 1);
  return sum(1, 2) + count() + [1].map(scaled, { factor: 2 }).length;
}
// rewritten:
/** @native */
export function total(values: number[]): number {
  const all = (): number[] => values.slice();
  const now = (x: number): number => x;
  const first = (list: number[]): number | undefined => list[0];
  const sum = (more: number[]): number => more.reduce((a, x) => a + x, 0);
  const factor = 2;
  const scaled = (x: number): number => factor * x;
  all();
  now(1);
  first(values);
  return sum([1, 2]) + [1].map(scaled).length;
}
