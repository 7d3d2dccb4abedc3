/**
 * Exports that run off the thread of JavaScript (`IrExport.isAsync`). The function that JavaScript calls receives the
 * arguments, puts them into the block of a call (runtime/native/async.c) and gives its promise. A thread of the pool
 * then runs native code, on the block alone; and the thread of JavaScript makes the result when that has ended.
 */
import { isView, type IrType } from '../../ir/types.ts';
import { callNative } from '../abi.ts';
import { endHeap } from '../heap/blocks.ts';
import { copyBytes } from '../helpers.ts';
import { asyncCall, context, heap, inside } from '../layout.ts';
import { sweepViews } from '../memory.ts';
import { llvmType } from '../types.ts';
import type { LlvmFunction } from '../writer.ts';
import { throwRecorded } from './answer.ts';
import { environment } from './environment.ts';
import { freeInside, giveInside } from './inside-views.ts';
import { callExternal, isNull } from './napi.ts';
import { makeResults } from './results.ts';
import { scopeOf } from './scope.ts';
import { kindBits } from './views.ts';
import { wrapperName, type Wrapper, type WrapperJob } from './wrapper.ts';

/** Where what stands in the block of a call. */
interface Block {
  readonly context: number;
  readonly heap: number;
  readonly inside: number;
  /** 8 bytes each. */
  readonly globals: number;
  readonly args: number;
  readonly results: number;
  readonly size: number;
}

function blockOf({ ir, callee }: WrapperJob): Block {
  const start = asyncCall.size;
  const views = start + context.size + heap.size;
  const globals = views + inside.size;
  const args = globals + 8 * ir.globals.length;
  const results = args + 8 * callee.params.length;
  const size = results + 8 * callee.results.length;
  return {
    ...{ context: start, heap: start + context.size, inside: views },
    ...{ globals, args, results, size },
  };
}

/** The signatures of the functions that the block holds. */
const [work, finish, discard] = [
  { result: 'void', params: ['ptr'] },
  { result: 'ptr', params: ['ptr', 'ptr'] },
  { result: 'void', params: ['ptr'] },
] as const;

/** Writes the rest of an export's wrapper, behind the reception of arguments, and the functions that run later. */
export function defineAsyncCall(job: WrapperJob, wrapper: Wrapper, args: readonly string[]): void {
  const { llvm, ir, callee, facts } = job;
  const { f, env, data, failed } = wrapper.callback;
  if (data === undefined) throw new Error('calls are begun with the environment at hand');
  const block = blockOf(job);
  const types = callee.params.map(({ value }) => value.type);
  const globals = facts.globals.map((index) => ({ index, type: ir.globals[index]?.type ?? 'f64' }));
  const views = [...types, ...globals.map(({ type }) => type)].filter((type) => isView(type));
  const all = wrapper.inside;
  const count = all && f.load('i64', f.offset(all, inside.givenCount));
  const room = count
    ? f.emit(`add i32 ${f.emit(`trunc i64 ${count} to i32`)}, ${views.length}`)
    : String(views.length);
  const call = callExternal(
    f,
    'ptr',
    'tsn_async_begin',
    ['ptr', 'ptr', 'ptr', 'i64', 'i32', 'ptr', 'ptr', 'ptr'],
    [
      ...[env, data, f.offset(data, environment.async)],
      ...[String(block.size), room],
      llvm.functionAddress(defineWork(job, block), work),
      llvm.functionAddress(defineFinish(job, block), finish),
      llvm.functionAddress(defineDiscard(job, block), discard),
    ],
  );
  const begun = f.fresh('begun');
  const missing = all ? f.fresh('noMemory') : failed;
  f.condBr(isNull(f, call), missing, begun);
  if (all) {
    f.block(missing);
    wrapper.freeInside();
    f.br(failed);
  }
  f.block(begun);
  if (all && count) {
    const own = f.offset(call, block.inside);
    copyBytes(f, own, all, String(inside.size));
    f.store('ptr', own, f.offset(call, block.context + context.inside));
    const given = f.load('ptr', f.offset(all, inside.given));
    callExternal(
      f,
      'void',
      'tsn_async_inside',
      ['ptr', 'ptr', 'ptr', 'i64', 'ptr'],
      [env, call, given, count, wrapper.viewArray],
    );
  }
  const own = (type: IrType, operand: string): string =>
    isView(type)
      ? callExternal(f, 'ptr', 'tsn_async_view', ['ptr', 'ptr', 'ptr'], [env, call, operand])
      : operand;
  types.forEach((type, index) => {
    const at = f.offset(call, block.args + 8 * index);
    f.store(llvmType(type), own(type, args[index] ?? ''), at);
  });
  for (const { index, type } of globals) {
    const slot = isView(type) ? 'ptr' : 'i64';
    const value = f.load(slot, f.gep('i64', wrapper.globals, String(index)));
    f.store(slot, own(type, value), f.offset(call, block.globals + 8 * index));
  }
  const ctx = f.offset(call, block.context);
  f.store('ptr', f.offset(call, block.heap), f.offset(ctx, context.heap));
  f.store('ptr', f.offset(call, block.globals), f.offset(ctx, context.globals));
  // Its thread is one of the pool's already, as inside a region.
  f.store('i32', '1', f.offset(ctx, context.depth));
  f.store('i32', '0', f.offset(ctx, context.errno));
  const scope = scopeOf(f, env, data);
  f.store('ptr', scope, f.offset(ctx, context.scope));
  f.store('ptr', scope, f.offset(call, asyncCall.scope));
  f.store('ptr', f.offset(call, asyncCall.ended), f.offset(ctx, context.ended));
  const written = String(kindBits(facts.writes));
  f.ret(
    'ptr',
    callExternal(f, 'ptr', 'tsn_async_start', ['ptr', 'ptr', 'i32'], [env, call, written]),
  );
}

