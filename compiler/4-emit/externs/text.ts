/** Strings as C's texts in UTF-8, and back. */
import type { Operation, Throw } from '../../ir/types.ts';
import type { FunctionEmission } from '../emission.ts';
import { releaseString } from '../heap/references.ts';
import { lengthOf, makeString, wideOf } from '../heap/strings.ts';
import type { StringConstants } from '../heap/string-constants.ts';
import { callC, callHelper, copyBytes, isNull, outOfLine, type Helper } from '../helpers.ts';
import type { LlvmFunction } from '../writer.ts';

/** The bytes that a text may have, with its 0, which need no memory. */
const bufferBytes = 256;

/** What `tsn_text_to_c` gives. */
const problems = [
  ['TypeError', 'has a character with the code 0, where its text would end in C'],
  ['TypeError', 'has half of a surrogate pair, which UTF-8 has not'],
  ['RangeError', 'needs more memory than there is'],
] as const;

/** A text as C gets it, and what frees it when C has returned. */
export interface CText {
  readonly pointer: string;
  free(): void;
}

/**
 * Writes the copying of a string, which may be null, for C.
 * @param name what messages call it
 * @param before written where that can't be
 */
export function textToC(
  e: FunctionEmission,
  op: Operation,
  text: string,
  name: string,
  before: () => void,
): CText {
  const { f } = e;
  const buffer = f.alloca(`[${bufferBytes} x i8]`, 'text');
  const slot = f.alloca('ptr');
  const status = callHelper(f, toC, [text, buffer, slot]);
  problems.forEach(([errorClass, problem], index) => {
    const { span } = op;
    const parts = [`${name} ${problem}`];
    const site: Throw = { kind: 'throw', errorClass, parts, isCheck: true, span };
    e.failUnless(f.emit(`icmp ne i32 ${status}, ${index + 1}`), site, [], before);
  });
  return {
    pointer: f.load('ptr', slot),
    free: () => void callHelper(f, freeText, [buffer, slot]),
  };
}

const toC: Helper = {
  name: 'ts.c.textToC',
  result: 'i32',
  params: { text: 'ptr', buffer: 'ptr', slot: 'ptr' },
  attributes: outOfLine,
  write(f) {
    f.module.declare('tsn_text_to_c', {
      result: 'i32',
      params: ['ptr', 'i64', 'i32', 'ptr', 'i64', 'ptr'],
      attributes: 'nounwind',
    });
    f.store('ptr', 'null', '%slot');
    f.condBr(isNull(f, '%text'), 'none', 'some');
    f.block('none');
    f.ret('i32', '0');
    f.block('some');
    const wide = f.emit(`trunc i64 ${wideOf(f, '%text')} to i32`);
    const status = f.call('i32', 'tsn_text_to_c', [
      ['ptr', '%text'],
      ['i64', lengthOf(f, '%text')],
      ['i32', wide],
      ['ptr', '%buffer'],
      ['i64', String(bufferBytes)],
      ['ptr', '%slot'],
    ]);
    f.ret('i32', status);
  },
};

const freeText: Helper = {
  name: 'ts.c.freeText',
  result: 'void',
  params: { buffer: 'ptr', slot: 'ptr' },
  attributes: outOfLine,
  write(f) {
    const text = f.load('ptr', '%slot');
    f.condBr(f.emit(`icmp eq ${f.module.spell('ptr')} ${text}, %buffer`), 'kept', 'own');
    f.block('own');
    callC(f, 'void', 'free', [['ptr', text]]);
    f.br('kept');
    f.block('kept');
    f.ret();
  },
};

/** Bytes of a structure that hold a text. */
export interface TextRoom {
  readonly at: string;
  readonly bytes: number;
}

/**
 * Writes the copying of a string into a structure, with its 0.
 * @param name what messages call it
 * @param before written where that can't be
 */
