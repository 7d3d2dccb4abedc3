/**
 * Heaps of pieces of parallel regions. Objects belong to one thread, so a piece that may make some has a heap of its own,
 * which ends with it. What outlives it is the text of the error with which it fails: that goes into memory of its own,
 * from which the region's caller takes it.
 */
import { reachedFrom, walkOps } from '../ir/walk.ts';
import { isHeap, type IrFunction } from '../ir/types.ts';
import type { FunctionEmission } from './emission.ts';
import { endHeap } from './heap/blocks.ts';
import { siteWord, wordOf } from './heap/errors.ts';
import type { StringConstants } from './heap/string-constants.ts';
import { lengthOf, makeString, wideOf } from './heap/strings.ts';
import {
  callC,
  callHelper,
  clearBytes,
  copyBytes,
  isNull,
  outOfLine,
  type Helper,
} from './helpers.ts';
import { context, header, heap } from './layout.ts';
import type { LlvmFunction } from './writer.ts';

/** Whether a piece may have to do with records, lists or strings. */
export function usesHeap(piece: IrFunction, functions: ReadonlyMap<string, IrFunction>): boolean {
  let found = false;
  for (const { body } of reachedFrom(piece.name, functions))
    walkOps(body, ({ args, results }) => {
      found ||= [...args, ...results].some(({ type }) => isHeap(type));
    });
  return found;
}

/** Writes the making of a heap for a piece, in its context; returns its address. */
export function beginPieceHeap(f: LlvmFunction, ctx: string): string {
  const own = f.alloca(`[${heap.size} x i8]`, 'heap');
  clearBytes(f, own, String(heap.size));
  f.store('ptr', own, f.offset(ctx, context.heap));
  return own;
}

/** Writes the end of a piece's heap. */
export const endPieceHeap = (f: LlvmFunction, own: string): void => endHeap(f, own);

/** Writes the keeping of the text of a piece's error. @param texts where the region has the newest of those texts */
export const keepText = (f: LlvmFunction, ctx: string, texts: string): void =>
  void callHelper(f, keep, [ctx, texts]);

/** Writes the taking over of the text of a region's error, and the freeing of all that its pieces have kept. */
export function takeText(e: FunctionEmission, texts: string): void {
  const site = { kind: 'heap' } as const;
  const noMemory = wordOf(site, e.module.sites.indexOf(site, e.fn.name));
  callHelper(e.f, take(e.module.strings), [e.ctx, e.heap, texts, String(noMemory)]);
}

/** What stands before a text: 8 bytes for the next older one, 8 that are free. */
const linkBytes = 16;

/** Writes the address of the message that the error of a context has with it, as it is stored there. */
const message = (f: LlvmFunction, ctx: string): string => f.offset(ctx, context.errorValues);

const pointerOf = (f: LlvmFunction, address: string): string =>
  f.emit(`inttoptr i64 ${address} to ${f.module.spell('ptr')}`);

const addressOf = (f: LlvmFunction, pointer: string): string =>
  f.emit(`ptrtoint ${f.module.spell('ptr')} ${pointer} to i64`);

/** Writes the leaving for a block where the error of a context has a message with it, else for another one. */
function whereMade(f: LlvmFunction, ctx: string, made: string, other: string): void {
  const word = f.load('i32', f.offset(ctx, context.errorSite));
  f.condBr(f.emit(`icmp ne i32 ${f.emit(`and i32 ${word}, ${siteWord.made}`)}, 0`), made, other);
}

const keep: Helper = {
  name: 'ts.piece.keep',
  result: 'void',
  params: { ctx: 'ptr', texts: 'ptr' },
  attributes: outOfLine,
  write(f) {
    whereMade(f, '%ctx', 'made', 'done');
    f.block('made');
    const text = pointerOf(f, f.load('i64', message(f, '%ctx')));
    const units = f.emit(`shl i64 ${lengthOf(f, text)}, ${wideOf(f, text)}`);
    const bytes = f.emit(`add i64 ${units}, ${header.size}`);
    const block = callC(f, 'ptr', 'malloc', [['i64', f.emit(`add i64 ${bytes}, ${linkBytes}`)]]);
    // Null tells the region's caller that there was no memory.
    f.store('i64', '0', message(f, '%ctx'));
    f.condBr(isNull(f, block), 'done', 'got');
    f.block('got');
    copyBytes(f, f.offset(block, linkBytes), f.offset(text, -header.size), bytes);
    const kept = addressOf(f, f.offset(block, linkBytes + header.size));
    f.store('i64', kept, message(f, '%ctx'));
    // Nobody follows the links before all pieces have ended.
    const link = f.typedPointer('i64', '%texts');
    const older = f.emit(`atomicrmw xchg ${link}, i64 ${addressOf(f, block)} seq_cst`);
    f.store('i64', older, block);
    f.br('done');
    f.block('done');
    f.ret();
  },
};

const take = (strings: StringConstants): Helper => ({
  name: 'ts.piece.take',
  result: 'void',
  params: { ctx: 'ptr', heap: 'ptr', texts: 'ptr', noMemory: 'i32' },
  attributes: outOfLine,
  write(f) {
    whereMade(f, '%ctx', 'made', 'free');
    f.block('made');
    const kept = pointerOf(f, f.load('i64', message(f, '%ctx')));
    f.condBr(isNull(f, kept), 'failed', 'copy');
    f.block('copy');
    const text = makeString(f, '%heap', strings, kept, wideOf(f, kept), lengthOf(f, kept));
    f.condBr(isNull(f, text), 'failed', 'copied');
    f.block('copied');
    f.store('i64', addressOf(f, text), message(f, '%ctx'));
    f.br('free');
    f.block('failed');
    f.store('i32', '%noMemory', f.offset('%ctx', context.errorSite));
    f.br('free');

    f.block('free');
    const next = f.alloca('i64');
    f.store('i64', f.load('i64', '%texts'), next);
    f.block('again');
    const address = f.load('i64', next);
    f.condBr(f.emit(`icmp eq i64 ${address}, 0`), 'done', 'some');
    f.block('some');
    const block = pointerOf(f, address);
    f.store('i64', f.load('i64', block), next);
    callC(f, 'void', 'free', [['ptr', block]]);
    f.br('again');
    f.block('done');
    f.ret();
  },
});
