/** Strings: UTF-16 units of one or two bytes. */
import type { Operation, Value } from '../../ir/types.ts';
import type { Emit, FunctionEmission } from '../emission.ts';
import { appendParts, joinParts, type Part } from '../heap/append.ts';
import { integerString } from '../heap/integer-text.ts';
import { isNarrow } from '../heap/string-constants.ts';
import { copyUnits, lengthOf, makeString, oneUnit, unitAt, wideOf } from '../heap/strings.ts';
import { isNull } from '../helpers.ts';

/** Gives the result of an allocation, which is null where the string would be too long or there was no memory. */
function made(e: FunctionEmission, op: Operation, pointer: string): string {
  e.failUnless(e.f.emit(`xor i1 ${isNull(e.f, pointer)}, true`), op);
  return pointer;
}

const difference = (e: FunctionEmission, from: Value | undefined, to: Value | undefined): string =>
  e.f.emit(`sub i64 ${e.operand(to)}, ${e.operand(from)}`);

const suffix = (e: FunctionEmission): string => e.access('string', 4);

export const stringOps = {
  'str.const': (e, op) => {
    const { text = '' } = op.attributes;
    for (const { id } of op.results) e.texts.set(id, text);
    return e.module.strings.reference(e.f, text);
  },
  'str.length': (e, op) => lengthOf(e.f, e.operand(op.args[0]), suffix(e)),
  'str.unit': (e, op) => {
    const { f } = e;
    const text = e.operand(op.args[0]);
    const index = e.operand(op.args[1]);
    const isWide = f.emit(`icmp ne i64 ${wideOf(f, text, suffix(e))}, 0`);
    const [wide, narrow, end] = [f.fresh('wide'), f.fresh('narrow'), f.fresh('unit')];
    f.condBr(isWide, wide, narrow);
    f.block(wide);
    const two = f.load('i16', f.gep('i16', text, index), e.access('string', 2));
    f.br(end);
    f.block(narrow);
    const one = f.load('i8', f.gep('i8', text, index), e.access('string', 1));
    const widened = f.emit(`zext i8 ${one} to i16`);
    f.block(end);
    return f.emit(`phi i16 [ ${two}, %${wide} ], [ ${widened}, %${narrow} ]`);
  },
  'str.char': (e, op) => {
    const { f } = e;
    const pointer = oneUnit(f, e.heap, e.module.strings, e.operand(op.args[0]));
    return made(e, op, pointer);
  },
  'str.compare': (e, op) => {
    throw new Error(`${e.fn.name}: ${op.op} should have become a call of the library`);
  },
  'str.integer': (e, op) =>
    made(e, op, integerString(e.f, e.heap, e.module.strings, e.operand(op.args[0]))),
  'str.concat': (e, op) => {
    const parts = op.args.map((arg): Part => {
      const operand = e.operand(arg);
      if (arg.type === 'u16') return { kind: 'unit', operand };
      if (arg.type === 'i64') return { kind: 'integer', operand };
      const text = e.texts.get(arg.id);
      return text !== undefined && isNarrow(text)
        ? { kind: 'text', operand, length: text.length }
        : { kind: 'string', operand };
    });
    const join = op.attributes.replaces ? appendParts : joinParts;
    return made(e, op, join(e.f, e.heap, e.module.strings, parts));
  },
  'str.sub': (e, op) => {
    const { f } = e;
    const [text, from, to] = op.args;
    const pointer = e.operand(text);
    const wide = wideOf(f, pointer, suffix(e));
    const units = unitAt(f, pointer, wide, e.operand(from));
    const count = difference(e, from, to);
    return made(e, op, makeString(f, e.heap, e.module.strings, units, wide, count));
  },
  'str.of': (e, op) => {
    const { f } = e;
    const [view, from, to] = op.args;
    const wide = view?.type === 'view.u16' ? '1' : '0';
    const units = unitAt(f, e.viewField(view, 'data'), wide, e.operand(from));
    const count = difference(e, from, to);
    return made(e, op, makeString(f, e.heap, e.module.strings, units, wide, count));
  },
  'str.copy': (e, op) => {
    const { f } = e;
    const [text, from, to, target, at] = op.args;
    const place = f.gep('i16', e.viewField(target, 'data'), e.operand(at));
    copyUnits(f, e.operand(text), e.operand(from), difference(e, from, to), place, '1');
  },
} as const satisfies Record<string, Emit>;
