export const limit = 1;

// @native
export function half(x: number): number {
  return x / 2;
}

/* @native */
export function third(x: number): number {
  return x / 3;
}
// rewritten:
export const limit = 1;

/** @native */
export function half(x: number): number {
  return x / 2;
}

/** @native */
export function third(x: number): number {
  return x / 3;
}
