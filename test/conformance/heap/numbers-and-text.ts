/** Numbers as text and text as numbers. */
import type { f32, i32, i64, i8, u16, u32, u64 } from 'tsnative';

function textOf(units: Uint16Array): string {
  let text = '';
  for (let i = 0; i < units.length; i++) text += String.fromCharCode(units[i]!);
  return text;
}

function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return h * 1024 + (text.length % 1024);
}

/** @native */
export function printed(x: number): number {
  return hash(String(x)) + hash(`${x}`) * 3 + hash(x.toString()) + hash('' + x);
}

/** @native */
export function withRadix(x: number, radix: number): number {
  return hash(x.toString(radix));
}

/** @native */
export function fixed(x: number, digits: number): number {
  return hash(x.toFixed(digits));
}

/** @native */
export function exponential(x: number, digits: number): number {
  return hash(x.toExponential(digits));
}

/** @native */
export function precise(x: number, digits: number): number {
  return hash(x.toPrecision(digits));
}

/** @native */
export function withoutDigits(x: number): number {
  return hash(x.toFixed()) + 3 * hash(x.toExponential()) + 7 * hash(x.toPrecision());
}

/** @native */
export function optionalDigits(x: number, digits: number | undefined): number {
  return (
    hash(x.toFixed(digits)) +
    3 * hash(x.toExponential(digits)) +
    7 * hash(x.toPrecision(digits)) +
    hash(x.toString(digits))
  );
}

/** @native */
export function integers(a: i8, b: u16, c: i32, d: u32, e: f32): number {
  return (
    hash(`${a} ${b} ${c} ${d} ${e}`) +
    hash(c.toString(2)) +
    hash(d.toString(36)) +
    hash(a.toFixed(2))
  );
}

/** @native */
export function bigints(a: i64, b: u64, radix: number): number {
  return (
    hash(a.toString()) +
    hash(b.toString(radix)) +
    3 * hash(a.toString(radix)) +
    hash(`${a} ${b}`) +
    hash(12345678901234567890n.toString(radix))
  );
}

/** @native */
export function booleans(b: boolean, o: boolean | undefined): number {
  return hash(b.toString()) + hash(String(o)) + hash(`${!b}`);
}

/** @native */
export function parsed(units: Uint16Array): number {
  return Number(textOf(units));
}

/** @native */
export function plus(units: Uint16Array): number {
  return +textOf(units);
}

/** @native */
export function parsedInt(units: Uint16Array, radix: number): number {
  return parseInt(textOf(units), radix);
}

/** @native */
export function parsedPlain(units: Uint16Array, which: i32): number {
  const text = textOf(units);
  if (which === 0) return parseInt(text);
  if (which === 1) return Number.parseInt(text);
  return which === 2 ? parseFloat(text) : Number.parseFloat(text);
}

/** @native */
export function optionalRadix(units: Uint16Array, radix: number | undefined): number {
  return parseInt(textOf(units), radix);
}

/** @native */
export function constants(): number {
  return (
    Number('12.5e1') + +'0x10' + Number('') + parseInt('42px') + parseFloat('.5.5') + (0.1 + 0.2)
  );
}

/** @native */
export function roundTrips(x: number): number {
  return Number(String(x));
}

/** @native */
export function sumOfList(values: Float64Array): number {
  let text = '';
  for (let i = 0; i < values.length; i++) {
    if (i > 0) text += ',';
    text += values[i];
  }
  let sum = 0;
  for (const part of text.split(',')) sum += parseFloat(part);
  return sum;
}

const ofText = (text: string): Uint16Array => {
  const made = new Uint16Array(text.length);
  for (let i = 0; i < text.length; i++) made[i] = text.charCodeAt(i);
  return made;
};

/** @native */
export function numberOfAbsent(text: string | null | undefined): number[] {
  const captured = text as string | undefined;
  const kept = [+text!, Number(text), -(captured ?? '7')];
  if (captured !== undefined && captured !== null)
    [1, 2].forEach((x) => kept.push(x * +captured, +captured + captured.length));
  return kept;
}

