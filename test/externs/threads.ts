/** Functions of C that call on threads of their own; `vendor/threads.c` has them. */
import type { f64, i32, long_double, Pointer } from 'tsnative';

/** @extern threads: sum_on_threads, threads */
declare function sumOnThreads(f: (x: f64) => f64, count: i32, threads: i32): f64;
/** Functions of numbers alone come here, so that they run where C calls them. */
/** @extern threads: sum_on_threads, threads */
declare function sumOfNumbers(f: (x: f64) => f64, count: i32, threads: i32): f64;
/** @extern threads: sum_on_both, threads */
declare function sumOnBoth(f: (x: f64) => f64, count: i32): f64;
/** @extern threads: sum_on_both, threads */
declare function sumOfNumbersOnBoth(f: (x: f64) => f64, count: i32): f64;
/** @extern threads: sum_unannounced */
declare function sumUnannounced(f: (x: f64) => f64, count: i32): f64;

/** @struct 16 */
interface Visit {
  visit: (word: string, weight: long_double, data: Pointer) => i32;
  data: Pointer;
}
/** @extern threads: visit_words, threads */
declare function visitWords(visit: Visit): i32;

/** @extern threads: ticker_start, keeps: f, threads */
declare function tickerStart(f: (x: f64) => f64): i32;
/** Functions of numbers alone come here. */
/** @extern threads: ticker_start, keeps: f, threads */
declare function tickerStartNumbers(f: (x: f64) => f64): i32;
/** @extern threads: ticker_stop, threads */
declare function tickerStop(): f64;
/** @native @extern threads: ticker_ticks */
export declare function ticks(): i32;
/** @native @extern threads: ticker_last */
export declare function last(): f64;

/** @extern threads: remember */
declare function remember(f: (x: f64) => f64): void;
/** @extern threads: recall */
declare function recall(): f64;
/** @extern threads: recall_on_thread, threads */
declare function recallOnThread(): f64;

/** @native */
export function ofJavaScript(f: (x: f64) => f64, count: i32, threads: i32): f64 {
  return sumOnThreads(f, count, threads);
}

/** @native */
export function onBoth(f: (x: f64) => f64, count: i32): f64 {
  return sumOnBoth(f, count);
}

/** @native */
export function unannounced(f: (x: f64) => f64, count: i32): f64 {
  return sumUnannounced(f, count);
}

/** A native function of numbers runs where C calls it. */
/** @native */
export function ofNumbers(factor: f64, count: i32, threads: i32): f64 {
  return sumOfNumbers((x) => x * factor, count, threads);
}

/** @native */
export function ofNumbersOnBoth(factor: f64, count: i32): f64 {
  return sumOfNumbersOnBoth((x) => x * factor, count);
}

/** What it throws comes from another thread. */
/** @native */
export function throwing(from: f64, count: i32, threads: i32): f64 {
  return sumOfNumbers(
    (x) => {
      if (x >= from) throw new RangeError(`${x} is too much`);
      return x;
    },
    count,
    threads,
  );
}

function deep(x: f64): f64 {
  return x > 1e12 ? 0 : deep(x + 1) + 1;
}

/** @native */
export function tooDeep(): f64 {
  return sumOfNumbers((x) => deep(x), 1, 1);
}

/** One with strings and lists runs on the thread that has passed it. */
/** @native */
export function texts(count: i32, threads: i32): string[] {
  const list: string[] = [];
  sumOnThreads(
    (x) => {
      list.push(`${x}!`);
      return 0;
    },
    count,
    threads,
  );
  return list;
}

/** @native */
export function visited(): string {
  let text = '';
  const sum = visitWords({
    visit: (word, weight) => {
      text += `${word} ${weight} `;
      return word.length;
    },
    data: 0n,
  });
  return text + String(sum);
}

/** @native */
export function start(f: (x: f64) => f64): i32 {
  return tickerStart(f);
}

/** @native */
export function startOwn(factor: f64): i32 {
  return tickerStartNumbers((x) => {
    if (x === 5 && factor === 13) throw new RangeError('unlucky');
    return x * factor;
  });
}

/** @native */
export function startWriting(into: Float64Array): i32 {
  return tickerStart((x) => {
    into[0] = x;
    return x;
  });
}

/** @native */
export function stop(): f64 {
  return tickerStop();
}

/** @native */
export function forgotten(): f64 {
  remember((x) => x + 1);
  return recall() + recallOnThread();
}
