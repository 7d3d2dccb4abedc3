function even(n: number, seen: Set<number>): boolean {
  return n === 0 || odd(n - 1);
}

function odd(n: number): boolean {
  return n !== 0 && even(n - 1, new Set());
}

/** @native */
export function isEven(n: number): boolean {
  return even(n, new Set());
}
// rewritten:
function even(n: number): boolean {
  return n === 0 || odd(n - 1);
}

function odd(n: number): boolean {
  return n !== 0 && even(n - 1);
}

/** @native */
export function isEven(n: number): boolean {
  return even(n);
}
