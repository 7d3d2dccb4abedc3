function even(n: number, seen: WeakSet<object>): boolean {
  return n === 0 || odd(n - 1);
}

function odd(n: number): boolean {
  return n !== 0 && even(n - 1, new WeakSet());
}

/** @native */
export function isEven(n: number): boolean {
  return even(n, new WeakSet());
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
