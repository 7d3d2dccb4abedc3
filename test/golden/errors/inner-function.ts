/** @native */
export function hypotenuse(a: number, b: number): number {
  return Math.sqrt(square(a) + square(b));
  function square(x: number): number {
    return x * x;
  }
}
// rewritten:
/** @native */
export function hypotenuse(a: number, b: number): number {
  return Math.sqrt(square(a) + square(b));
}

function square(x: number): number {
  return x * x;
}
