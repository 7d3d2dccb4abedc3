/** Has an error's stack start at the caller of a function, where the engine can do that. */
export function startStackAt(error: Error, fn: (...args: never[]) => unknown): void {
  (Error as Partial<ErrorConstructor>).captureStackTrace?.(error, fn);
}
