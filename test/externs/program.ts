/** Everything that a declaration of a function of C can have; `vendor/all.c` has the functions. */
import {
  errno,
  memory,
  textAt,
  addressOf,
  type bool,
  type f32,
  type f64,
  type Handle,
  type i16,
  type i32,
  type i64,
  type i8,
  type Out,
  type Pointer,
  type u16,
  type u32,
  type u64,
  type u8,
} from 'tsnative';

/** @native @extern all: add_i8 */
export declare function addI8(a: i8, b: i8): i8;
/** @native @extern all: add_u8 */
export declare function addU8(a: u8, b: u8): u8;
/** @native @extern all: add_i16 */
export declare function addI16(a: i16, b: i16): i16;
/** @native @extern all: add_u16 */
export declare function addU16(a: u16, b: u16): u16;
/** @native @extern all: add_i32 */
export declare function addI32(a: i32, b: i32): i32;
/** @native @extern all: add_u32 */
export declare function addU32(a: u32, b: u32): u32;
/** @native @extern all: add_i64 */
export declare function addI64(a: i64, b: i64): i64;
/** @native @extern all: add_u64 */
export declare function addU64(a: u64, b: u64): u64;
/** @native @extern all: add_f32 */
export declare function addF32(a: f32, b: f32): f32;
/** @native @extern all: add_f64 */
export declare function addF64(a: f64, b: f64): f64;
/** @native @extern all: xor_bool */
export declare function xorBool(a: bool, b: bool): bool;

/** @extern all: many */
declare function many(
  a: i32,
  b: f64,
  c: i64,
  d: f32,
  e: i16,
  f: f64,
  g: u8,
  h: f64,
  i: i32,
  j: f64,
  k: i32,
  l: f64,
  m: i32,
  n: f64,
  o: f64,
  p: f64,
): f64;

/** @native */
export function callMany(x: f64): f64 {
  return many(1, x, -3n, 0.5, -5, x, 200, 8, 9, 10.5, 11, 12, 13, 14, 15, x);
}

/** @native @extern all: sum_bytes */
export declare function sumBytes(bytes: Uint8Array | null, count: i32): i32;
/** @extern all: negate */
declare function negate(values: Float64Array, count: i32): void;

/** @native */
export function negated(values: Float64Array): f64 {
  const before = values[0]!;
  negate(values, values.length);
  // What C has written is seen.
  return values[0]! - before;
}

/** @native */
export function negatedOwn(count: i32): f64 {
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) values[i] = i;
  negate(values, count);
  return values[count - 1]!;
}

/** @native @extern all: text_bytes */
export declare function textBytes(text: string | null): i32;
/** @native @extern all: repeated */
export declare function repeated(text: string, count: i32): string | null;
/** @extern all: repeated */
declare function repeatedAlways(text: string, count: i32): string;
/** @native @extern all: broken_text */
export declare function brokenText(): string;

/** @native */
export function twoTexts(a: string, b: string): string {
  return repeatedAlways(a, 2) + repeatedAlways(b, 1);
}

