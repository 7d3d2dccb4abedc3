/** What `withThreads` takes. @throws TypeError, RangeError for anything else */
export function checkThreadLimit(threads: number, run: () => unknown): void {
  if (typeof threads !== 'number')
    throw new TypeError(`withThreads: threads must be a number, and is ${String(threads)}`);
  if (!Number.isSafeInteger(threads) || threads < 1)
    throw new RangeError(
      `withThreads: threads must be a whole number of at least 1, and is ${threads}`,
    );
  if (typeof run !== 'function')
    throw new TypeError(`withThreads: what runs must be a function, and is ${String(run)}`);
}