export function textIntoRoom(
  e: FunctionEmission,
  op: Operation,
  text: string,
  { at, bytes }: TextRoom,
  name: string,
  before: () => void,
): void {
  const { f } = e;
  f.module.declare('tsn_text_to_room', {
    result: 'i32',
    params: ['ptr', 'i64', 'i32', 'ptr', 'i64'],
    attributes: 'nounwind',
  });
  const status = f.call('i32', 'tsn_text_to_room', [
    ['ptr', text],
    ['i64', lengthOf(f, text)],
    ['i32', f.emit(`trunc i64 ${wideOf(f, text)} to i32`)],
    ['ptr', at],
    ['i64', String(bytes)],
  ]);
  const tooLong = [
    'RangeError',
    `needs more than the ${bytes - 1} bytes that C has room for before the 0 at its end`,
  ] as const;
  [...problems.slice(0, 2), tooLong].forEach(([errorClass, problem], index) => {
    const { span } = op;
    const parts = [`${name} ${problem}`];
    const site: Throw = { kind: 'throw', errorClass, parts, isCheck: true, span };
    e.failUnless(f.emit(`icmp ne i32 ${status}, ${index + 1}`), site, [], before);
  });
}

/**
 * Writes the making of a string of what a structure holds before the first 0, or of all that it has room for.
 * @param made strings to free where there is no memory
 */
export function textFromRoom(
  e: FunctionEmission,
  op: Operation,
  { at, bytes }: TextRoom,
  made: readonly string[],
): string {
  const { f } = e;
  const copy = f.alloca(`[${bytes + 1} x i8]`, 'text');
  copyBytes(f, copy, at, String(bytes));
  f.store('i8', '0', f.offset(copy, bytes));
  return textFromC(e, op, copy, () => made.forEach((text) => releaseString(f, e.heap, text)));
}

/** Writes the making of a string of what is at an address; null of NULL. @param before written where there is no memory */
export function textFromC(
  e: FunctionEmission,
  op: Operation,
  pointer: string,
  before?: () => void,
): string {
  const { f } = e;
  const made = callHelper(f, fromC(e.module.strings), [e.heap, pointer]);
  const none = isNull(f, pointer);
  const fine = f.emit(`or i1 ${none}, ${f.emit(`xor i1 ${isNull(f, made)}, true`)}`);
  const { span } = op;
  const parts = ['Out of memory'];
  e.failUnless(fine, { kind: 'throw', errorClass: 'RangeError', parts, span }, [], before);
  return made;
}

/** Writes the same where there is no operation; null where there is no memory, too. */
export const stringFromC = (
  f: LlvmFunction,
  strings: StringConstants,
  heap: string,
  pointer: string,
): string => callHelper(f, fromC(strings), [heap, pointer]);

const fromC = (strings: StringConstants): Helper => ({
  name: 'ts.c.textFromC',
  result: 'ptr',
  params: { heap: 'ptr', text: 'ptr' },
  attributes: outOfLine,
  write(f) {
    for (const [name, params] of [
      ['tsn_text_units', ['ptr']],
      ['tsn_text_from_c', ['ptr', 'ptr']],
    ] as const)
      f.module.declare(name, { result: 'i64', params, attributes: 'nounwind' });
    f.condBr(isNull(f, '%text'), 'none', 'some');
    f.block('some');
    const count = f.call('i64', 'tsn_text_units', [['ptr', '%text']]);
    const bytes = f.emit(`add i64 ${f.emit(`shl i64 ${count}, 1`)}, 2`);
    const units = callC(f, 'ptr', 'malloc', [['i64', bytes]]);
    f.condBr(isNull(f, units), 'none', 'got');
    f.block('got');
    f.call('i64', 'tsn_text_from_c', [
      ['ptr', '%text'],
      ['ptr', units],
    ]);
    const made = makeString(f, '%heap', strings, units, '1', count);
    callC(f, 'void', 'free', [['ptr', units]]);
    f.ret('ptr', made);
    f.block('none');
    f.ret('ptr', 'null');
  },
});
