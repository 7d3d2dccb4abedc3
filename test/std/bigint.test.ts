/** Powers of bigints, run as JavaScript, against the engine's own. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { powI64, powU64 } from '../../runtime/std/bigint.ts';

test('powers within 64 bits', () => {
  for (let a = -20n; a <= 20n; a++) {
    for (let b = 0n; b <= 64n; b++) {
      const expected = a ** b;
      if (BigInt.asIntN(64, expected) === expected) assert.is(powI64(a, b), expected);
      if (a >= 0n && BigInt.asUintN(64, expected) === expected) assert.is(powU64(a, b), expected);
    }
  }
  assert.is(powI64(-1n, 2n ** 63n - 1n), -1n);
  assert.is(powU64(0n, 2n ** 64n - 1n), 0n);
});

test('negative exponents', () => {
  assert.throws(
    () => powI64(2n, -1n),
    (error: unknown) => error instanceof RangeError,
  );
});

test.run();
