/** Case of text: the library as JavaScript and as machine code gives what the engine gives, and its table is current. */
import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { caseProperties, caseTables } from '../../compiler/tables/case-mapping.mjs';
import { powersOfTen } from '../../compiler/tables/powers-of-ten.mjs';
import { isWhiteSpace } from '../../runtime/std/white-space.ts';
import { randomNumbers } from '../ir/random-ir.ts';
import { testUnless } from '../support/skip.ts';
import { bytesOf, implementations, unitsOf } from './implementations.ts';

const library = new URL('../../runtime/std/', import.meta.url);
const tables = readFileSync(new URL('case-tables.ts', library), 'utf8');
const version = /with Unicode ([\d.]+)/.exec(tables)?.[1];
const engine = process.versions['unicode'];
/** Why what the engine does differs from the tables. */
const otherVersion =
  version === engine ? undefined : `the tables have Unicode ${version}, the engine has ${engine}`;
const both = await implementations([
  'upperCase.u8',
  'upperCase.u16',
  'lowerCase.u16',
  'lowerCaseLatin1',
  'upperCaseLatin1',
]);
const out = new Uint16Array(4096);
const text = (units: ArrayLike<number>, end: number): string =>
  String.fromCharCode(...Array.from({ length: end }, (_, index) => units[index] ?? 0));

test('the table of powers is what its script makes', () => {
  const words = (source: string): string[] => source.match(/0x[\da-f]+n/g) ?? [];
  const made = words(powersOfTen());
  assert.equal(words(readFileSync(new URL('powers-of-ten.ts', library), 'utf8')), made);
  assert.not.ok(made.includes(`0x${'f'.repeat(16)}n`), 'adding one to a lower word carries');
});

testUnless(otherVersion, test, 'the tables of cases are what their script makes', () => {
  const numbers = (source: string): string[] => source.match(/(?<=[ -])\d+(?=,)/g) ?? [];
  assert.equal(numbers(tables), numbers(caseTables()));
  const properties = readFileSync(new URL('case-properties.ts', library), 'utf8');
  assert.equal(numbers(properties), numbers(caseProperties()));
});

test('white space is what trim removes', () => {
  for (let unit = 0; unit < 0x10000; unit++)
    assert.is(isWhiteSpace(unit), String.fromCharCode(unit).trim() === '', unit.toString(16));
});

for (const [name, f] of Object.entries(both)) {
  const upper = (string: string): string =>
    text(out, f['upperCase.u16'](unitsOf(string), 0, string.length, out, 0));
  const lower = (string: string): string =>
    text(out, f['lowerCase.u16'](unitsOf(string), 0, string.length, out, 0));
  const check = (string: string): void => {
    const shown = JSON.stringify(string);
    if (upper(string) !== string.toUpperCase())
      assert.is(upper(string), string.toUpperCase(), shown);
    if (lower(string) !== string.toLowerCase())
      assert.is(lower(string), string.toLowerCase(), shown);
  };

  test(`${name}: each code point`, () => {
    const different: string[] = [];
    for (let point = 0; point < 0x110000; point++) {
      const string = String.fromCodePoint(point);
      for (const [mine, theirs] of [
        [upper(string), string.toUpperCase()],
        [lower(string), string.toLowerCase()],
      ] as const) {
        if (mine === theirs) continue;
        // Another version of Unicode may know one more letter of a pair, not another partner.
        if (otherVersion === undefined || (mine !== string && theirs !== string))
          assert.is(mine, theirs, `U+${point.toString(16)}`);
        different.push(`U+${point.toString(16)}`);
      }
    }
    if (different.length > 0) console.log(`» ${otherVersion}: ${different.join(' ')}`);
  });

  test(`${name}: sigma at the end of words`, () => {
    for (let point = 0; point < 0x30000; point++) {
      const letter = String.fromCodePoint(point);
      const matters = /[\p{Cased}\p{Case_Ignorable}]/u.test(letter) && otherVersion === undefined;
      if (!matters && point % 251 !== 0) continue;
      for (const string of [
        `aΣ${letter}`,
        `${letter}Σ`,
        `aΣ${letter}b`,
        `a${letter}Σ`,
        `1${letter}Σ `,
      ])
        if (lower(string) !== string.toLowerCase()) assert.is(lower(string), string.toLowerCase());
    }
  });

  test(`${name}: texts with lone surrogates and special casings`, () => {
    const random = randomNumbers(2);
    const parts = [
      'a',
      'Σ',
      'σ',
      '.',
      '\u00ad',
      'ß',
      'İ',
      'ŉ',
      '\ud801',
      '\udc00',
      '𐐀',
      ' ',
      'ʰ',
      '\u0345',
      'ﬃ',
      'Ǆ',
    ];
    for (let index = 0; index < 20_000; index++)
      check(Array.from({ length: 9 }, () => parts[Math.floor(random() * parts.length)]).join(''));
  });

  test(`${name}: text of bytes`, () => {
    const bytes = new Uint8Array(8);
    for (let unit = 0; unit < 256; unit++) {
      const string = String.fromCharCode(unit);
      assert.is(text(out, f['upperCase.u8'](bytesOf(string), 0, 1, out, 0)), string.toUpperCase());
      assert.is(
        text(bytes, f.lowerCaseLatin1(bytesOf(string), 0, 1, bytes, 0)),
        string.toLowerCase(),
      );
      const end = f.upperCaseLatin1(bytesOf(string), 0, 1, bytes, 0);
      const fits = /^[\0-\xff]$/.test(string.toUpperCase());
      assert.is(end, fits ? 1 : -1, unit.toString(16));
      if (fits) assert.is(text(bytes, end), string.toUpperCase());
    }
  });
}

test.run();
