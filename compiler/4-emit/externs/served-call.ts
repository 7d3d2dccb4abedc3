/**
 * Calls of C that a helper makes, while the calling thread runs what C calls on any thread (runtime/native/externs/calls.h):
 * what C gets and gives stands in a block on the calling thread's stack.
 */
import type { Operation } from '../../ir/types.ts';
import { nativeName } from '../abi.ts';
import type { FunctionEmission } from '../emission.ts';
import { context, heap } from '../layout.ts';
import type { LlvmFunction } from '../writer.ts';
import { callRuntime } from './callback-code.ts';
import { callC, librariesOf, type CCallee } from './symbols.ts';

/** What an argument takes in the block: as much as four doubles, which some conventions pass as one. */
const room = 32;

export interface ServedCall {
  readonly target: CCallee;
  readonly args: readonly string[];
  /** How many frames the call has entered. */
  readonly frames: number;
  /** C's `errno` is asked for. */
  readonly errno: boolean;
}

/**
 * Writes the call.
 * @returns what C has given, '' for nothing, and what writes the error of a call that no thread was found for, once all is left
 */
export function servedCall(
  e: FunctionEmission,
  op: Operation,
  { target, args, frames, errno }: ServedCall,
): { readonly given: string; readonly check: (undo: () => void) => void } {
  const { f } = e;
  const count = args.length;
  const block = f.alloca(`[${(room / 8) * (count + 2)} x i64]`, 'block');
  target.params.forEach(({ type }, index) =>
    f.store(type, args[index] ?? '', f.offset(block, room * index)),
  );
  const [resultAt, errnoAt] = [room * count, room * (count + 1)];
  for (let at = 0; at < room; at += 8) f.store('i64', '0', f.offset(block, resultAt + at));
  f.store('i32', '0', f.offset(block, errnoAt));
  const run = defineRun(e, target, { resultAt, errnoAt: errno ? errnoAt : undefined });
  const done = callRuntime(f, 'tsn_hub_call', 'i32', [
    ['ptr', f.module.functionAddress(run, { result: 'void', params: ['ptr'] })],
    ['ptr', block],
    ['i32', String(frames)],
    ['ptr', f.load('ptr', f.offset(e.heap, heap.env))],
    ['i32', String(librariesOf(e.module.ir).indexOf(target.library))],
  ]);
  if (errno) {
    const place = f.offset(e.ctx, context.errno);
    f.store('i32', f.load('i32', f.offset(block, errnoAt)), place, e.access('context', 4));
  }
  const { result, symbol, library } = target;
  return {
    given: result ? f.load(result.type, f.offset(block, resultAt)) : '',
    check(undo) {
      const { span } = op;
      const parts = [`${symbol} of the library ${library} needs another thread, and there is none`];
      const fine = f.emit(`icmp ne i32 ${done}, 0`);
      e.failUnless(
        fine,
        { kind: 'throw', errorClass: 'RangeError', parts, isCheck: true, span },
        [],
        undo,
      );
    },
  };
}

/** Defines what makes the call with a block. */
function defineRun(
  e: FunctionEmission,
  target: CCallee,
  { resultAt, errnoAt }: { readonly resultAt: number; readonly errnoAt: number | undefined },
): string {
  const { llvm, ir, linked, version } = e.module;
  const spelt = (one: CCallee['result']): string => (one ? `${one.type}${one.attribute}` : '');
  const types = target.params.map(spelt).join(' ');
  const what = `${target.library} ${target.symbol} ${types} ${spelt(target.result)} ${target.fixed ?? ''}${errnoAt === undefined ? '' : ' errno'}`;
  const name = nativeName(what, { ...version, prefix: `${version.prefix}ts.c.run.` });
  if (llvm.defines(name)) return name;
  const f: LlvmFunction = llvm.define(
    name,
    'void',
    [{ name: 'block', type: 'ptr' }],
    'internal',
    `nounwind${version.attributes}`,
  );
  const args = target.params.map(({ type }, index) =>
    f.load(type, f.offset('%block', room * index)),
  );
  const errnoPlace = (): string => callRuntime(f, 'tsn_errno', 'ptr', []);
  if (errnoAt !== undefined) f.store('i32', '0', errnoPlace());
  const given = callC(f, librariesOf(ir), linked, target, args);
  if (errnoAt !== undefined)
    f.store('i32', f.load('i32', errnoPlace()), f.offset('%block', errnoAt));
  if (target.result) f.store(target.result.type, given, f.offset('%block', resultAt));
  f.ret();
  return f.name;
}
