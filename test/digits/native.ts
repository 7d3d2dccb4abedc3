/** The library's functions on numbers and text as machine code, with loops over many numbers to measure them in. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { optimize } from '../../compiler/3-optimize/index.ts';
import { parseModule } from '../../compiler/ir/parse.ts';
import type { IrExport, IrFunction, IrModule } from '../../compiler/ir/types.ts';
import { walkOps } from '../../compiler/ir/walk.ts';
import { buildLibrary } from '../../compiler/library-build.ts';
import { build, type AnyFunction } from '../boundary/addon.ts';

const sources = fileURLToPath(new URL('../../runtime/std', import.meta.url));
const loops = fileURLToPath(new URL('loops.ts', import.meta.url));

/** The library as IR, with the functions of `loops.ts`. */
export function libraryModule(): IrModule {
  const folder = mkdtempSync(join(tmpdir(), 'digits-'));
  try {
    cpSync(sources, folder, { recursive: true });
    cpSync(loops, join(folder, 'loops.ts'));
    return parseModule(buildLibrary(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Compiles functions of the library for calls from JavaScript, at -O3.
 * @param names without `std.`
 */
export async function nativeFunctions<Name extends string>(
  names: readonly Name[],
): Promise<Readonly<Record<Name, AnyFunction>>> {
  const library = libraryModule();
  const all = new Map(library.functions.map((fn) => [fn.name, fn]));
  const functions = new Set<IrFunction>();
  const libraryFunction = (name: string): IrFunction => {
    const fn = all.get(name);
    if (!fn) throw new Error(`the library has no function ${name}`);
    return fn;
  };
  const require = (name: string): void => void functions.add(libraryFunction(name));
  for (const name of names) require(`std.${name}`);
  // The set grows while it is walked.
  for (const fn of functions)
    walkOps(fn.body, ({ attributes: { callee } }) => {
      if (callee !== undefined) require(callee);
    });
  const exported = names.map((name) => exportOf(name, libraryFunction(`std.${name}`)));
  const ir: IrModule = { ...library, functions: [...functions], exports: exported };
  optimize(ir, { level: 3, libraryFunction });
  const { functions: built } = (await build(ir, { name: 'digits', level: '-O3' })).load();
  const entries = names.map((name) => [name, built[`std.${name}`]] as const);
  return Object.fromEntries(entries) as Readonly<Record<Name, AnyFunction>>;
}

function exportOf(name: string, fn: IrFunction): IrExport {
  const boundary = { undefined: false, null: false };
  const [result] = fn.results;
  return {
    callee: fn.name,
    name,
    params: fn.params.map((param) => ({ name: param.name, type: param.value.type, ...boundary })),
    result: result && { type: result, ...boundary },
    span: undefined,
  };
}
