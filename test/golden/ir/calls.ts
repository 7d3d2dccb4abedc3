function square(x: number): number {
  return x * x;
}

/** @native */
export function power(x: number, n: number): number {
  if (n === 0) return 1;
  const half = power(x, Math.floor(n / 2));
  return n % 2 === 1 ? x * square(half) : square(half);
}
