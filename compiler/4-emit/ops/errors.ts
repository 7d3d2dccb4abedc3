/** Errors that were caught or made. */
import { errorClasses, type MadeSite } from '../../../runtime/messages.ts';
import { anyInstance, errorRecords } from '../../ir/records.ts';
import type { Operation } from '../../ir/types.ts';
import { ask } from '../boundary/answer.ts';
import {
  errorMessage,
  receiveString,
  tellThrown,
  toJavaScriptString,
} from '../boundary/error-message.ts';
import { thrownValue } from '../boundary/javascript-values.ts';
import { napi } from '../boundary/napi.ts';
import type { Emit, FunctionEmission } from '../emission.ts';
import { caughtError, newError, siteWord, wordOf } from '../heap/errors.ts';
import { retain } from '../heap/references.ts';
import { callHelper, isNull, outOfLine, type Helper } from '../helpers.ts';
import { context, error } from '../layout.ts';
import type { StringConstants } from '../heap/string-constants.ts';
import { zero } from '../types.ts';
import type { LlvmFunction, LlvmType } from '../writer.ts';
import { releaseOperands } from './records.ts';

/** Gives the result of an allocation, which is null where there was no memory. */
function made(e: FunctionEmission, op: Operation, pointer: string): string {
  const there = e.f.emit(`xor i1 ${isNull(e.f, pointer)}, true`);
  e.failUnless(there, op, [], () => {
    if (op.op === 'error.new' || op.op === 'error.of') releaseOperands(e, op);
  });
  return pointer;
}

/** The index of an error's class in `errorClasses`: an i32. */
function classOf(e: FunctionEmission, op: Operation): string {
  const at = e.f.offset(e.operand(op.args[0]), error.word);
  const word = e.f.load('i32', at, e.access('field', 4));
  return e.f.emit(
    `and i32 ${e.f.emit(`lshr i32 ${word}, ${siteWord.classShift}`)}, ${siteWord.classes}`,
  );
}

