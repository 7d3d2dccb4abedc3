/** @native */
export function sign(x: number): number {
  if (x > 0) return 1;
}

/** @native */
export function nothing(x): number {
  let y: number = null;
  return x + y;
}

/** @native */
export function half(x: number): number {
  let y: number = null;
  return x > 0 ? x / 2 : undefined;
}
