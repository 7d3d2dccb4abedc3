/** All kernels: the tables of cases, with the files beside them. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Argument, Case, SizeName, Suite } from './case.ts';
import { heap } from './heap/cases.ts';
import { other } from './other/cases.ts';
import { polybench } from './polybench/cases.ts';
import { Random } from './random.ts';
import { readSignature, type Signature } from './signature.ts';

export interface Kernel extends Case {
  readonly name: string;
  readonly suite: Suite;
  readonly source: string;
  readonly signature: Signature;
  /** The path of the same in C; undefined for the suite that has objects. */
  readonly cFile: string | undefined;
}

/** The kernels of all suites, in the order of the tables. */
export const kernels: readonly Kernel[] = Object.entries({ polybench, other, heap }).flatMap(
  ([suite, cases]) =>
    Object.entries(cases).map(([name, tested]): Kernel => {
      const file = (suffix: string): string =>
        fileURLToPath(new URL(`${suite}/${name}.${suffix}`, import.meta.url));
      const source = readFileSync(file('ts'), 'utf8');
      const signature = readSignature(`${name}.ts`, source);
      const cFile = suite === 'heap' ? undefined : file('c');
      return { ...tested, name, suite: suite as Suite, source, signature, cFile };
    }),
);

/** Fresh arguments, the same ones each time for a `variant`. */
export const inputsOf = (kernel: Kernel, size: SizeName, variant = 0): readonly Argument[] => {
  const seed = kernel.name.length * 7919 + kernel.sizes[size] + variant * 104_729;
  return kernel.inputs(kernel.sizes[size], new Random(seed));
};
