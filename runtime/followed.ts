/** Async functions that JavaScript follows while they run: an AbortSignal ends them, and a function is told how far they are. */
import type { FollowerInfo } from './manifest.ts';

type AnyFunction = (...args: never[]) => unknown;

/** How an addon's calls are ended. */
export interface Calls {
  /** The number of the call that was begun last. */
  begun(): number;
  /** Has a call end soon; its promise tells nothing of use then. */
  end(number: number): void;
}

/** The parameters that native code doesn't get; all others stand before them. */
export interface Followers {
  readonly signal?: FollowerInfo | undefined;
  readonly progress?: FollowerInfo | undefined;
}

/** Milliseconds from one report to the next. */
const reportPause = 50;

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

/** The argument of such a parameter; undefined where it may be missing, and is. */
function followerOf<T>(
  args: readonly unknown[],
  info: FollowerInfo | undefined,
  isFollower: (value: unknown) => value is T,
  what: string,
  title: string,
): T | undefined {
  const value = info && args[info.index];
  if (!info || (value === undefined && info.optional)) return undefined;
  if (isFollower(value)) return value;
  const but = info.optional ? ' or undefined' : '';
  throw new TypeError(`${title}: parameter '${info.name}' must be ${what}${but}`);
}

const isAbortSignal = (value: unknown): value is AbortSignal => value instanceof AbortSignal;
const isFunction = (value: unknown): value is (done: number) => void => typeof value === 'function';

/**
 * The number that native code writes how far it is, and the function that tells another one of it. Nobody is told
 * of NaN, which is there at first.
 */
class Report {
  readonly place: Float64Array;
  private readonly tell: ((done: number) => void) | undefined;
  private told = NaN;

  constructor(tell: ((done: number) => void) | undefined) {
    this.tell = tell;
    // Where there is no element, native code sees that nobody wants to know.
    this.place = new Float64Array(new SharedArrayBuffer(tell ? 8 : 0)).fill(NaN);
  }

  /** Tells what is new. @throws what the function throws */
  now(): void {
    const [done = NaN] = this.place;
    if (Number.isNaN(done) || Object.is(done, this.told)) return;
    this.told = done;
    this.tell?.(done);
  }
}

/**
 * The function that JavaScript calls for one with a signal, or with a function that is told of its progress. It rejects
 * with the signal's reason as soon as that is aborted, and with what that function throws; native code ends soon then,
 * and what it would have written is dropped, as far as JavaScript has not shared the memory with it.
 * @param title the function's name, for errors
 */
export function followed(
  call: AnyFunction,
  title: string,
  { signal, progress }: Followers,
  calls: Calls,
): AnyFunction {
  const first = Math.min(signal?.index ?? Infinity, progress?.index ?? Infinity);
  return (...args: unknown[]) => {
    if (!progress && signal?.optional && args[signal.index] === undefined)
      return call(...(args as never[]));
    return new Promise((resolve, reject) => {
      const aborts = followerOf(args, signal, isAbortSignal, 'an AbortSignal', title);
      const report = new Report(followerOf(args, progress, isFunction, 'a function', title));
      aborts?.throwIfAborted();
      const own = Array.from({ length: first }, (_, index) => args[index]);
      const before = calls.begun();
      const running = call(...([...own, ...(progress ? [report.place] : [])] as never[]));
      const number = calls.begun();
      let isOver = false;
      const over = (): void => {
        isOver = true;
        forgetSignal?.();
        if (timer !== undefined) clearInterval(timer);
      };
      const end = (reason: unknown): void => {
        if (number !== before) calls.end(number);
        over();
        reject(reason);
      };
      const tell = (): void => {
        try {
          report.now();
        } catch (error) {
          end(error);
        }
      };
      const timer = report.place.length > 0 ? setInterval(tell, reportPause) : undefined;
      const forgetSignal = aborts && whenAborted(aborts, () => end(aborts.reason));
      const settled = (settle: () => void): void => {
        if (!isOver) tell();
        if (isOver) return;
        over();
        settle();
      };
      (running as Promise<unknown>).then(
        (value) => settled(() => resolve(value)),
        (error: unknown) => settled(() => reject(error)),
      );
    });
  };
}
