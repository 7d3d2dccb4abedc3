/** Names of `var` that patterns and heads of loops give their values, read where these may not have run. */

/** @native */
export function last(xs: number[]): number | undefined {
  for (var x of xs) {
    if (x < 0) break;
  }
  return x!;
}

/** @native */
export function lastOr(xs: string[], n: number): string {
  let count = 0;
  for (var x of xs) count += x.length;
  for (var y of [n]) count += y;
  return `${x! ?? 'none'} ${y! ?? -1} ${count}`;
}

/** @native */
export function conditional(n: number): number {
  if (n > 1) {
    var [a, b] = [n, 2];
    a += b;
  }
  return (a! ?? 10) + (b! ?? 100);
}

/** @native */
export function properties(n: number, p: { x: number; y: number }): number {
  if (n > 1) var { x, y: z } = p;
  return (x! ?? 10) * 100 + (z! ?? 7);
}

/** @native */
export function twice(xs: number[], ys: number[]): number {
  let sum = 0;
  for (var k of xs) sum += k;
  for (var k of ys) sum += k * 10;
  return sum;
}

/** @native */
export function always(p: [number, number]): number {
  var [a, b] = p;
  const add = (): number => a + b;
  return add() * a;
}

/** @native */
export function early(n: number): string {
  const seen = read();
  var [a] = [n];
  return `${seen} ${read()}`;
  function read(): number {
    return a! ?? -1;
  }
}

export const cases: [string, unknown[]][] = [
  ...[[], [1], [1, 2, 3], [1, -2, 3]].flatMap((xs): [string, unknown[]][] => [
    ['last', [xs]],
    ['twice', [xs, [4]]],
    ['twice', [[], xs]],
    ['lastOr', [xs.map(String), xs.length]],
  ]),
  ...[0, 2].flatMap((n): [string, unknown[]][] => [
    ['conditional', [n]],
    ['properties', [n, { x: 3, y: 4 }]],
    ['early', [n]],
  ]),
  ['always', [[2, 3]]],
];
