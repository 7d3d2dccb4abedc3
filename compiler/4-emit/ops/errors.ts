/** Errors that were caught or made. */
import { isReference, type Operation } from '../../ir/types.ts';
import { errorMessage, receiveString, tellThrown } from '../boundary/error-message.ts';
import { napi } from '../boundary/napi.ts';
import type { Emit, FunctionEmission } from '../emission.ts';
import { caughtError, errorClasses, newError, siteWord, wordOf } from '../heap/errors.ts';
import { callHelper, isNull, outOfLine, type Helper } from '../helpers.ts';
import { context, error } from '../layout.ts';
import type { StringConstants } from '../heap/string-constants.ts';
import type { LlvmFunction, LlvmType } from '../writer.ts';
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
    const own = wanted === 0 ? 'true' : e.f.emit(`icmp eq i32 ${classOf(e, op)}, ${wanted}`);
    if (!e.module.callsJavaScript) return own;
    return callHelper(e.f, isThrownOf, [e.ctx, e.operand(op.args[0]), String(wanted + 2), own]);
  },
  'error.message': (e, op) =>
    made(e, op, errorMessage(e.f, e.ctx, e.heap, e.module.strings, e.operand(op.args[0]))),
  'error.name': (e, op) => {
    if (e.module.callsJavaScript)
      return made(
        e,
        op,
        callHelper(e.f, nameOfThrown(e.module.strings), [
          e.ctx,
          e.heap,
          e.operand(op.args[0]),
          ownName(e, op),
        ]),
      );
    return ownName(e, op);
  },
} as const satisfies Record<string, Emit>;

/** The name of an error's class, of one that native code has made. */
function ownName(e: FunctionEmission, op: Operation): string {
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
}

/** Writes the question to JavaScript of `%object`, if JavaScript has thrown it; of another error `%own` is the answer. */
function askOfThrown(
  f: LlvmFunction,
  what: string,
  result: LlvmType,
): { readonly env: string; readonly told: string } {
  const thrown = f.load('ptr', f.offset('%object', error.thrown));
  f.condBr(isNull(f, thrown), 'made', 'thrown');
  f.block('made');
  f.ret(result, '%own');
  f.block('thrown');
  const env = f.load('ptr', f.offset('%ctx', context.env));
  const data = f.load('ptr', f.offset('%ctx', context.data));
  return { env, told: tellThrown(f, env, data, what, thrown) };
}

/** Whether what was caught is of a class: JavaScript says so of what it has thrown. */
const isThrownOf: Helper = {
  name: 'ts.error.is',
  result: 'i1',
  params: { ctx: 'ptr', object: 'ptr', what: 'i32', own: 'i1' },
  attributes: outOfLine,
  write(f) {
    const { env, told: answer } = askOfThrown(f, '%what', 'i1');
    const slot = f.alloca('i8');
    f.store('i8', '0', slot);
    napi(f, 'napi_get_value_bool', [env, answer, slot]);
    f.ret('i1', f.emit(`trunc i8 ${f.load('i8', slot)} to i1`));
  },
};

/** The name of an error, a string with a reference. */
const nameOfThrown = (strings: StringConstants): Helper => ({
  name: 'ts.error.name',
  result: 'ptr',
  params: { ctx: 'ptr', heap: 'ptr', object: 'ptr', own: 'ptr' },
  attributes: outOfLine,
  write(f) {
    const { env, told } = askOfThrown(f, '1', 'ptr');
    f.condBr(isNull(f, told), 'failed', 'told');
    f.block('told');
    f.ret('ptr', receiveString(f, env, '%heap', strings, told, 'failed'));
    f.block('failed');
    f.ret('ptr', 'null');
  },
});
