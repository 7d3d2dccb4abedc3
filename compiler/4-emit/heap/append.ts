/**
 * Joining strings, units and integers: `a + ', ' + n`, `text += c`. There is a function for each sequence of kinds of parts,
 * which finds out at once whether all have one byte a unit, and then only copies: behind the first one where nothing else
 * refers to that and there is room, else into a new string. Otherwise, which is seldom, parts become strings and
 * are joined as such.
 */
import { callHelper, copyBytes, inlined, isNull, outOfLine, type Helper } from '../helpers.ts';
import { header, maxStringLength, string } from '../layout.ts';
import type { LlvmFunction, LlvmType } from '../writer.ts';
import { integerString, mostIntegerUnits, putInteger } from './integer-text.ts';
import { releaseString } from './references.ts';
import type { StringConstants } from './string-constants.ts';
import { append, concatenate, copyText, lengthOf, newString, oneUnit, wideOf } from './strings.ts';

/** What is joined, with its operand. */
export type Part =
  /** A string constant of units below 256. */
  | { readonly kind: 'text'; readonly operand: string; readonly length: number }
  /** A string. */
  | { readonly kind: 'string'; readonly operand: string }
  /** One unit, a u16. */
  | { readonly kind: 'unit'; readonly operand: string }
  /** The digits of an i64. */
  | { readonly kind: 'integer'; readonly operand: string };

const typeOf = { text: 'ptr', string: 'ptr', unit: 'i16', integer: 'i64' } as const;

/** Texts up to this length are copied without a call. */
const shortText = 16;
/** More parts are told apart when it runs. */
const mostParts = 8;

/** Writes the joining of two parts or more; null where the result is too long or there is no memory. */
export function joinParts(
  f: LlvmFunction,
  heap: string,
  constants: StringConstants,
  parts: readonly Part[],
): string {
  const operands = parts.map(({ operand }) => operand);
  const isText = ({ kind }: Part): boolean => kind === 'string' || kind === 'text';
  const many = parts.length > mostParts || parts.every(({ kind }) => kind === 'string');
  if (many && parts.every(isText)) return concatenate(f, heap, operands);
  const helper = many ? withStrings(constants, parts, false) : joining(constants, parts);
  return callHelper(f, helper, [heap, ...operands]);
}

/**
 * Writes the appending of parts to the first, a string. The result is that with one reference more where it has grown, else
 * another one; null where that would be too long or there is no memory.
 */
export const appendParts = (
  f: LlvmFunction,
  heap: string,
  constants: StringConstants,
  parts: readonly Part[],
): string => {
  const helper =
    parts.length > mostParts
      ? withStrings(constants, parts, true)
      : appending(constants, parts.with(0, { kind: 'string', operand: parts[0]?.operand ?? '' }));
  return callHelper(f, helper, [heap, ...parts.map(({ operand }) => operand)]);
};

/** The parts as parameters of the functions here. */
const parameters = (parts: readonly Part[]): Part[] =>
  parts.map((part, index) => ({ ...part, operand: `%p${index}` }));

const paramsOf = (parts: readonly Part[]): Record<string, LlvmType> => ({
  heap: 'ptr',
  ...Object.fromEntries(parts.map(({ kind }, index) => [`p${index}`, typeOf[kind]])),
});

const shapeOf = (parts: readonly Part[]): string =>
  parts.map((part) => (part.kind === 'text' ? `c${part.length}` : part.kind.charAt(0))).join('');

/** A unit, or a text that a store or two copy. */
const isBrief = (part: Part | undefined): boolean =>
  part?.kind === 'unit' || (part?.kind === 'text' && part.length <= shortText);

/** The most units of parts, an i64, and what must hold so that all are copied as bytes. */
function measured(
  f: LlvmFunction,
  parts: readonly Part[],
): { readonly lengths: readonly string[]; readonly total: string; readonly tests: string[] } {
  const lengths = parts.map((part) => mostUnits(f, part));
  const total = lengths.reduce((sum, length) => f.emit(`add i64 ${sum}, ${length}`));
  const tests: string[] = [];
  let wide: string | undefined;
  for (const { kind, operand } of parts) {
    if (kind === 'unit') tests.push(f.emit(`icmp ult i16 ${operand}, 256`));
    if (kind !== 'string') continue;
    const own = wideOf(f, operand);
    wide = wide === undefined ? own : f.emit(`or i64 ${wide}, ${own}`);
  }
  if (wide !== undefined) tests.push(f.emit(`icmp eq i64 ${wide}, 0`));
  return { lengths, total, tests };
}

/** Goes on where all tests hold, else to `slow`. */
function goOnIf(f: LlvmFunction, tests: readonly string[]): void {
  const fits = f.fresh('fits');
  f.condBr(
    tests.reduce((all, test) => f.emit(`and i1 ${all}, ${test}`)),
    fits,
    'slow',
  );
  f.block(fits);
}

/** Copies parts to an address. Gives how many units there are from `start` on, an i64. */
function putParts(
  f: LlvmFunction,
  parts: readonly Part[],
  lengths: readonly string[],
  at: string,
  start: string,
  total: string,
): string {
  const end = parts.reduce((to, part, index) => putPart(f, part, lengths[index] ?? '', to), at);
  if (parts.every(({ kind }) => kind !== 'integer')) return total;
  const address = (pointer: string): string =>
    f.emit(`ptrtoint ${f.module.spell('ptr')} ${pointer} to i64`);
  return f.emit(`sub i64 ${address(end)}, ${address(start)}`);
}

