/** Errors that were caught or made. */
import { isReference, type Operation } from '../../ir/types.ts';
import { errorMessage } from '../boundary/error-message.ts';
import type { Emit, FunctionEmission } from '../emission.ts';
import { caughtError, errorClasses, newError, siteWord, wordOf } from '../heap/errors.ts';
import { isNull } from '../helpers.ts';
import { error } from '../layout.ts';
import { releaseOperands } from './records.ts';

/** Gives the result of an allocation, which is null where there was no memory. */
function made(e: FunctionEmission, op: Operation, pointer: string): string {
  const there = e.f.emit(`xor i1 ${isNull(e.f, pointer)}, true`);
  e.failUnless(there, op, [], () => {
    if (op.args.some(({ type }) => isReference(type)) && op.op === 'error.new')
      releaseOperands(e, op);
  });
  return pointer;
}

/** The index of an error's class in `errorClasses`: an i32. */
function classOf(e: FunctionEmission, op: Operation): string {
  const at = e.f.offset(e.operand(op.args[0]), error.word);
  const word = e.f.load('i32', at, e.access('field', 4));
  return e.f.emit(`and i32 ${e.f.emit(`lshr i32 ${word}, ${siteWord.classShift}`)}, 3`);
}

export const errorOps = {
  'error.caught': (e, op) =>
    made(e, op, caughtError(e.f, e.ctx, e.heap, e.module.shapes.error.index)),
  'error.new': (e, op) => {
    const { errorClass = 'Error' } = op.attributes;
    const site = { kind: 'made', errorClass } as const;
    const word = wordOf(site, e.module.sites.indexOf(site));
    const { index } = e.module.shapes.error;
    return made(e, op, newError(e.f, e.heap, index, word, e.operand(op.args[0])));
  },
  'error.is': (e, op) => {
    const wanted = errorClasses.indexOf(op.attributes.errorClass ?? 'Error');
    return wanted === 0 ? 'true' : e.f.emit(`icmp eq i32 ${classOf(e, op)}, ${wanted}`);
  },
  'error.message': (e, op) =>
    made(e, op, errorMessage(e.f, e.ctx, e.heap, e.module.strings, e.operand(op.args[0]))),
  'error.name': (e, op) => {
    const ptr = e.f.module.spell('ptr');
    const own = classOf(e, op);
    return errorClasses.slice(1).reduce(
      (name, other, index) => {
        const is = e.f.emit(`icmp eq i32 ${own}, ${index + 1}`);
        const text = e.module.strings.reference(e.f, other);
        return e.f.emit(`select i1 ${is}, ${ptr} ${text}, ${ptr} ${name}`);
      },
      e.module.strings.reference(e.f, 'Error'),
    );
  },
} as const satisfies Record<string, Emit>;
