/**
 * Sorting by a comparison function of the program. A template: for each such function the compiler makes a copy,
 * with its type in the place of `Element`, its call in that of `isBefore` or `isAfter`, and what it needs
 * besides the elements in that of `order` (`compiler/library-template.ts`).
 *
 * A comparison function may have effects, throw or contradict itself, so which elements it is asked about, and in
 * which order, can be seen. ECMA-262 leaves that open; here it is as in V8 of Node 20 and 22. Plain arrays are
 * sorted by TimSort (Peters, "listsort.txt", 2002) with its constants there, typed arrays by merging halves
 * (`merge-sort.ts`).
 * The program never sees the lists that are sorted here: they are copies.
 *
 * @native bounds: unchecked
 */
import { extendList, isBefore, newList, setElement } from './intrinsics.ts';
import type { Element } from './list.ts';
import type { i32 } from 'tsnative';

/** What stands for the values that the comparison function gets besides two elements. */
export interface Order {
  readonly order: i32;
}

/** A run won so many times in a row that it is worth while to look where its lead ends. */
const leastWins = 7;
/** Lists that are shorter are one run. */
const shortest = 64;

/** Sorts a list; equal elements keep their order (ECMA-262 23.1.3.30). */
export function timSort(list: Element[], order: Order): void {
  const length: i32 = list.length | 0;
  if (length < 2) return;
  if (length < shortest) {
    insertRest(list, 0, endOfRun(list, 0, length, order), length, order);
    return;
  }
  const room = newList(list, length >> 1);
  extendList(room, length >> 1);
  // Where the runs begin that are still to be merged; each ends where the next one begins.
  const starts: i32[] = [];
  const leastRun = leastRunOf(length);
  let wins: i32 = leastWins;
  let from: i32 = 0;
  while (from < length) {
    let end: i32 = endOfRun(list, from, length, order);
    if (end - from < leastRun) {
      const forced: i32 = length - from < leastRun ? length : (from + leastRun) | 0;
      insertRest(list, from, end, forced, order);
      end = forced;
    }
    starts.push(from);
    for (let run = toMerge(starts, end); run >= 0; run = toMerge(starts, end))
      wins = mergeRuns(list, room, starts, run, end, wins, order);
    from = end;
  }
  while (starts.length > 1) {
    const last: i32 = (starts.length - 2) | 0;
    const run: i32 =
      last > 0 && runLength(starts, last - 1, length) < runLength(starts, last + 1, length)
        ? (last - 1) | 0
        : last;
    wins = mergeRuns(list, room, starts, run, length, wins, order);
  }
}

/** The least length of runs: a list has about as many of them as a power of two, or just less. */
export function leastRunOf(length: i32): i32 {
  let rest = length;
  let odd: i32 = 0;
  while (rest >= shortest) {
    odd |= rest & 1;
    rest >>= 1;
  }
  return (rest + odd) | 0;
}

/** The end of the run that begins at an index; one that falls strictly is turned round. */
export function endOfRun(list: Element[], from: i32, to: i32, order: Order): i32 {
  let end: i32 = (from + 1) | 0;
  if (end >= to) return to;
  const falls = isBefore(order, list[end]!, list[from]!);
  end = (end + 1) | 0;
  while (end < to && isBefore(order, list[end]!, list[end - 1]!) === falls) end = (end + 1) | 0;
  if (falls) {
    for (let i = from, j: i32 = (end - 1) | 0; i < j; i = (i + 1) | 0, j = (j - 1) | 0) {
      const element = list[i]!;
      setElement(list, i, list[j]!);
      setElement(list, j, element);
    }
  }
  return end;
}

