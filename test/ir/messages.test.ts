/** What native code records about an error becomes the same values again. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { errorOfSite, valuesOfSlots, type Site } from '../../runtime/messages.ts';
import type { ScalarType } from '../../compiler/ir/types.ts';

const bitsOf = (value: number): bigint => new BigInt64Array(Float64Array.of(value).buffer)[0] ?? 0n;

const slots: readonly (readonly [ScalarType, slot: bigint, text: string])[] = [
  ['f64', bitsOf(-0.1), '-0.1'],
  ['f64', bitsOf(NaN), 'NaN'],
  ['f32', bitsOf(Math.fround(0.1)), '0.10000000149011612'],
  ['i32', -5n, '-5'],
  ['u32', 4294967295n, '4294967295'],
  ['i64', -(2n ** 63n), '-9223372036854775808'],
  ['u64', -1n, '18446744073709551615'],
  ['u64', 2n ** 64n - 1n, '18446744073709551615'],
  ['bool', 1n, 'true'],
];

for (const [type, slot, text] of slots)
  test(`${type} ${text}`, () => {
    const site: Site = {
      kind: 'throw',
      errorClass: 'RangeError',
      parts: ['<', { type }, '>'],
      span: undefined,
    };
    const error = errorOfSite(site, valuesOfSlots(site, [slot, 7n]));
    assert.instance(error, RangeError);
    assert.is(error.message, `<${text}>`);
  });

test('a site is the same after it went through JSON', () => {
  const site: Site = {
    kind: 'bounds',
    subject: 'a',
    write: false,
    index: 'f64',
    span: { file: 'src/x.ts', line: 3, column: 14, length: 4 },
  };
  const sent = JSON.parse(JSON.stringify(site)) as Site;
  const error = errorOfSite(sent, valuesOfSlots(sent, [bitsOf(10), 10n]));
  assert.is(error.message, "index 10 is outside 'a' of length 10 (src/x.ts:3:14)");
});

test.run();
