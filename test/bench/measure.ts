/** Timing two contenders in turn in one process. */
import type { TypedArray } from './kernels/case.ts';
import type { Prepared } from './contenders/types.ts';
import { median } from './figures.ts';

/** A ratio over the rounds: the median, and between what the middle 80 % of the rounds lie. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

export interface Pair {
  /** The peer's time over ours, of runs next to each other. */
  readonly ratio: Spread;
  /** Milliseconds a call. */
  readonly ours: number;
  readonly theirs: number;
}

export interface Budget {
  /** Milliseconds for the rounds of a pair. */
  readonly time: number;
  readonly leastRounds: number;
  readonly mostRounds: number;
}

const warmUp = { milliseconds: 60, calls: 2 };
/** A sample takes at least this many milliseconds, so that the clock's own time doesn't count. */
const shortestSample = 1.5;

/** An array argument that calls need put back, with what it holds before each call, in turn. */
interface Restored {
  readonly array: TypedArray;
  readonly originals: readonly TypedArray[];
}

/** Times calls of what is prepared, each with the arguments that it was prepared with or other values of them. */
export class Timer {
  readonly #prepared: Prepared;
  readonly #restored: readonly Restored[];
  readonly #variants: number;
  #turn = 0;
  #calls = 1;

  /**
   * @param variants what the arrays hold, in turn; the first is what they held when they were prepared, and no call
   *   has changed it yet
   */
  constructor(prepared: Prepared, variants: readonly (readonly TypedArray[])[]) {
    this.#prepared = prepared;
    this.#variants = variants.length;
    prepared.run();
    this.#restored = prepared.arrays.flatMap((array, index) => {
      const originals = variants.flatMap((arrays) => arrays[index] ?? []);
      return originals.every((original) => sameBytes(array, original))
        ? []
        : [{ array, originals }];
    });
    const start = performance.now();
    let milliseconds = 0;
    let calls = 0;
    while (calls < warmUp.calls || performance.now() - start < warmUp.milliseconds) {
      milliseconds = this.#call();
      calls++;
    }
    this.#calls = Math.max(1, Math.ceil(shortestSample / milliseconds));
  }

  /** Milliseconds of a call, the mean of some. */
  sample(): number {
    let sum = 0;
    for (let call = 0; call < this.#calls; call++) sum += this.#call();
    return sum / this.#calls;
  }

  /** Puts values into the arguments, which is not timed, and calls. */
  #call(): number {
    const turn = this.#turn++ % this.#variants;
    for (const { array, originals } of this.#restored) array.set(originals[turn] ?? []);
    const start = performance.now();
    this.#prepared.run();
    return performance.now() - start;
  }
}

/** Compares two, changing who comes first, as whoever comes second may find a warmer machine. */
export function compare(ours: Timer, theirs: Timer, budget: Budget): Pair {
  const rounds: { readonly ours: number; readonly theirs: number }[] = [];
  const end = performance.now() + budget.time;
  while (
    rounds.length < budget.leastRounds ||
    (rounds.length < budget.mostRounds && performance.now() < end)
  ) {
    if (rounds.length % 2 === 0) {
      rounds.push({ ours: ours.sample(), theirs: theirs.sample() });
    } else {
      const second = theirs.sample();
      rounds.push({ ours: ours.sample(), theirs: second });
    }
  }
  return {
    ratio: spread(rounds.map((round) => round.theirs / round.ours)),
    ours: median(rounds.map((round) => round.ours)),
    theirs: median(rounds.map((round) => round.theirs)),
  };
}

function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const outside = Math.floor(sorted.length / 10);
  return {
    median: median(sorted),
    low: sorted[outside] ?? NaN,
    high: sorted[sorted.length - 1 - outside] ?? NaN,
  };
}

const sameBytes = (a: TypedArray, b: TypedArray): boolean =>
  Buffer.compare(bytesOf(a), bytesOf(b)) === 0;

const bytesOf = ({ buffer, byteOffset, byteLength }: TypedArray): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);
