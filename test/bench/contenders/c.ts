/** The kernels in C, compiled by the clang that tsnative uses, into an addon. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { clangCpuOptions, hostTarget, tuning } from '../../../compiler/5-link/targets.ts';
import { findZig } from '../../../compiler/5-link/toolchains/bundled.ts';
import type { Kernel } from '../kernels/index.ts';
import { addon, declarations, wrapper } from './c-wrapper.ts';
import { inJavaScriptMemory, type Contender, type KernelFunction } from './types.ts';

const run = promisify(execFile);
const atOnce = 2;

/**
 * Compiles and loads the C of the kernels that have some.
 * @param cpu as clang names it: ours, so that both may use the same instructions
 * @throws where a file doesn't compile
 */
export async function compileC(
  kernels: readonly Kernel[],
  cpu: string,
): Promise<(kernel: Kernel) => Contender | undefined> {
  const host = hostTarget(cpu);
  // A level of x86-64 is a tier; the target's own processor is the least that the code around it needs.
  const [only, ...others] = host.tiers;
  const target = only && others.length === 0 ? { ...host, cpu: only.cpu } : host;
  const { tune } = tuning(target);
  const zig = findZig().file;
  const folder = mkdtempSync(join(tmpdir(), 'tsnative-bench-c-'));
  const at = (name: string): string => join(folder, name);
  const expressible = kernels.flatMap(({ name, signature, cFile }) =>
    cFile === undefined ? [] : [{ name, signature, cFile }],
  );
  const compile = async (name: string, source: string): Promise<void> => {
    writeFileSync(at(`${name}.c`), source);
    await run(zig, [
      'clang',
      '-O3',
      '-ffp-contract=off', // As strict as JavaScript, so that the bits are the same.
      '-fPIC',
      '-fvisibility=hidden',
      '-target',
      target.triple,
      ...clangCpuOptions(target),
      ...(tune === undefined ? [] : [`-mtune=${tune}`]),
      '-c',
      at(`${name}.c`),
      '-o',
      at(`${name}.o`),
    ]);
  };
  try {
    const units = [
      { name: 'addon', source: addon(expressible.map(({ signature }) => signature)) },
      ...expressible.map(({ name, signature, cFile }) => ({
        name,
        source: `${declarations}\n#include "${cFile}"\n${wrapper(signature)}`,
      })),
    ];
    for (let next = 0; next < units.length; next += atOnce) {
      const some = units.slice(next, next + atOnce);
      await Promise.all(some.map(({ name, source }) => compile(name, source)));
    }
    const objects = units.map(({ name }) => at(`${name}.o`));
    await run(zig, ['ld.lld', '-shared', '-s', '-z', 'now', ...objects, '-o', at('c.node')]);
    const loaded = createRequire(import.meta.url)(at('c.node')) as Record<string, KernelFunction>;
    return ({ name, signature, cFile }) => {
      if (cFile === undefined) return undefined;
      const f = loaded[signature.name];
      if (f === undefined) throw new Error(`${name} is not in the addon`);
      return inJavaScriptMemory(f);
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
