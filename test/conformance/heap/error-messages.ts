import type { f64, i32 } from 'tsnative';

/** Writes a text's units to an array; gives how many there are. */
function tell(text: string, out: Uint16Array): i32 {
  for (let i = 0; i < text.length && i < out.length; i++) out[i] = text.charCodeAt(i);
  return text.length;
}

function fails(kind: i32, a: Float64Array, text: string): f64 {
  if (kind === 0) throw new Error();
  if (kind === 1) throw new RangeError(`${text}: ${a.length} and ${a[0]!}`);
  if (kind === 2) throw new TypeError(text + text);
  if (kind === 3) return new Float64Array(-1 - a.length).length;
  if (kind === 4) return Number(BigInt(a[0]! + 0.5));
  if (kind === 5) throw new Error('plain');
  return kind;
}

/** @native */
export function messages(kind: i32, a: Float64Array, out: Uint16Array): f64 {
  const texts = ['', 'ä', '€uro', 'longer than a few units'];
  try {
    return fails(kind, a, texts[kind & 3]!);
  } catch (e) {
    if (!(e instanceof Error)) return -1;
    const isRange = e instanceof RangeError ? 1000 : e instanceof TypeError ? 2000 : 0;
    return isRange + tell(`${e.name}|${e.message}|${e.message.length}`, out);
  }
}

/** @native */
export function thrown(kind: i32, a: Float64Array): f64 {
  const text = kind === 2 ? 'wide € ' : 'narrow ä ';
  return fails(kind, a, text + a.length);
}

/** A message outlives the string that it was made of, also through several catches. */
/** @native */
export function passedOn(n: i32, out: Uint16Array): f64 {
  let text = 'start';
  for (let i = 0; i < n; i++) {
    try {
      try {
        throw new Error(`${text} ${i}`);
      } catch (e) {
        text = 'other';
        throw e;
      } finally {
        text += '!';
      }
    } catch (e) {
      text = (e as Error).message + text;
    }
  }
  return tell(text, out);
}

/** @native */
export function assigned(kind: i32): f64 {
  try {
    throw new RangeError('first');
  } catch (e) {
    if (kind === 1) {
      try {
        throw new TypeError('second, longer');
      } catch (inner) {
        e = inner;
      }
    }
    return (e as Error).message.length + (e instanceof TypeError ? 100 : 0);
  }
}

class Unexpected extends SyntaxError {
  override name = 'Unexpected';
  constructor(
    message: string,
    readonly at: number,
  ) {
    super(message);
  }
}

function failsOtherwise(kind: i32, text: string): f64 {
  if (kind === 0) throw new SyntaxError(text);
  if (kind === 1) throw new ReferenceError(`${text} is not defined`);
  if (kind === 2) throw new EvalError();
  if (kind === 3) throw new URIError('URI malformed');
  if (kind === 4) throw new Unexpected(text, kind / 8);
  throw new Error('plain');
}

/** All classes of errors that JavaScript has. */
/** @native */
export function otherClasses(kind: i32, text: string): string {
  try {
    return String(failsOtherwise(kind, text));
  } catch (e) {
    if (!(e instanceof Error)) return '';
    const is = [
      e instanceof SyntaxError,
      e instanceof ReferenceError,
      e instanceof EvalError,
      e instanceof URIError,
      e instanceof RangeError,
      e instanceof Unexpected,
    ];
    return `${e.name}: ${e.message} ${is.map((one) => (one ? 'y' : 'n')).join('')}`;
  }
}

/** @native */
export function thrownOtherwise(kind: i32, text: string): f64 {
  return failsOtherwise(kind, text);
}

/** What a function of JavaScript throws. */
/** @native */
export function caughtOtherwise(f: (kind: i32) => f64, kind: i32): i32 {
  try {
    f(kind);
  } catch (e) {
    return (
      (e instanceof SyntaxError ? 1 : 0) +
      (e instanceof ReferenceError ? 2 : 0) +
      (e instanceof EvalError ? 4 : 0) +
      (e instanceof URIError ? 8 : 0) +
      (e instanceof Error ? 16 : 0)
    );
  }
  return -1;
}

const out = (): Uint16Array => new Uint16Array(60);

export const cases = [
  ...[0, 1, 2, 3, 4, 5, 6].map(
    (kind) => ['messages', [kind, Float64Array.of(kind / 4, 2), out()]] as const,
  ),
  ...[0, 1, 2, 3, 4, 5, 6].map((kind) => ['thrown', [kind, Float64Array.of(-0, NaN)]] as const),
  ...[0, 1, 2, 5].map((n) => ['passedOn', [n, out()]] as const),
  ...[0, 1].map((kind) => ['assigned', [kind]] as const),
  ...[0, 1, 2, 3, 4, 5].flatMap(
    (kind) =>
      [
        ['otherClasses', [kind, 'ä€']],
        ['thrownOtherwise', [kind, '']],
        ['caughtOtherwise', [(one: number) => failsOtherwise(one, 'x'), kind]],
      ] as const,
  ),
];
