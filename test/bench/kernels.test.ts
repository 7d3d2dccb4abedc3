/** The kernels of the benchmarks give the same bits natively, with hints and without, as in V8. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { compileNative } from './contenders/native.ts';
import { kernels } from './kernels/index.ts';
import { differencesOf } from './run-kernel.ts';

const forms = ['ours', 'plain'] as const;
const { contender } = await compileNative(kernels, forms, 'baseline');

for (const form of forms) {
  const test = suite(form);
  for (const kernel of kernels) {
    test(kernel.name, () => {
      assert.equal(differencesOf(kernel, 'test', form, contender(form, kernel)), []);
    });
  }
  test.run();
}
