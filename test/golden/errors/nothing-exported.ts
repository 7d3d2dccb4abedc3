/**
 * Helpers.
 * @native
 */

/** Twice the number. */
function twice(x: number): number {
  return 2 * x;
}

export const four = twice(2);
// rewritten:
/**
 * Helpers.
 * @native
 */

/** Twice the number. */
export function twice(x: number): number {
  return 2 * x;
}

export const four = twice(2);
