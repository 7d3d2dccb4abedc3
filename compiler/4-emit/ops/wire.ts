/** What the functions need that carry objects across the boundary (`compiler/wire/`). */
import type { Operation } from '../../ir/types.ts';
import { globalSlot } from '../boundary/environment.ts';
import type { Emit, FunctionEmission } from '../emission.ts';
import { makeString, unitAt } from '../heap/strings.ts';
import { isNull } from '../helpers.ts';
import { context, header } from '../layout.ts';
import { releaseOperand } from './references.ts';

/** A pointer to what the environment keeps of a global. */
function keptSlot(e: FunctionEmission, op: Operation): string {
  const { global } = op.attributes;
  const index = e.module.ir.globals.findIndex(({ name, kept }) => kept && name === global);
  if (index < 0) throw new Error(`no global ${global}`);
  return globalSlot(e.f, e.loadContext('ptr', context.data), index);
}

/** A pointer to an object's mark. */
const markOf = (e: FunctionEmission, op: Operation): string =>
  e.f.offset(e.operand(op.args[0]), header.mark);

export const wireOps = {
  'state.get': (e, op) => e.f.load('ptr', keptSlot(e, op), e.access('global', 8)),
  'state.set': (e, op) => {
    const [value] = op.args;
    if (!value) throw new Error('state.set without a value');
    const [slot, suffix] = [keptSlot(e, op), e.access('global', 8)];
    const old = e.f.load('ptr', slot, suffix);
    e.f.store('ptr', e.operand(value), slot, suffix);
    releaseOperand(e, value.type, old);
  },
  'mark.get': (e, op) => e.f.load('i32', markOf(e, op), e.access('header', 4)),
  'mark.set': (e, op) =>
    e.f.store('i32', e.operand(op.args[1]), markOf(e, op), e.access('header', 4)),
  'data.text': (e, op) => {
    const { f } = e;
    const [view, at, count, wide] = op.args;
    const units = unitAt(f, e.viewField(view, 'data'), '0', e.operand(at));
    const isWide = f.emit(`zext i1 ${e.operand(wide)} to i64`);
    const made = makeString(f, e.heap, e.module.strings, units, isWide, e.operand(count));
    e.failUnless(f.emit(`xor i1 ${isNull(f, made)}, true`), op);
    return made;
  },
} as const satisfies Record<string, Emit>;
