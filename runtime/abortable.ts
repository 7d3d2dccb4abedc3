/** Async functions that an AbortSignal ends. */
import type { SignalInfo } from './manifest.ts';

type AnyFunction = (...args: never[]) => unknown;

/** How an addon's calls are ended. */
export interface Calls {
  /** The number of the call that was begun last. */
  begun(): number;
  /** Has a call end soon; its promise tells nothing of use then. */
  end(number: number): void;
}

/** What waits for signals; each has one listener, as there may be many calls with it. */
const waiting = new WeakMap<
  AbortSignal,
  { readonly runs: Set<() => void>; readonly listen: () => void }
>();

/** Runs something when a signal is aborted. @returns what forgets it */
function whenAborted(signal: AbortSignal, run: () => void): () => void {
  const runs = waiting.get(signal)?.runs ?? new Set();
  const listen = waiting.get(signal)?.listen ?? ((): void => [...runs].forEach((waits) => waits()));
  if (runs.size === 0) {
    waiting.set(signal, { runs, listen });
    signal.addEventListener('abort', listen);
  }
  runs.add(run);
  return () => {
    runs.delete(run);
    if (runs.size === 0) signal.removeEventListener('abort', listen);
  };
}

/**
 * The function that JavaScript calls for one with a signal: it rejects with the signal's reason as soon as that is
 * aborted. What native code would have written is dropped then, as far as JavaScript has not shared the memory with it.
 * @param title the function's name, for errors
 */
export function abortable(
  call: AnyFunction,
  title: string,
  { index, name, optional }: SignalInfo,
  calls: Calls,
): AnyFunction {
  return (...args: unknown[]) => {
    const signal = args[index];
    if (signal === undefined && optional) return call(...(args as never[]));
    return new Promise((resolve, reject) => {
      if (!(signal instanceof AbortSignal)) {
        const but = optional ? ' or undefined' : '';
        throw new TypeError(`${title}: parameter '${name}' must be an AbortSignal${but}`);
      }
      signal.throwIfAborted();
      const before = calls.begun();
      const running = call(...(args as never[])) as Promise<unknown>;
      const number = calls.begun();
      const abort = (): void => {
        if (number !== before) calls.end(number);
        settled();
        reject(signal.reason);
      };
      const settled = whenAborted(signal, abort);
      running.then(
        (value) => (settled(), resolve(value)),
        (error: unknown) => (settled(), reject(error)),
      );
    });
  };
}