/** Sorts the elements from `from` to before `to`, which are in order before `sorted`, by binary insertion. */
export function insertRest(list: Element[], from: i32, sorted: i32, to: i32, order: Order): void {
  for (let next = sorted; next < to; next = (next + 1) | 0) {
    const element = list[next]!;
    let low = from;
    let high = next;
    while (low < high) {
      const middle: i32 = (low + high) >> 1;
      if (isBefore(order, element, list[middle]!)) high = middle;
      else low = (middle + 1) | 0;
    }
    for (let i = next; i > low; i = (i - 1) | 0) setElement(list, i, list[i - 1]!);
    setElement(list, low, element);
  }
}

/** How many elements a run has. @param end where the last one ends */
export function runLength(starts: i32[], run: i32, end: i32): i32 {
  const next = run + 1 < starts.length ? starts[run + 1]! : end;
  return (next - starts[run]!) | 0;
}

/** Whether a run is longer than the two behind it together. */
export function outweighs(starts: i32[], run: i32, end: i32): boolean {
  if (run < 0) return true;
  return (
    runLength(starts, run, end) >
    runLength(starts, (run + 1) | 0, end) + runLength(starts, (run + 2) | 0, end)
  );
}

/** The run that must be merged with the next one, so that lengths of runs fall fast enough; −1 for none. */
export function toMerge(starts: i32[], end: i32): i32 {
  const run: i32 = (starts.length - 2) | 0;
  if (run < 0) return -1;
  const next = runLength(starts, (run + 1) | 0, end);
  if (!outweighs(starts, (run - 1) | 0, end) || !outweighs(starts, (run - 2) | 0, end))
    return runLength(starts, (run - 1) | 0, end) < next ? (run - 1) | 0 : run;
  return runLength(starts, run, end) <= next ? run : -1;
}

/** Merges a run with the next one. @returns how many wins in a row make it look ahead from now on */
export function mergeRuns(
  list: Element[],
  room: Element[],
  starts: i32[],
  run: i32,
  end: i32,
  wins: i32,
  order: Order,
): i32 {
  const second: i32 = starts[run + 1]!;
  const secondCount = runLength(starts, (run + 1) | 0, end);
  for (let i = run + 1; i + 1 < starts.length; i++) starts[i] = starts[i + 1]!;
  starts.pop();
  // What is in its place already at both ends is left alone.
  const start: i32 = starts[run]!;
  const kept = countBefore(list, list[second]!, true, start, (second - start) | 0, 0, order);
  const first: i32 = (start + kept) | 0;
  const firstCount: i32 = (second - first) | 0;
  if (firstCount === 0) return wins;
  const hint: i32 = (secondCount - 1) | 0;
  const count = countBefore(list, list[second - 1]!, false, second, secondCount, hint, order);
  if (count === 0) return wins;
  return firstCount <= count
    ? mergeForwards(list, room, first, firstCount, second, count, wins, order)
    : mergeBackwards(list, room, first, firstCount, second, count, wins, order);
}

/** Whether an element is before `key`, or with `orEqual` not behind it. */
export function precedes(element: Element, key: Element, orEqual: boolean, order: Order): boolean {
  return orEqual ? !isBefore(order, key, element) : isBefore(order, element, key);
}

/**
 * How many of `count` sorted elements are before `key`, with `orEqual` also those that are equal to it; it looks from
 * the one at `hint` on in growing steps and then between the last two.
 */
export function countBefore(
  list: Element[],
  key: Element,
  orEqual: boolean,
  from: i32,
  count: i32,
  hint: i32,
  order: Order,
): i32 {
  const start: i32 = (from + hint) | 0;
  let near: i32 = 0;
  let far: i32 = 1;
  let low: i32;
  let high: i32;
  if (precedes(list[start]!, key, orEqual, order)) {
    const most: i32 = (count - hint) | 0;
    while (far < most && precedes(list[start + far]!, key, orEqual, order)) {
      near = far;
      far = ((far << 1) + 1) | 0;
    }
    if (far > most) far = most;
    low = (hint + near) | 0;
    high = (hint + far) | 0;
  } else {
    const most: i32 = (hint + 1) | 0;
    while (far < most && !precedes(list[start - far]!, key, orEqual, order)) {
      near = far;
      far = ((far << 1) + 1) | 0;
    }
    if (far > most) far = most;
    low = (hint - far) | 0;
    high = (hint - near) | 0;
  }
  low = (low + 1) | 0;
  while (low < high) {
    const middle: i32 = (low + high) >> 1;
    if (precedes(list[from + middle]!, key, orEqual, order)) low = (middle + 1) | 0;
    else high = middle;
  }
  return high;
}

