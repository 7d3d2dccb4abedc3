/** References whatever they are to: null, comparison and counts. */
import { isView, type Value } from '../../ir/types.ts';
import type { Emit, FunctionEmission } from '../emission.ts';
import { isNull } from '../helpers.ts';
import * as counts from '../heap/references.ts';
import { sameTypedArray } from '../boundary/kept-views.ts';
import { equalStrings } from '../heap/string-equality.ts';
import { scalarOps } from './scalar.ts';

/** Writes the dropping of a reference that is held by what isn't a value of the IR any more. */
export function releaseOperand(e: FunctionEmission, type: Value['type'], operand: string): void {
  const { f } = e;
  const { shapes } = e.module;
  const write = (isApart: boolean): void => {
    // Views have no need of the heap.
    const heap = isView(type) ? '' : e.heap;
    counts.release(f, { shapes, heap, isApart }, type, operand);
  };
  if (e.isCold || !e.releasesApart) return write(e.isCold);
  // LLVM finds out that many of the locals are null that a function gives back at each of its ends.
  const [there, done] = [f.fresh('there'), f.fresh('released')];
  f.condBr(isNull(f, operand), done, there);
  f.block(there);
  write(true);
  f.block(done);
}

/** Equal strings have equal units. */
const equal: Emit = (e, op) => {
  const [a, b] = op.args;
  if (a && isView(a.type) && e.module.keepsViews)
    return sameTypedArray(e.f, e.ctx, e.operand(a), e.operand(b));
  if (a?.type !== 'str') return scalarOps.eq(e, op);
  return equalStrings(e.f, e.operand(a), e.operand(b));
};

export const referenceOps = {
  null: () => 'null',
  'is.null': (e, op) => isNull(e.f, e.operand(op.args[0])),
  eq: equal,
  ne: (e, op) => {
    const type = op.args[0]?.type;
    const isPlain = type !== 'str' && !(type && isView(type) && e.module.keepsViews);
    if (isPlain) return scalarOps.ne(e, op);
    return e.f.emit(`xor i1 ${equal(e, op)}, true`);
  },
  // Blocks begin at multiples of 16.
  'ref.hash': (e, op) => {
    const { f } = e;
    const address = f.emit(`ptrtoint ${f.module.spell('ptr')} ${e.operand(op.args[0])} to i64`);
    return f.emit(`trunc i64 ${f.emit(`lshr i64 ${address}, 4`)} to i32`);
  },
  retain: (e, op) => {
    const [value] = op.args;
    if (value) counts.retain(e.f, value.type, e.operand(value));
  },
  release: (e, op) => {
    const [value] = op.args;
    if (value) releaseOperand(e, value.type, e.operand(value));
  },
} as const satisfies Record<string, Emit>;
