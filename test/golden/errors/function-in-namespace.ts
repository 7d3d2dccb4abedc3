namespace Curves {
  export function cubic(x: number): number {
    return x * x * x;
  }
}

/** @native */
export function at(x: number): number {
  return Curves.cubic(x);
}
// rewritten:
function cubic(x: number): number {
  return x * x * x;
}

/** @native */
export function at(x: number): number {
  return cubic(x);
}
