/** The library's polynomials are what their generator prints. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { source } from './coefficients.ts';

test('runtime/std/polynomials.ts is up to date', async () => {
  const path = fileURLToPath(new URL('../../runtime/std/polynomials.ts', import.meta.url));
  const config = await resolveConfig(path);
  const expected = await format(source(), { ...config, parser: 'typescript' });
  assert.is(readFileSync(path, 'utf8'), expected);
});

test.run();
