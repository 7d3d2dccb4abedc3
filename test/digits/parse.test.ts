/** Text as numbers: the library as JavaScript and as machine code gives what the engine gives. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { randomNumbers } from '../ir/random-ir.ts';
import { bytesOf, implementations, unitsOf } from './implementations.ts';
import { edgeDoubles, literalsNearMiddle, randomDigits, randomDoubles } from './values.ts';

const both = await implementations([
  'stringToNumber.u8',
  'stringToNumber.u16',
  'parseFloat.u8',
  'parseFloat.u16',
  'parseFloatEnd.u16',
  'parseInt.u8',
  'parseInt.u16',
]);

const words = [
  ...[
    '',
    '0',
    '-0',
    '+0',
    '-',
    '+',
    '.',
    '-.',
    '+-1',
    '1',
    '1.',
    '.1',
    '1.5',
    '-1.5',
    '00012',
    '1..2',
  ],
  ...['e', 'e5', '1e', '1e+', '1e-', '1e5', '1e-5', '1E5', '1e+05', '.e1', '1.e1', '1e5.5', '0e0'],
  ...['Infinity', '-Infinity', '+Infinity', 'infinity', 'Infinityx', 'Infinit', 'NaN', 'null', '∞'],
  ...[
    '0x10',
    '0X1f',
    '0xg',
    '0x',
    '0b101',
    '0B12',
    '0o17',
    '0o8',
    '-0x10',
    '+0x10',
    '0b',
    '0x1.8',
    '0xFFFFFFFFFFFFFFFFF',
  ],
  ...['1_0', '1 2', '12px', '1n', 'zz', 'ZZ', '7f', '\0', '1\0', '１', '0.0000001', '-0.0'],
  ...[
    '1e1000',
    '-1e1000',
    '1e-1000',
    '-1e-1000',
    '1e99999999999',
    '1e-99999999999',
    '0e99999999999',
  ],
  ...[
    '9007199254740993',
    '9007199254740992.9',
    '9007199254740993.0',
    '1e23',
    '8.5e22',
    '1e22',
    '123456789012345678901234567890',
  ],
];
const spaces = ['', ' ', '\t\n\v\f\r\u00a0\u1680\u2000\u200a\u2028\u2029\u202f\u205f\u3000\ufeff'];
const notSpaces = ['\u180e', '\u200b', '\u0085', '\u2007x'];
const radices = [0, 2, 3, 7, 8, 10, 16, 32, 35, 36, 1, 37, -1];
/** V8's own answer of where parseFloat's literal ends. */
const literal = /^[+-]?(?:Infinity|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)/;

for (const [name, f] of Object.entries(both)) {
  const isNative = name === 'machine code';
  const is = (actual: number, expected: number, text: string): void => {
    if (!Object.is(actual, expected))
      assert.is(actual, expected, JSON.stringify(text.slice(0, 200)));
  };

  /** The text stands within other digits, which must not be read. */
  const checkDecimal = (text: string): void => {
    const units = unitsOf(`9${text}9`);
    is(f['stringToNumber.u16'](units, 1, text.length + 1), Number(text), text);
    is(f['parseFloat.u16'](units, 1, text.length + 1), parseFloat(text), text);
    if (/[^\0-\xff]/.test(text)) return;
    const bytes = bytesOf(`9${text}9`);
    is(f['stringToNumber.u8'](bytes, 1, text.length + 1), Number(text), text);
    is(f['parseFloat.u8'](bytes, 1, text.length + 1), parseFloat(text), text);
  };
  const check = (text: string): void => {
    checkDecimal(text);
    const units = unitsOf(`9${text}9`);
    const trimmed = text.trimStart();
    const end = literal.exec(trimmed)?.[0].length;
    const expected = end === undefined ? -1 : 1 + text.length - trimmed.length + end;
    is(f['parseFloatEnd.u16'](units, 1, text.length + 1), expected, text);
    for (const radix of radices) {
      is(
        f['parseInt.u16'](units, 1, text.length + 1, radix),
        parseInt(text, radix),
        `${radix} ${text}`,
      );
      if (/[^\0-\xff]/.test(text)) continue;
      is(
        f['parseInt.u8'](bytesOf(`9${text}9`), 1, text.length + 1, radix),
        parseInt(text, radix),
        `${radix} ${text}`,
      );
    }
  };

  test(`${name}: forms of literals, and white space`, () => {
    for (const word of words) {
      for (const before of [...spaces, ...notSpaces]) {
        for (const after of [...spaces, ...notSpaces, 'x', '.']) check(before + word + after);
      }
    }
    for (let unit = 0; unit < 0x10000; unit++) checkDecimal(`${String.fromCharCode(unit)}1`);
  });

  test(`${name}: what numbers print as`, () => {
    const random = randomDoubles(3);
    const values = Array.from({ length: isNative ? 200_000 : 20_000 }, random);
    for (const x of [...edgeDoubles(), ...values]) checkDecimal(String(x));
    for (const x of values.slice(0, 3000)) {
      if (!Number.isFinite(x)) continue;
      for (const text of [x.toPrecision(17), x.toPrecision(21), x.toExponential(60)])
        checkDecimal(text);
    }
  });

  test(`${name}: at the middle between doubles, and beside it`, () => {
    const random = randomDoubles(4);
    const edges = edgeDoubles().filter((x, index) => x >= 0 && (isNative || index % 10 === 0));
    const values = Array.from({ length: isNative ? 5000 : 500 }, () => Math.abs(random()));
    const finite = [...edges, ...values].filter(Number.isFinite);
    for (const x of finite) literalsNearMiddle(x).forEach(checkDecimal);
  });

  test(`${name}: random digits, up to 2000 of them`, () => {
    const random = randomNumbers(5);
    const up = (to: number): number => Math.floor(random() * to);
    for (let index = 0; index < (isNative ? 20_000 : 3000); index++) {
      const radix = [2, 3, 8, 10, 16, 36][index % 6] ?? 10;
      const digits = randomDigits(random, 1 + up(index % 50 === 0 ? 2000 : 40), radix);
      for (const text of [
        digits,
        `0x${digits}`,
        `0b${digits}`,
        `0o${digits}`,
        `-${'0'.repeat(up(9))}${digits}`,
      ])
        check(text);
      if (radix !== 10) continue;
      for (const text of [
        `${digits}.${digits}`,
        `0.${digits}e${up(700) - 350}`,
        `${digits}e${up(700) - 350}`,
      ])
        check(text);
    }
  });
}

test.run();