/** Copies elements within a list to lower indices, or to another list. */
export function copyDown(
  source: Element[],
  from: i32,
  target: Element[],
  to: i32,
  count: i32,
): void {
  for (let i = 0; i < count; i++) setElement(target, to + i, source[from + i]!);
}

/** Copies elements within a list to higher indices. */
export function copyUp(list: Element[], from: i32, to: i32, count: i32): void {
  for (let i = count - 1; i >= 0; i--) setElement(list, to + i, list[from + i]!);
}

/**
 * Merges two runs that stand one behind the other from their start on. The first one, of no more elements, waits in
 * `room`. Its last element is behind all of the second one, whose first element is before all of the first one.
 *
 * @returns as `mergeRuns`
 */
export function mergeForwards(
  list: Element[],
  room: Element[],
  first: i32,
  firstCount: i32,
  second: i32,
  secondCount: i32,
  wins: i32,
  order: Order,
): i32 {
  copyDown(list, first, room, 0, firstCount);
  let to = first;
  let left: i32 = 0;
  let right = second;
  let leftCount = firstCount;
  let rightCount = secondCount;
  let least = wins;
  setElement(list, to, list[right]!);
  to = (to + 1) | 0;
  right = (right + 1) | 0;
  rightCount = (rightCount - 1) | 0;
  merging: while (rightCount > 0 && leftCount > 1) {
    let leftWins: i32 = 0;
    let rightWins: i32 = 0;
    for (;;) {
      if (isBefore(order, list[right]!, room[left]!)) {
        setElement(list, to, list[right]!);
        to = (to + 1) | 0;
        right = (right + 1) | 0;
        rightCount = (rightCount - 1) | 0;
        rightWins = (rightWins + 1) | 0;
        leftWins = 0;
        if (rightCount === 0) break merging;
        if (rightWins >= least) break;
      } else {
        setElement(list, to, room[left]!);
        to = (to + 1) | 0;
        left = (left + 1) | 0;
        leftCount = (leftCount - 1) | 0;
        leftWins = (leftWins + 1) | 0;
        rightWins = 0;
        if (leftCount === 1) break merging;
        if (leftWins >= least) break;
      }
    }
    least = (least + 1) | 0;
    do {
      least = least > 2 ? (least - 1) | 0 : 1;
      leftWins = countBefore(room, list[right]!, true, left, leftCount, 0, order);
      if (leftWins > 0) {
        copyDown(room, left, list, to, leftWins);
        to = (to + leftWins) | 0;
        left = (left + leftWins) | 0;
        leftCount = (leftCount - leftWins) | 0;
        // It is none only where the comparison contradicts itself.
        if (leftCount <= 1) break merging;
      }
      setElement(list, to, list[right]!);
      to = (to + 1) | 0;
      right = (right + 1) | 0;
      rightCount = (rightCount - 1) | 0;
      if (rightCount === 0) break merging;
      rightWins = countBefore(list, room[left]!, false, right, rightCount, 0, order);
      if (rightWins > 0) {
        copyDown(list, right, list, to, rightWins);
        to = (to + rightWins) | 0;
        right = (right + rightWins) | 0;
        rightCount = (rightCount - rightWins) | 0;
        if (rightCount === 0) break merging;
      }
      setElement(list, to, room[left]!);
      to = (to + 1) | 0;
      left = (left + 1) | 0;
      leftCount = (leftCount - 1) | 0;
      if (leftCount === 1) break merging;
    } while (leftWins >= leastWins || rightWins >= leastWins);
    least = (least + 1) | 0;
  }
  if (leftCount === 1 && rightCount > 0) {
    copyDown(list, right, list, to, rightCount);
    setElement(list, to + rightCount, room[left]!);
  } else copyDown(room, left, list, to, leftCount);
  return least;
}