const numbers = [
  ...[
    0,
    -0,
    1,
    -1,
    9,
    10,
    42,
    0.1,
    0.5,
    -1.5,
    1 / 3,
    123.456,
    1e20,
    1e21,
    123456789012345680000,
    1e-6,
    1e-7,
  ],
  ...[
    2 ** 31,
    -(2 ** 31),
    2 ** 32,
    2 ** 53,
    2 ** 53 + 2,
    5e-324,
    1.7976931348623157e308,
    2.2250738585072014e-308,
  ],
  ...[
    NaN,
    Infinity,
    -Infinity,
    0.000001234,
    1.005,
    2.5,
    25,
    0.045,
    1234.5678,
    999.9999,
    1e100,
    -1e-10,
  ],
];
const texts = [
  ...[
    '',
    ' ',
    '0',
    '-0',
    '+0',
    '1',
    ' 42 ',
    '42px',
    '4 2',
    '1e3',
    '1e',
    '1e+',
    '.5',
    '5.',
    '.',
    '-.5e-2',
    '1_000',
  ],
  ...[
    '0x1F',
    '0X1f',
    '-0x10',
    '0b101',
    '0o17',
    '0b2',
    '0x',
    'Infinity',
    '-Infinity',
    'infinity',
    'Infinityx',
    'NaN',
  ],
  ...[
    '9007199254740993',
    '1.7976931348623159e308',
    '4.9e-324',
    '2.4e-324',
    '0.1',
    '1e400',
    '-1e400',
    '1e-400',
  ],
  ...[
    '\u00a0\ufeff12\u2003\n',
    '12\u180e',
    '\ud83d',
    '١٢',
    '123456789012345678901234567890',
    '0.30000000000000004',
  ],
  ...[
    'zz',
    'ZZ',
    '10',
    '777',
    '12abc',
    '-12',
    '+7',
    '--7',
    '   -7',
    '0e5',
    '00012',
    '1n',
    'null',
    'true',
  ],
];

export const cases: readonly (readonly [string, readonly unknown[]])[] = [
  ...[undefined, null, '', ' -0 ', '1e3', '0x10', 'x', '9007199254740993'].map(
    (text) => ['numberOfAbsent', [text]] as const,
  ),
  ...numbers.flatMap((x) => [
    ['printed', [x]] as const,
    ['roundTrips', [x]] as const,
    ['withoutDigits', [x]] as const,
    ['optionalDigits', [x, undefined]] as const,
    ['optionalDigits', [x, 3]] as const,
    ...[2, 3, 8, 10, 16, 36, 1, 37, 0, NaN, Infinity, 10.9, -2].map(
      (radix) => ['withRadix', [x, radix]] as const,
    ),
    ...[0, 1, 2, 5, 20, 21, 100, 101, -1, NaN, 1.9, -0.5, Infinity].flatMap((digits) => [
      ['fixed', [x, digits]] as const,
      ['exponential', [x, digits]] as const,
      ['precise', [x, digits]] as const,
    ]),
  ]),
  ...texts.flatMap((text) => [
    ['parsed', [ofText(text)]] as const,
    ['plus', [ofText(text)]] as const,
    ...[0, 1, 2, 3].map((which) => ['parsedPlain', [ofText(text), which]] as const),
    ...[0, 2, 8, 10, 16, 36, 1, 37, 2 ** 32 + 16, NaN, -5].map(
      (radix) => ['parsedInt', [ofText(text), radix]] as const,
    ),
    ['optionalRadix', [ofText(text), undefined]] as const,
    ['optionalRadix', [ofText(text), 16]] as const,
  ]),
  ['constants', []],
  ['integers', [-128, 65535, -(2 ** 31), 2 ** 32 - 1, Math.fround(0.1)]],
  ['integers', [0, 0, 0, 0, 0]],
  ...[2, 10, 16, 36, 1, 37, NaN].flatMap((radix) => [
    ['bigints', [0n, 0n, radix]] as const,
    ['bigints', [-(2n ** 63n), 2n ** 64n - 1n, radix]] as const,
    ['bigints', [2n ** 63n - 1n, 255n, radix]] as const,
  ]),
  ['booleans', [true, undefined]],
  ['booleans', [false, true]],
  ['sumOfList', [Float64Array.of(1, 2.5, -0, 1e21, 1e-9, 3)]],
  ['sumOfList', [new Float64Array(0)]],
];
