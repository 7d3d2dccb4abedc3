function square(x: number): number {
  return x * x;
}

/** @native */
export function apply(x: number): number {
  const f = square;
  return f(x);
}
// rewritten:
function square(x: number): number {
  return x * x;
}

/** @native */
export function apply(x: number): number {
  return square(x);
}
