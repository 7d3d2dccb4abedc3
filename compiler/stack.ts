/** The engine's stack. */

/** Whether an error is that the stack has no more room. */
export const isStackOverflow = (error: unknown): boolean =>
  error instanceof RangeError && error.message === 'Maximum call stack size exceeded';