/** @native */
export function never(count: i32): string {
  try {
    return repeatedAlways('x', count);
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
}

/** @extern all: divided, errno */
declare function divided(a: i32, b: i32, quotient: Out<i32> | null, rest: Out<i32> | null): i32;

/** @native */
export function divide(a: i32, b: i32, wanted: boolean): string {
  const quotient: Out<i32> = { value: 0 };
  const rest: Out<i32> = { value: 100 };
  const failed = divided(a, b, quotient, wanted ? rest : null);
  return failed === 0 ? `${quotient.value} rest ${rest.value}` : `errno ${errno() > 0}`;
}

type Counter = Handle<'counter'>;
/** @extern all: counter_make */
declare function make(value: i32): Counter;
/** @extern all: counter_open */
declare function open(value: i32, made: Out<Counter | null>): i32;
/** @extern all: counter_next */
declare function next(counter: Counter | null): i32;
/** @extern all: counter_free, frees: counter */
declare function free(counter: Counter): void;
/** @native @extern all: counters */
export declare function counters(): i32;

/** @native */
export function counted(from: i32, times: i32): i32 {
  const counter = make(from);
  let last = 0;
  for (let i = 0; i < times; i++) last = next(counter);
  free(counter);
  return last;
}

/** @native */
export function opened(from: i32): i32 {
  const made: Out<Counter | null> = { value: null };
  if (open(from, made) !== 0) return made.value === null ? -1 : -2;
  const counter = made.value;
  if (counter === null) return -3;
  const first = next(counter);
  free(counter);
  return first + next(null);
}

/** @native */
export function freedTwice(): void {
  const counter = make(1);
  free(counter);
  free(counter);
}

/** @native */
export function usedFreed(): i32 {
  const counter = make(1);
  free(counter);
  return next(counter);
}

/** @native */
export function newAtOldPlace(times: i32): i32 {
  let sum = 0;
  for (let i = 0; i < times; i++) {
    const counter = make(i);
    sum += next(counter);
    free(counter);
  }
  return sum;
}

/** @struct 32 */
export interface Shape {
  kind: u8;
  width: f64;
  height: f32;
  scale: i16;
  wide: bool;
  calls: i64;
}

/** @extern all: shape_area */
declare function area(shape: Shape): f64;

/** @native */
export function areaOf(shape: Shape): f64 {
  return area(shape) + area(shape);
}

/** @native */
export function areas(count: i32): f64 {
  const shape: Shape = { kind: 7, width: 2, height: 0.5, scale: 3, wide: false, calls: 0n };
  let sum = 0;
  for (let i = 0; i < count; i++) {
    shape.width = i;
    sum += area(shape);
  }
  return shape.wide ? sum + Number(shape.calls) : -sum;
}

/** @struct */
export interface Span {
  data: Pointer;
  length: i32;
  sum: f64;
}

/** @extern all: span_sum */
declare function spanSum(span: Span): i32;

/** @native */
export function summed(values: Float64Array): f64 {
  const span: Span = { data: addressOf(values), length: values.length, sum: -1 };
  return spanSum(span) * 1000 + span.sum;
}

/** @extern all: sum_of */
declare function sumOf(kinds: string, ...values: [i32, f64, i64, string]): f64;
/** @extern all: sum_of */
declare function sumOfSmall(kinds: string, ...values: [i8, f32, bool, u16, i16]): f64;
/** @extern all: sum_of */
declare function sumOfNone(kinds: string, ...values: []): f64;

/** @native */
export function variadic(x: f64): f64 {
  return sumOf('idls', -7, x, 1000000000000n, 'four') + sumOfNone('');
}

/** @native */
export function variadicSmall(a: i8): f64 {
  return sumOfSmall('idiii', a, 0.5, true, 65535, -1);
}

/** @extern all: integrate */
declare function integrate(f: (x: f64) => f64, from: f64, to: f64, steps: i32): f64;

function square(x: f64): f64 {
  return x * x;
}

/** @native */
export function ofNamed(steps: i32): f64 {
  return integrate(square, 0, 3, steps);
}

/** @native */
export function ofClosure(power: f64, steps: i32): f64 {
  let calls = 0;
  const sum = integrate(
    (x) => {
      calls++;
      return x ** power;
    },
    0,
    1,
    steps,
  );
  return calls === steps ? sum : -1;
}

/** @native */
export function ofJavaScript(f: (x: f64) => f64, steps: i32): f64 {
  return integrate(f, 0, 1, steps);
}

/** @native */
export function nested(steps: i32): f64 {
  return integrate((x) => integrate((y) => x * y, 0, x, steps), 0, 2, steps);
}

/** @native */
export function thrown(at: f64, calls: Int32Array): f64 {
  try {
    return integrate(
      (x) => {
        calls[0]!++;
        if (x > at) throw new RangeError(`too far: ${at}`);
        return 1;
      },
      0,
      10,
      10,
    );
  } catch (error) {
    if (at < 0) throw error;
    return error instanceof RangeError ? -1 : -2;
  }
}

/** @extern all: each_word */
declare function eachWord(
  text: string,
  take: (word: string, data: Pointer) => i32,
  data: Pointer,
): i32;

/** @native */
export function words(text: string, most: i32): string {
  const list: string[] = [];
  const count = eachWord(
    text,
    (word) => {
      list.push(word);
      return list.length < most ? 0 : 1;
    },
    0n,
  );
  return `${count}: ${list.join('|')}`;
}

/** @native */
export function withData(text: string): i32 {
  const lengths = new Int32Array(2);
  eachWord(
    text,
    (word, data) => {
      memory.setInt32(data, 0, memory.getInt32(data, 0) + word.length);
      memory.setInt32(data, 4, memory.getInt32(data, 4) + 1);
      return 0;
    },
    addressOf(lengths),
  );
  return lengths[0]! * 100 + lengths[1]!;
}

/** @extern all: listen_to, keeps: f */
declare function listenTo(f: (x: f64) => f64): void;
/** @extern all: notify */
declare function notify(x: f64): f64;

function tripled(x: f64): f64 {
  if (x === 13) throw new TypeError('unlucky');
  return 3 * x;
}

/** @native */
export function listen(factor: f64): void {
  if (factor === 3) listenTo(tripled);
  else listenTo((x) => x * factor);
}

/** @native */
export function listenJavaScript(f: (x: f64) => f64): void {
  listenTo(f);
}

/** @native */
export function notified(x: f64): f64 {
  return notify(x);
}

const filled = (length: i32, value: i32): Uint8Array => {
  const made = new Uint8Array(length);
  for (let i = 0; i + 1 < length; i++) made[i] = value;
  return made;
};

const addressIn = (length: i32, value: i32): Pointer => addressOf(filled(length, value));

/**
 * Addresses of arrays that nothing else has, while others are made.
 * @native
 */
export function addressesOfMade(length: i32): string {
  const whole = addressIn(length, 65);
  const made = filled(length, 66);
  const part = addressOf(made.subarray(1));
  const small = addressOf(Uint8Array.of(67, 68, 0));
  const others = [filled(length, 97), filled(length - 1, 98), filled(3, 99)];
  let text = `${textAt(whole)} ${textAt(part)} ${textAt(small)}`;
  for (const other of others) text += ` ${other.length}`;
  return text;
}

/** @native */
export function bytesAt(bytes: Uint8Array): string {
  return textAt(addressOf(bytes));
}

/** @native */
export function textAtNull(): string {
  return textAt(0n);
}