/** As `mergeForwards` from the end on: the second run, of fewer elements, waits in `room`. */
export function mergeBackwards(
  list: Element[],
  room: Element[],
  first: i32,
  firstCount: i32,
  second: i32,
  secondCount: i32,
  wins: i32,
  order: Order,
): i32 {
  copyDown(list, second, room, 0, secondCount);
  let to: i32 = (second + secondCount - 1) | 0;
  let left: i32 = (first + firstCount - 1) | 0;
  let right: i32 = (secondCount - 1) | 0;
  let leftCount = firstCount;
  let rightCount = secondCount;
  let least = wins;
  setElement(list, to, list[left]!);
  to = (to - 1) | 0;
  left = (left - 1) | 0;
  leftCount = (leftCount - 1) | 0;
  merging: while (leftCount > 0 && rightCount > 1) {
    let leftWins: i32 = 0;
    let rightWins: i32 = 0;
    for (;;) {
      if (isBefore(order, room[right]!, list[left]!)) {
        setElement(list, to, list[left]!);
        to = (to - 1) | 0;
        left = (left - 1) | 0;
        leftCount = (leftCount - 1) | 0;
        leftWins = (leftWins + 1) | 0;
        rightWins = 0;
        if (leftCount === 0) break merging;
        if (leftWins >= least) break;
      } else {
        setElement(list, to, room[right]!);
        to = (to - 1) | 0;
        right = (right - 1) | 0;
        rightCount = (rightCount - 1) | 0;
        rightWins = (rightWins + 1) | 0;
        leftWins = 0;
        if (rightCount === 1) break merging;
        if (rightWins >= least) break;
      }
    }
    least = (least + 1) | 0;
    do {
      least = least > 2 ? (least - 1) | 0 : 1;
      const hint: i32 = (leftCount - 1) | 0;
      const before = countBefore(list, room[right]!, true, first, leftCount, hint, order);
      leftWins = (leftCount - before) | 0;
      if (leftWins > 0) {
        to = (to - leftWins) | 0;
        left = (left - leftWins) | 0;
        copyUp(list, (left + 1) | 0, (to + 1) | 0, leftWins);
        leftCount = (leftCount - leftWins) | 0;
        if (leftCount === 0) break merging;
      }
      setElement(list, to, room[right]!);
      to = (to - 1) | 0;
      right = (right - 1) | 0;
      rightCount = (rightCount - 1) | 0;
      if (rightCount === 1) break merging;
      const last: i32 = (rightCount - 1) | 0;
      const below = countBefore(room, list[left]!, false, 0, rightCount, last, order);
      rightWins = (rightCount - below) | 0;
      if (rightWins > 0) {
        to = (to - rightWins) | 0;
        right = (right - rightWins) | 0;
        copyDown(room, (right + 1) | 0, list, (to + 1) | 0, rightWins);
        rightCount = (rightCount - rightWins) | 0;
        // It is none only where the comparison contradicts itself.
        if (rightCount <= 1) break merging;
      }
      setElement(list, to, list[left]!);
      to = (to - 1) | 0;
      left = (left - 1) | 0;
      leftCount = (leftCount - 1) | 0;
      if (leftCount === 0) break merging;
    } while (leftWins >= leastWins || rightWins >= leastWins);
    least = (least + 1) | 0;
  }
  if (rightCount === 1 && leftCount > 0) {
    to = (to - leftCount) | 0;
    left = (left - leftCount) | 0;
    copyUp(list, (left + 1) | 0, (to + 1) | 0, leftCount);
    setElement(list, to, room[right]!);
  } else copyDown(room, 0, list, (to - rightCount + 1) | 0, rightCount);
  return least;
}