const later = (
  job: WrapperJob,
  name: string,
  { result, params }: typeof work | typeof finish | typeof discard,
): LlvmFunction =>
  job.llvm.define(
    `${wrapperName(job.index, job.version)}.${name}`,
    result,
    params.map((type, index) => ({ name: index === params.length - 1 ? 'call' : 'env', type })),
    'internal',
    `nounwind${job.version.attributes}`,
  );

/** Runs native code on a thread of the pool. */
function defineWork(job: WrapperJob, block: Block): string {
  const { callee, canThrow, version, exported } = job;
  const f = later(job, 'work', work);
  job.debug?.begin(f, `${exported.name} (off the thread of JavaScript)`, exported.span);
  const ctx = f.offset('%call', block.context);
  const limit = f.load('ptr', f.offset('%call', asyncCall.stackLimit));
  f.store('ptr', limit, f.offset(ctx, context.stackLimit));
  const args = callee.params.map(({ value }, index) =>
    f.load(llvmType(value.type), f.offset('%call', block.args + 8 * index)),
  );
  const { error, results } = callNative(f, callee, canThrow, ctx, args, version);
  if (error !== undefined)
    f.store('i32', f.emit(`zext i1 ${error} to i32`), f.offset('%call', asyncCall.failed));
  results.forEach((result, index) => {
    const type = llvmType(callee.results[index] ?? 'f64');
    f.store(type, result, f.offset('%call', block.results + 8 * index));
  });
  f.ret();
  return f.name;
}

/** Makes the result, or has the error pending, on the thread of JavaScript. */
function defineFinish(job: WrapperJob, block: Block): string {
  const { callee, exported } = job;
  const f = later(job, 'finish', finish);
  const ctx = f.offset('%call', block.context);
  const data = f.load('ptr', f.offset('%call', asyncCall.data));
  f.store('ptr', '%env', f.offset(ctx, context.env));
  f.store('ptr', data, f.offset(ctx, context.data));
  const failed = f.load('i32', f.offset('%call', asyncCall.failed));
  if (exported.views) {
    const array = f.load('ptr', f.offset('%call', asyncCall.array));
    // While an error is pending, nothing can be made.
    giveInside(f, '%env', data, array, f.offset('%call', block.inside));
  }
  f.condBr(f.emit(`icmp eq i32 ${failed}, 0`), 'returned', 'thrown');
  f.block('returned');
  const results = callee.results.map((type, index) =>
    f.load(llvmType(type), f.offset('%call', block.results + 8 * index)),
  );
  f.ret('ptr', makeResults(f, '%env', data, exported, results));
  f.block('thrown');
  if (job.canThrow) throwRecorded(f, ctx);
  f.ret('ptr', 'null');
  return f.name;
}

/** Frees what native code has left. */
function defineDiscard(job: WrapperJob, block: Block): string {
  const { facts } = job;
  const f = later(job, 'discard', discard);
  if (job.exported.views) freeInside(f, f.offset('%call', block.inside));
  if (facts.makesViews) sweepViews(f, f.offset('%call', block.context));
  if (facts.usesHeap) endHeap(f, f.offset('%call', block.heap));
  f.ret();
  return f.name;
}
