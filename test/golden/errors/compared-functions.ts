function square(x: number): number {
  return x * x;
}

/** @native */
export function apply(x: number): number {
  const handlers = [square];
  const seen = new Set<(x: number) => number>();
  seen.add(square);
  const f = handlers[0]!;
  return f === square || handlers.includes(square) ? f(x) : x;
}
// rewritten:
function square(x: number): number {
  return x * x;
}

/** @native */
export function apply(x: number): number {
  const handlers = [square];
  const names = ['square'];
  const seen = new Set<string>();
  seen.add('square');
  const f = handlers[0]!;
  return names.includes('square') ? f(x) : x;
}
