import type { f64, i32 } from 'tsnative';

/** Throws by its own `throw` for 1, by a check for 2, by its callee for 3, by the stack for 4. */
function fails(kind: i32, a: Float64Array): f64 {
  if (kind === 1) throw new RangeError(`one ${kind}`);
  if (kind === 2) return a[a.length + 5]!;
  if (kind === 3) return fails(1, a) + 1;
  if (kind === 4) return deep(0);
  return kind;
}

function deep(n: f64): f64 {
  return deep(n + 1) + 1;
}

/** @native */
export function caught(kind: i32, a: Float64Array): f64 {
  let steps = 0;
  try {
    steps += 1;
    const x = fails(kind, a);
    steps += 10 + x;
  } catch {
    steps += 100;
  }
  return steps;
}

/** @native */
export function which(kind: i32): i32 {
  try {
    if (kind === 0) throw new Error('zero');
    if (kind === 1) throw new RangeError('one');
    if (kind === 2) throw new TypeError('two');
  } catch (e) {
    return e instanceof RangeError ? 1 : e instanceof TypeError ? 2 : e instanceof Error ? 3 : 4;
  }
  return 0;
}

/** @native */
export function again(kind: i32, a: Float64Array): f64 {
  try {
    a[0] = kind;
    return fails(kind, a);
  } catch (e) {
    a[0] = 100;
    if (kind !== 3) throw e;
    return -1;
  } finally {
    a[1] = 7;
  }
}

/** @native */
export function overridden(n: f64, out: Float64Array): f64 {
  for (let i = 0; i < n; i++) {
    try {
      if (i === 1) continue;
      if (i === 3) break;
      out[0]! += 1;
      if (i === 10) return -1;
    } finally {
      out[1]! += 10;
      // eslint-disable-next-line no-unsafe-finally
      if (i === 4) return 44;
    }
    out[2]! += 1;
  }
  return out[0]! + out[1]! + out[2]!;
}

/** @native */
export function returnInFinally(kind: i32, a: Float64Array): f64 {
  try {
    return fails(kind, a);
  } finally {
    // eslint-disable-next-line no-unsafe-finally
    if (kind >= 0) return 5;
  }
}

/** @native */
export function nested(kind: i32, out: Float64Array): f64 {
  let n = 0;
  outer: for (;;) {
    try {
      try {
        n++;
        if (kind === 1) break outer;
        if (kind === 2) return n;
        if (kind === 3) throw new Error('three');
        if (kind === 4 && n < 3) continue outer;
      } finally {
        out[0]! += 1;
        if (kind === 5 && n < 3) throw new TypeError('five');
      }
      out[2]! += 1;
      if (n > 4) return n;
    } catch (e) {
      out[1]! += 1;
      if (e instanceof TypeError) continue;
      if (n > 2) throw e;
    } finally {
      out[3]! += 1;
    }
  }
  return 10 * n;
}

/** Locals that the body sets before it throws keep what they were set to. */
/** @native */
export function kept(a: Int32Array, limit: i32): i32 {
  let i = 0;
  let sum = 0;
  let last = -1;
  while (true) {
    try {
      for (; ; i++) {
        if (i >= limit) throw new Error('end');
        sum += a[i]!;
        last = i;
      }
    } catch {
      break;
    }
  }
  return sum * 1000 + i * 10 + last;
}

/** An index that is counted inside `try` may stay behind. */
/** @native */
export function countedInTry(a: Float64Array, b: Float64Array): f64 {
  let p = 0;
  for (let i = 0; i < a.length; i++) {
    try {
      if (a[i]! < 0) throw new Error('negative');
      p++;
      b[p]! += 1;
    } catch {
      b[0]! += 1;
    }
  }
  return p;
}

/** The error of a `catch` goes to the next `try` around it. */
/** @native */
export function fromCatch(kind: i32): f64 {
  try {
    try {
      throw new Error('first');
    } catch {
      if (kind === 1) throw new RangeError('second');
      return 1;
    }
  } catch (e) {
    return e instanceof RangeError ? 2 : 3;
  }
}

export const checked = ['caught', 'again', 'returnInFinally', 'countedInTry'];

const zeros = (): Float64Array => new Float64Array(4);

export const cases = [
  ...[0, 1, 2, 3, 4].map((kind) => ['caught', [kind, zeros()]] as const),
  ...[0, 1, 2, 3].map((kind) => ['which', [kind]] as const),
  ...[0, 1, 2, 3, 4].map((kind) => ['again', [kind, zeros()]] as const),
  ...[0, 1, 2, 3, 4, 5, 20].map((n) => ['overridden', [n, zeros()]] as const),
  ...[-1, 0, 1, 2, 3].map((kind) => ['returnInFinally', [kind, zeros()]] as const),
  ...[0, 1, 2, 3, 4, 5].map((kind) => ['nested', [kind, zeros()]] as const),
  ...[0, 1, 5].map((limit) => ['kept', [Int32Array.of(1, 2, 3, 4, 5), limit]] as const),
  ['countedInTry', [Float64Array.of(1, -1, 2, 3, -0, NaN), new Float64Array(6)]] as const,
  ['countedInTry', [Float64Array.of(1, -1, 2, 3, -0, NaN), new Float64Array(1)]] as const,
  ...[0, 1].map((kind) => ['fromCatch', [kind]] as const),
];