export const errorOps = {
  'error.caught': (e, op) =>
    made(e, op, caughtError(e.f, e.ctx, e.heap, e.module.shapes.error.index)),
  'error.new': (e, op) => {
    const { errorClass = 'Error', record: instance } = op.attributes;
    const word = madeWord(e, { kind: 'made', errorClass, ...(instance && { instance }) });
    const { index } = e.module.shapes.error;
    return made(e, op, newError(e.f, e.heap, index, word, e.operand(op.args[0])));
  },
  'error.of': (e, op) => {
    const word = madeWord(e, { kind: 'made', errorClass: op.attributes.errorClass ?? 'Error' });
    const [instance = '', message = ''] = op.args.map((arg) => e.operand(arg));
    const { index } = e.module.shapes.error;
    return made(e, op, newError(e.f, e.heap, index, word | siteWord.record, message, instance));
  },
  'error.record': (e, op) => {
    const held = e.f.load(
      'ptr',
      e.f.offset(e.operand(op.args[0]), error.record),
      e.access('field', 8),
    );
    retain(e.f, anyInstance, held);
    return held;
  },
  'error.asked': (e, op) => {
    if (!e.module.callsJavaScript) return 'false';
    const index = errorRecords(e.module.ir.records).findIndex(
      ({ name }) => name === op.attributes.record,
    );
    return callHelper(e.f, isInstance, [e.ctx, e.operand(op.args[0]), String(index), 'false']);
  },
  'error.kind': (e, op) => {
    if (!e.module.callsJavaScript) return '0';
    const name = e.module.strings.reference(e.f, op.attributes.slot ?? '');
    return callHelper(e.f, kindOfProperty, [e.ctx, e.operand(op.args[0]), name, '0']);
  },
  'error.field': (e, op) => {
    const type = op.results[0]?.type ?? 'str';
    const name = e.module.strings.reference(e.f, op.attributes.slot ?? '');
    const object = e.operand(op.args[0]);
    if (type === 'str') {
      if (!e.module.callsJavaScript) return e.module.strings.reference(e.f, '');
      const helper = textOfProperty(e.module.strings);
      return made(e, op, callHelper(e.f, helper, [e.ctx, e.heap, object, name, 'null']));
    }
    if (!e.module.callsJavaScript) return zero(type);
    return type === 'bool'
      ? callHelper(e.f, flagOfProperty, [e.ctx, object, name, 'false'])
      : callHelper(e.f, numberOfProperty, [e.ctx, object, name, zero('f64')]);
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

const madeWord = (e: FunctionEmission, site: MadeSite): number =>
  wordOf(site, e.module.sites.indexOf(site, e.fn.name));

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

/**
 * Writes the question to JavaScript of `%object`, if JavaScript has thrown it; of another error `%own` is the answer.
 * @param tell writes the question
 */
function askOfThrown(
  f: LlvmFunction,
  tell: (env: string, data: string, thrown: string) => string,
  result: LlvmType,
): { readonly env: string; readonly told: string } {
  const thrown = f.load('ptr', f.offset('%object', error.thrown));
  f.condBr(isNull(f, thrown), 'made', 'thrown');
  f.block('made');
  f.ret(result, '%own');
  f.block('thrown');
  const env = f.load('ptr', f.offset('%ctx', context.env));
  const data = f.load('ptr', f.offset('%ctx', context.data));
  return { env, told: tell(env, data, thrown) };
}

const about =
  (f: LlvmFunction, what: string) =>
  (env: string, data: string, thrown: string): string =>
    tellThrown(f, env, data, what, thrown);

/** Whether what was caught is of a class: JavaScript says so of what it has thrown. */
const isThrownOf: Helper = {
  name: 'ts.error.is',
  result: 'i1',
  params: { ctx: 'ptr', object: 'ptr', what: 'i32', own: 'i1' },
  attributes: outOfLine,
  write(f) {
    const { env, told } = askOfThrown(f, about(f, '%what'), 'i1');
    f.ret('i1', flag(f, env, told));
  },
};

/** The name of an error, a string with a reference. */
const nameOfThrown = (strings: StringConstants): Helper => ({
  name: 'ts.error.name',
  result: 'ptr',
  params: { ctx: 'ptr', heap: 'ptr', object: 'ptr', own: 'ptr' },
  attributes: outOfLine,
  write(f) {
    returnText(f, strings, askOfThrown(f, about(f, '1'), 'ptr'));
  },
});

/** Whether what was caught is an instance of the class of errors of an index: JavaScript says so of what it has thrown. */
const isInstance: Helper = {
  name: 'ts.error.instance',
  result: 'i1',
  params: { ctx: 'ptr', object: 'ptr', index: 'i32', own: 'i1' },
  attributes: outOfLine,
  write(f) {
    const { env, told } = askOfThrown(
      f,
      (env, data, thrown) =>
        ask(f, env, data, 'instance', [
          { kind: 'i32', operand: '%index' },
          { kind: 'value', operand: thrownValue(f, env, thrown) },
        ]),
      'i1',
    );
    f.ret('i1', flag(f, env, told));
  },
};

const propertyParams = { object: 'ptr', name: 'ptr' } as const;

/** Writes the question about the property `%name` of what was thrown: what it is (0), or its value (1). */
const askProperty = (
  f: LlvmFunction,
  what: 0 | 1,
  result: LlvmType,
): ReturnType<typeof askOfThrown> =>
  askOfThrown(
    f,
    (env, data, thrown) =>
      ask(f, env, data, 'property', [
        { kind: 'value', operand: toJavaScriptString(f, env, '%name') },
        { kind: 'i32', operand: String(what) },
        { kind: 'value', operand: thrownValue(f, env, thrown) },
      ]),
    result,
  );

/** A helper for what a question about a property tells. */
const ofProperty = (
  name: string,
  what: 0 | 1,
  result: LlvmType,
  read: (f: LlvmFunction, env: string, told: string) => string,
): Helper => ({
  name: `ts.error.${name}`,
  result,
  params: { ctx: 'ptr', ...propertyParams, own: result },
  attributes: outOfLine,
  write(f) {
    const { env, told } = askProperty(f, what, result);
    f.ret(result, read(f, env, told));
  },
});

const kindOfProperty = ofProperty('kind', 0, 'i32', (f, env, told) =>
  f.emit(`fptosi double ${number(f, env, told)} to i32`),
);
const numberOfProperty = ofProperty('number', 1, 'double', number);
const flagOfProperty = ofProperty('flag', 1, 'i1', flag);

/** A property that is a string, with a reference. */
const textOfProperty = (strings: StringConstants): Helper => ({
  name: 'ts.error.text',
  result: 'ptr',
  params: { ctx: 'ptr', heap: 'ptr', ...propertyParams, own: 'ptr' },
  attributes: outOfLine,
  write(f) {
    returnText(f, strings, askProperty(f, 1, 'ptr'));
  },
});

/** Writes the return of a string that JavaScript has told; of null where it couldn't. */
function returnText(
  f: LlvmFunction,
  strings: StringConstants,
  { env, told }: ReturnType<typeof askOfThrown>,
): void {
  f.condBr(isNull(f, told), 'failed', 'told');
  f.block('told');
  f.ret('ptr', receiveString(f, env, '%heap', strings, told, 'failed'));
  f.block('failed');
  f.ret('ptr', 'null');
}

function number(f: LlvmFunction, env: string, told: string): string {
  const slot = f.alloca('double');
  f.store('double', zero('f64'), slot);
  napi(f, 'napi_get_value_double', [env, told, slot]);
  return f.load('double', slot);
}

function flag(f: LlvmFunction, env: string, told: string): string {
  const slot = f.alloca('i8');
  f.store('i8', '0', slot);
  napi(f, 'napi_get_value_bool', [env, told, slot]);
  return f.emit(`trunc i8 ${f.load('i8', slot)} to i1`);
}
