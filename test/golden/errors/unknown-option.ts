/** @native fastmat */
export function misspelt(x: number): number {
  return x;
}

/** @native bound: js, fastmath bounds: unchecked */
export function withoutComma(x: number): number {
  return x;
}

/** @native - adds one */
export function described(x: number): number {
  return x + 1;
}
// rewritten:
/** @native fastmath */
export function misspelt(x: number): number {
  return x;
}

/** @native fastmath, bounds: unchecked */
export function withoutComma(x: number): number {
  return x;
}

/**
 * Adds one.
 * @native
 */
export function described(x: number): number {
  return x + 1;
}
