/**
 * Parallel regions. What a region captures lies in a block on its caller's stack; each piece of it runs in a
 * function that takes that apart, with a context of its own, and which the pool calls (runtime/native/pool.c).
 */
import { isView, type IrFunction, type Operation } from '../../ir/types.ts';
import { callNative, type Version } from '../abi.ts';
import type { Emit, FunctionEmission } from '../emission.ts';
import { immortalWhile, sweepViews } from '../memory.ts';
import { copyBytes } from '../helpers.ts';
import { context, regionError } from '../layout.ts';
import { beginPieceHeap, endPieceHeap, keepText, takeText, usesHeap } from '../piece-heap.ts';
import { versionFor } from '../tiers.ts';
import { llvmType } from '../types.ts';

/** The pool's function. A module that declares it needs the pool to be linked with it. */
export const poolFunction = 'tsn_parallel_run';

/**
 * Where the block has the caller's context, the newest of the texts that pieces have kept (`piece-heap.ts`), and behind
 * these the captures, 8 bytes each.
 */
const callerContext = 0;
const keptTexts = 8;
const captureAt = (index: number): number => 16 + 8 * index;

const parallel: Emit = (e, op) => {
  const [count, ...captured] = op.args;
  const callee = e.module.functions.get(op.attributes.callee ?? '');
  if (!callee) throw new Error(`${e.fn.name} runs ${op.attributes.callee}, which is not there`);
  const { f } = e;
  const piece = definePiece(e, callee, captured);
  const block = f.alloca(`[${captureAt(captured.length) / 8} x i64]`, 'region');
  f.store('ptr', e.ctx, f.offset(block, callerContext));
  const hasHeap = usesHeap(callee, e.module.functions);
  if (hasHeap) f.store('i64', '0', f.offset(block, keptTexts));
  captured.forEach((value, index) =>
    f.store(llvmType(value.type), e.operand(value), f.offset(block, captureAt(index))),
  );
  const error = f.alloca(`[${regionError.size / 8} x i64]`, 'error');
  const { module } = f;
  const signature = {
    result: 'i32',
    params: ['ptr', 'ptr', 'i64', 'ptr', 'i32', 'i32', 'ptr', 'ptr'],
    attributes: 'nounwind',
  } as const;
  module.declare(poolFunction, signature);
  const views = captured.filter(({ type }) => isView(type)).map((view) => e.operand(view));
  const failed = immortalWhile(f, views, () =>
    f.call('i32', poolFunction, [
      ['ptr', module.functionAddress(piece, pieceSignature)],
      ['ptr', block],
      ['i64', e.operand(count)],
      ['ptr', f.load('ptr', f.offset(e.ctx, context.stackLimit))],
      ['i32', f.load('i32', f.offset(e.ctx, context.depth))],
      ['i32', op.attributes.eager === true ? '1' : '0'],
      ['ptr', f.load('ptr', f.offset(e.ctx, context.scope))],
      ['ptr', error],
    ]),
  );
  if (!e.module.throwing.has(callee.name)) return;
  const [failure, done] = [f.fresh('failure'), f.fresh('done')];
  const threw = f.emit(`icmp ne i32 ${failed}, 0`);
  f.condBr(threw, failure, done);
  f.block(failure);
  copyError(e, error, e.ctx);
  if (hasHeap) takeText(e, f.offset(block, keptTexts));
  f.br(done);
  f.block(done);
  e.propagate(threw);
};

/** Puts a region's error into a context. */
function copyError({ f }: FunctionEmission, from: string, ctx: string): void {
  f.store('i32', f.load('i32', f.offset(from, regionError.site)), f.offset(ctx, context.errorSite));
  const values = f.offset(from, regionError.values);
  copyBytes(f, f.offset(ctx, context.errorValues), values, '32');
}

const pieceSignature = {
  result: 'i32',
  params: ['ptr', 'ptr', 'i64', 'i64', 'ptr'],
} as const;

/** Defines what the pool calls for a part of the range; returns its name. */
function definePiece(e: FunctionEmission, callee: IrFunction, captured: Operation['args']): string {
  const version: Version = versionFor(e.module.tiers, callee.name, e.module.version);
  const name = `${version.prefix}$piece.${callee.name.replace(/[^\w.]/g, '_')}`;
  const { llvm } = e.module;
  if (llvm.functions.some((fn) => fn.name === name)) return name;
  const f = llvm.define(
    name,
    'i32',
    [
      { name: 'region', type: 'ptr' },
      { name: 'limit', type: 'ptr' },
      { name: 'from', type: 'i64' },
      { name: 'to', type: 'i64' },
      { name: 'error', type: 'ptr' },
    ],
    'internal',
    `nounwind${version.attributes}`,
  );
  e.module.debug?.begin(f, `${callee.name} (a piece)`, callee.span);
  const ctx = f.alloca(`[${context.size / 8} x i64]`, 'ctx');
  const caller = f.load('ptr', f.offset('%region', callerContext));
  copyBytes(f, ctx, caller, String(context.size));
  f.store('ptr', '%limit', f.offset(ctx, context.stackLimit));
  f.store('ptr', 'null', f.offset(ctx, context.views));
  // JavaScript's memory is its own thread's.
  f.store('i32', '0', f.offset(ctx, context.lastingBuffers));
  const own = usesHeap(callee, e.module.functions) ? beginPieceHeap(f, ctx) : undefined;
  const depth = f.offset(ctx, context.depth);
  f.store('i32', f.emit(`add i32 ${f.load('i32', depth)}, 1`), depth);
  const args = captured.map(({ type }, index) =>
    f.load(llvmType(type), f.offset('%region', captureAt(index))),
  );
  const canThrow = e.module.throwing.has(callee.name);
  const { error } = callNative(f, callee, canThrow, ctx, ['%from', '%to', ...args], version);
  sweepViews(f, ctx);
  if (error !== undefined) {
    f.condBr(error, 'failed', 'done');
    f.block('failed');
    if (own !== undefined) {
      keepText(f, ctx, f.offset('%region', keptTexts));
      endPieceHeap(f, own);
    }
    f.store('i32', f.load('i32', f.offset(ctx, context.errorSite)), '%error');
    const values = f.offset(ctx, context.errorValues);
    copyBytes(f, f.offset('%error', regionError.values), values, '32');
    f.ret('i32', '1');
    f.block('done');
  }
  if (own !== undefined) endPieceHeap(f, own);
  f.ret('i32', '0');
  return name;
}

export const parallelOps = { parallel } as const satisfies Record<string, Emit>;
