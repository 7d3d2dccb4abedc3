/** Each transcendental function is within 1 ulp of the true value; `npm run accuracy` tries more inputs. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { measure } from './measure.ts';
import { functionNames } from './reference.ts';

const errors: string[] = [];

for (const name of functionNames) {
  test(`${name} is within 1 ulp`, () => {
    const { error, args, value } = measure(name, 20_000, 42);
    errors.push(`${name} ${error.toFixed(2)}`);
    assert.ok(error <= 1, `${error} ulp: ${name}(${args.join(', ')}) gives ${value}`);
  });
}

test('the remainder is exact', () => {
  assert.is(measure('rem', 20_000, 7).error, 0);
});

test.after(() => console.log(`\n» largest errors in ulp: ${errors.join(', ')}`));

test.run();
