/** The kernels as WebAssembly that AssemblyScript makes at -O3 of the same source. */
/// <reference lib="dom" />
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import type { Argument, TypedArray } from '../kernels/case.ts';
import type { Kernel } from '../kernels/index.ts';
import { asAssemblyScript } from './assemblyscript-source.ts';
import { bind, isArray, type Contender, type KernelFunction } from './types.ts';

const kinds = { Float64Array, Float32Array, Int32Array, Uint32Array, Uint8Array, Int8Array };
type Kind = keyof typeof kinds;
/** Where an array object of AssemblyScript keeps the address of its first element. */
const dataStart = 4;

/**
 * Compiles the kernels to one module; those that say why they can't be there are left out.
 * @param isUnchecked leaves out bounds checks, which AssemblyScript doesn't by itself
 * @throws where AssemblyScript refuses one
 */
export async function compileAssemblyScript(
  kernels: readonly Kernel[],
  isUnchecked: boolean,
): Promise<(kernel: Kernel) => Contender | undefined> {
  const expressible = kernels.filter((kernel) => kernel.notInAssemblyScript === undefined);
  const folder = mkdtempSync(join(tmpdir(), 'tsnative-bench-as-'));
  try {
    const write = (path: string, text: string): void => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    };
    for (const { suite, name, source, signature } of expressible)
      write(`${suite}/${name}.ts`, asAssemblyScript(source, signature));
    const all = expressible.map(({ suite, name }) => `export * from './${suite}/${name}';`);
    const allocators = Object.keys(kinds).map(
      (kind) => `export function new${kind}(n: i32): ${kind} { return new ${kind}(n); }`,
    );
    write('index.ts', [...all, ...allocators].join('\n'));
    const compiler = createRequire(import.meta.url).resolve('assemblyscript/bin/asc.js');
    // No kernel makes arrays of its own, so there is nothing to collect.
    const options = ['index.ts', '-O3', '--runtime', 'stub', '-o', 'kernels.wasm'];
    if (isUnchecked) options.push('--uncheckedBehavior', 'always');
    await promisify(execFile)(process.execPath, [compiler, ...options], { cwd: folder });
    // V8's better compiler from the first call on, as its quick one has no way out of a loop.
    setFlagsFromString('--no-liftoff');
    const module = await WebAssembly.compile(readFileSync(join(folder, 'kernels.wasm')));
    return (kernel) =>
      kernel.notInAssemblyScript === undefined ? contender(kernel, module) : undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const contender = ({ signature }: Kernel, module: WebAssembly.Module): Contender => ({
  prepare: (args) => {
    const abort = (): never => {
      throw new Error(`${signature.name} has stopped in WebAssembly`);
    };
    const { exports } = new WebAssembly.Instance(module, { env: { abort } });
    const memory = exports['memory'] as WebAssembly.Memory;
    const call = (name: string): ((...values: readonly Argument[]) => unknown) =>
      exports[name] as KernelFunction;
    const objects = args.map((argument) =>
      isArray(argument) ? Number(call(`new${kindOf(argument)}`)(argument.length)) : argument,
    );
    // Only now, as memory that has grown is another buffer.
    const arrays = args.flatMap((argument, index) => {
      if (!isArray(argument)) return [];
      const start = new DataView(memory.buffer).getUint32((objects[index] ?? 0) + dataStart, true);
      const array = new kinds[kindOf(argument)](memory.buffer, start, argument.length);
      array.set(argument);
      return [array];
    });
    const run = bind(call(signature.name), objects);
    return { run: signature.result === 'u32' ? () => Number(run()) >>> 0 : run, arrays };
  },
});

const kindOf = (array: TypedArray): Kind => array.constructor.name as Kind;
