/** The conformance programs once more, compiled by LLVM 14 through llvm-bindings: an independent LLVM. */
import { suite } from 'uvu';
import { probeLlvm14 } from '../../compiler/5-link/toolchains/llvm14.ts';
import { testUnless } from '../support/skip.ts';

const { toolchain, problem } = await probeLlvm14();
if (toolchain) {
  process.env['TSNATIVE_TEST_TOOLCHAIN'] = 'llvm14';
  await import('./conformance.test.ts');
} else {
  const test = suite('conformance with LLVM 14');
  testUnless(problem ?? 'LLVM 14 is not there', test, 'all programs', () => {});
  test.run();
}