const setLength = (f: LlvmFunction, text: string, length: string): void =>
  f.store('i32', f.emit(`trunc i64 ${length} to i32`), f.offset(text, string.length));

function joining(constants: StringConstants, given: readonly Part[]): Helper {
  const parts = parameters(given);
  return {
    name: `ts.str.join.${shapeOf(parts)}`,
    result: 'ptr',
    params: paramsOf(parts),
    attributes: outOfLine,
    write(f) {
      const { lengths, total, tests } = measured(f, parts);
      goOnIf(f, [...tests, f.emit(`icmp ule i64 ${total}, ${maxStringLength}`)]);
      const made = newString(f, '%heap', total);
      const [failed, there] = [f.fresh('failed'), f.fresh('there')];
      f.condBr(isNull(f, made), failed, there);
      f.block(there);
      const length = putParts(f, parts, lengths, made, made, total);
      if (length !== total) setLength(f, made, length);
      f.br(failed);
      f.block(failed);
      f.ret('ptr', made);
      f.block('slow');
      f.ret('ptr', callHelper(f, withStrings(constants, given, false), operandsOf(parts)));
    },
  };
}

const operandsOf = (parts: readonly Part[]): string[] => [
  '%heap',
  ...parts.map(({ operand }) => operand),
];

function appending(constants: StringConstants, given: readonly Part[]): Helper {
  const parts = parameters(given);
  const [, ...more] = parts;
  const text = '%p0';
  return {
    name: `ts.str.append.${shapeOf(parts)}`,
    result: 'ptr',
    params: paramsOf(parts),
    attributes: more.length === 1 && isBrief(more[0]) ? inlined : outOfLine,
    write(f) {
      const references = f.offset(text, header.references);
      goOnIf(f, [f.emit(`icmp eq i64 ${f.load('i64', references)}, 1`)]);
      const { lengths, total, tests } = measured(f, parts);
      const form = f.load('i32', f.offset(text, string.form));
      const room = f.emit(`zext i32 ${f.emit(`lshr i32 ${form}, 1`)} to i64`);
      // Rooms are multiples of 16 bytes, so there may be one for more units than a string may have.
      for (const most of [room, String(maxStringLength)])
        tests.push(f.emit(`icmp ule i64 ${total}, ${most}`));
      for (const { kind, operand } of more)
        // What it is itself would grow meanwhile.
        if (kind === 'string')
          tests.push(f.emit(`icmp ne ${f.module.spell('ptr')} ${operand}, ${text}`));
      goOnIf(f, tests);
      const end = f.gep('i8', text, lengths[0] ?? '');
      setLength(f, text, putParts(f, more, lengths.slice(1), end, text, total));
      f.store('i64', '2', references);
      f.ret('ptr', text);
      f.block('slow');
      f.ret('ptr', callHelper(f, withStrings(constants, given, true), operandsOf(parts)));
    },
  };
}

/** How many units a part has at most: an i64. */
function mostUnits(f: LlvmFunction, part: Part): string {
  switch (part.kind) {
    case 'text':
      return String(part.length);
    case 'string':
      return lengthOf(f, part.operand);
    case 'unit':
      return '1';
    case 'integer':
      return String(mostIntegerUnits);
  }
}

/** Copies a part to an address; gives the address behind. */
function putPart(f: LlvmFunction, part: Part, length: string, at: string): string {
  const { operand } = part;
  switch (part.kind) {
    case 'integer':
      return putInteger(f, at, operand);
    case 'unit':
      f.store('i8', f.emit(`trunc i16 ${operand} to i8`), at, ', align 1');
      break;
    case 'text':
      copyBytes(f, at, operand, length);
      break;
    case 'string':
      copyText(f, operand, at, length);
      break;
  }
  return f.gep('i8', at, length);
}

/** Makes strings of the parts and joins these. */
function withStrings(
  constants: StringConstants,
  given: readonly Part[],
  isAppending: boolean,
): Helper {
  const parts = parameters(given);
  const join = isAppending ? append : concatenate;
  return {
    name: `ts.str.${isAppending ? 'append' : 'join'}.${shapeOf(parts)}.slow`,
    result: 'ptr',
    params: paramsOf(parts),
    attributes: outOfLine,
    write(f) {
      const result = f.alloca('ptr');
      f.store('ptr', 'null', result);
      /** Strings that are made here, each null before. */
      const made: string[] = [];
      for (const { kind } of parts) {
        if (kind !== 'unit' && kind !== 'integer') continue;
        const slot = f.alloca('ptr');
        f.store('ptr', 'null', slot);
        made.push(slot);
      }
      let next = 0;
      const strings = parts.map(({ kind, operand }) => {
        if (kind !== 'unit' && kind !== 'integer') return operand;
        const text = (kind === 'unit' ? oneUnit : integerString)(f, '%heap', constants, operand);
        f.store('ptr', text, made[next++] ?? '');
        const there = f.fresh('there');
        f.condBr(isNull(f, text), 'done', there);
        f.block(there);
        return text;
      });
      f.store('ptr', join(f, '%heap', strings), result);
      f.br('done');
      f.block('done');
      for (const slot of made) releaseString(f, '%heap', f.load('ptr', slot));
      f.ret('ptr', f.load('ptr', result));
    },
  };
}
