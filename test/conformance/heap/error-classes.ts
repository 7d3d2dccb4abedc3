import type { f64, i32 } from 'tsnative';

export class ParseError extends Error {
  constructor(
    message: string,
    readonly position: number,
    readonly line = 1,
  ) {
    super(`${message} at ${position}`);
    this.name = 'ParseError';
  }
}

class Limit extends RangeError {
  override name = 'Limit';
  code: string;
  constructor(readonly limit: number) {
    super('too much');
    this.code = 'E_LIMIT';
  }
}

/** A class without a constructor, and one that extends another one of the module's. */
class Plain extends TypeError {
  detail?: string;
  count: i32 = 3;
}

class DeepError extends ParseError {
  readonly fatal: boolean;
  note: string | undefined;
  hint: string | null = null;
  constructor(depth: number) {
    super(`depth ${depth}`, depth, depth * 2);
    this.name = 'DeepError';
    this.fatal = depth > 3;
    if (depth === 2) this.note = 'zwei €';
  }
}

class Bare extends Error {}

function fail(kind: i32, x: f64): f64 {
  if (kind === 0) throw new ParseError('bad', x);
  if (kind === 1) throw new Limit(x);
  if (kind === 2) throw new Plain();
  if (kind === 3) throw new Plain(`plain ${x}`);
  if (kind === 4) throw new DeepError(x);
  if (kind === 5) throw new Bare('bare');
  if (kind === 6) throw new Bare();
  if (kind === 7) throw new Error('own');
  if (kind === 8) throw new ParseError('', x, -0);
  return x;
}

/** What JavaScript gets. */
/** @native */
export function thrown(kind: i32, x: f64): f64 {
  return fail(kind, x);
}

/** What native code gets. */
/** @native */
export function caught(kind: i32, x: f64): string {
  try {
    return `none ${fail(kind, x)}`;
  } catch (e) {
    if (e instanceof DeepError)
      return `${e.name} ${e.message} ${e.position} ${e.line} ${e.fatal} ${e.note ?? '-'} ${e.hint ?? '-'}`;
    if (e instanceof ParseError) return `${e.name}: ${e.message}, ${e.position}, ${1 / e.line}`;
    if (e instanceof Limit) return `${e.name} ${e.code} ${e.limit} ${e.message}`;
    if (e instanceof Plain) return `${e.name} ${e.detail ?? 'no detail'} ${e.count} "${e.message}"`;
    if (e instanceof Error) return `${e.name} "${e.message}"`;
    return 'no error';
  }
}

/** Which classes an error is of. */
/** @native */
export function classes(kind: i32): i32 {
  try {
    fail(kind, 4);
    return -1;
  } catch (e) {
    return (
      (e instanceof Error ? 1 : 0) |
      (e instanceof ParseError ? 2 : 0) |
      (e instanceof DeepError ? 4 : 0) |
      (e instanceof Limit ? 8 : 0) |
      (e instanceof RangeError ? 16 : 0) |
      (e instanceof TypeError ? 32 : 0) |
      (e instanceof Plain ? 64 : 0) |
      (e instanceof Bare ? 128 : 0)
    );
  }
}

/** Thrown on, by way of a `finally`. */
/** @native */
export function again(kind: i32, x: f64, out: Float64Array): f64 {
  try {
    try {
      return fail(kind, x);
    } catch (e) {
      if (e instanceof Limit) return e.limit;
      throw e;
    } finally {
      out[0] = (out[0] ?? 0) + 1;
    }
  } catch (e) {
    if (e instanceof ParseError) out[1] = e.position;
    throw e;
  }
}

function make(x: f64): ParseError {
  return x > 5 ? new DeepError(x) : new ParseError('made', x);
}

function positionOf(e: ParseError | undefined): f64 {
  return e === undefined ? -1 : e.position + e.line;
}

/** Errors as values. */
/** @native */
export function values(x: f64): f64 {
  const e = make(x);
  const other = x < 0 ? undefined : e;
  if (e instanceof DeepError && e.fatal && x > 8) throw e;
  return positionOf(other) + e.message.length;
}

/** Many, all of which are gone in the end. */
/** @native */
export function many(n: i32): f64 {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    try {
      fail(i % 9, i);
    } catch (e) {
      if (e instanceof ParseError) sum += e.position;
      else if (e instanceof Limit) sum += e.code.length;
      else sum += (e as Error).message.length;
    }
  }
  return sum;
}

const kinds = Array.from({ length: 10 }, (_, kind) => kind);
const numbers = [0, -0, 1.5, NaN, Infinity, -Infinity, 2 ** 53, 5e-324, 2];

export const cases: (readonly [string, readonly unknown[]])[] = [
  ...kinds.flatMap((kind) =>
    numbers.flatMap((x) => [
      ['thrown', [kind, x]] as const,
      ['caught', [kind, x]] as const,
      ['again', [kind, x, new Float64Array(2)]] as const,
    ]),
  ),
  ...kinds.map((kind) => ['classes', [kind]] as const),
  ...[-1, 0, 3, 6, 9].map((x) => ['values', [x]] as const),
  ['many', [100]],
];
