/** Strings as LLVM functions: joining, cutting, copying units. */
import {
  callHelper,
  copyBytes,
  forEachIndex,
  inlined,
  isNull,
  outOfLine,
  type Helper,
} from '../helpers.ts';
import { header, maxStringLength, string } from '../layout.ts';
import type { LlvmFunction } from '../writer.ts';
import { allocateAny } from './blocks.ts';
import { forEachItem, retain } from './references.ts';
import type { StringConstants } from './string-constants.ts';

/** Writes the joining of two or more strings; null where the result is too long or there is no memory. */
export const concatenate = (f: LlvmFunction, heap: string, strings: readonly string[]): string =>
  strings.length === 2
    ? callHelper(f, concat, [heap, ...strings])
    : callHelper(f, joinAll, [heap, inMemory(f, strings), String(strings.length)]);

/** As `concatenate`, but where nothing else refers to the first it grows itself and is the result, with one reference more. */
export const append = (f: LlvmFunction, heap: string, strings: readonly string[]): string =>
  strings.length === 2
    ? callHelper(f, appendTo, [heap, ...strings])
    : callHelper(f, appendAll, [heap, inMemory(f, strings), String(strings.length)]);

/** The address of an array of strings on the stack. */
function inMemory(f: LlvmFunction, strings: readonly string[]): string {
  const array = f.alloca('ptr', 'strings', strings.length);
  strings.forEach((text, index) => f.store('ptr', text, f.gep('ptr', array, String(index))));
  return array;
}

/**
 * Writes the making of a string from `count` units at an address, of two bytes where `wide` is 1 (i64), else of
 * one; null where it is too long or there is no memory.
 */
export const makeString = (
  f: LlvmFunction,
  heap: string,
  constants: StringConstants,
  units: string,
  wide: string,
  count: string,
): string => callHelper(f, make(constants), [heap, units, wide, count]);

/** Writes the making of the string of one unit (u16); null where there is no memory. */
export const oneUnit = (
  f: LlvmFunction,
  heap: string,
  constants: StringConstants,
  unit: string,
): string => callHelper(f, makeOne(constants), [heap, unit]);

/** Writes the making of a string without its units, which have one byte; null where there is no memory. */
export const newString = (f: LlvmFunction, heap: string, length: string): string =>
  callHelper(f, allocateString, [heap, length, '0', length]);

/** Writes the copying of `count` units of a string from an index on to an address, as units of two bytes where `wide` is 1 (i64). */
export const copyUnits = (
  f: LlvmFunction,
  text: string,
  from: string,
  count: string,
  to: string,
  wide: string,
): void => {
  const own = wideOf(f, text);
  callHelper(f, put, [unitAt(f, text, own, from), own, count, to, wide]);
};

/** A string's length as i64. */
export const lengthOf = (f: LlvmFunction, text: string, suffix = ''): string =>
  f.emit(`zext i32 ${f.load('i32', f.offset(text, string.length), suffix)} to i64`);

/** 1 where a string's units have two bytes, else 0: an i64. */
export const wideOf = (f: LlvmFunction, text: string, suffix = ''): string => {
  const form = f.load('i32', f.offset(text, string.form), suffix);
  return f.emit(`zext i32 ${f.emit(`and i32 ${form}, 1`)} to i64`);
};

/** The address of a unit. */
export const unitAt = (f: LlvmFunction, units: string, wide: string, index: string): string =>
  f.gep('i8', units, f.emit(`shl i64 ${index}, ${wide}`));

/** A new string without its units, of at most `maxStringLength`, with room for `room` units. */
const allocateString: Helper = {
  name: 'ts.str.new',
  result: 'ptr',
  params: { heap: 'ptr', length: 'i64', wide: 'i64', room: 'i64' },
  attributes: outOfLine,
  write(f) {
    const wanted = f.emit(`shl i64 %room, %wide`);
    // Blocks are multiples of 16 bytes.
    const room = f.emit(`and i64 ${f.emit(`add i64 ${wanted}, 15`)}, -16`);
    const block = allocateAny(f, '%heap', f.emit(`add i64 ${room}, ${header.size}`));
    f.condBr(isNull(f, block), 'failed', 'got');
    f.block('got');
    const made = f.offset(block, header.size);
    f.store('i64', '1', f.offset(made, header.references));
    f.store('i32', f.emit('trunc i64 %length to i32'), f.offset(made, string.length));
    const form = f.emit(`or i64 ${f.emit(`shl i64 ${room}, 1`)}, %wide`);
    f.store('i32', f.emit(`trunc i64 ${form} to i32`), f.offset(made, string.form));
    f.ret('ptr', made);
    f.block('failed');
    f.ret('ptr', 'null');
  },
};

/** Writes the copying of bytes, mostly few. */
export const copyText = (f: LlvmFunction, from: string, to: string, bytes: string): void =>
  void callHelper(f, putBytes, [from, to, bytes]);

const putBytes: Helper = {
  name: 'ts.str.putBytes',
  result: 'void',
  params: { from: 'ptr', to: 'ptr', bytes: 'i64' },
  attributes: outOfLine,
  write(f) {
    copyFew(f, '%bytes');
    copyBytes(f, '%to', '%from', '%bytes');
    f.ret();
  },
};

/** Copies units, of one or two bytes here and there. What becomes narrower fits. */
const put: Helper = {
  name: 'ts.str.put',
  result: 'void',
  params: { from: 'ptr', fromWide: 'i64', count: 'i64', to: 'ptr', toWide: 'i64' },
  attributes: outOfLine,
  write(f) {
    f.condBr(f.emit('icmp eq i64 %fromWide, %toWide'), 'alike', 'unlike');
    f.block('alike');
    const bytes = f.emit('shl i64 %count, %fromWide');
    copyFew(f, bytes);
    copyBytes(f, '%to', '%from', bytes);
    f.ret();
    f.block('unlike');
    f.condBr(f.emit('icmp eq i64 %toWide, 0'), 'narrow', 'widen');
    for (const [label, from, to, how] of [
      ['narrow', 'i16', 'i8', 'trunc'],
      ['widen', 'i8', 'i16', 'zext'],
    ] as const) {
      f.block(label);
      forEachIndex(f, '%count', (index) => {
        const unit = f.load(from, f.gep(from, '%from', index), ', align 1');
        const copy = f.emit(`${how} ${from} ${unit} to ${to}`);
        f.store(to, copy, f.gep(to, '%to', index), ', align 1');
      });
      f.ret();
    }
  },
};

/**
 * Copies up to 16 bytes and returns; most strings are short, and calling C's library takes longer. What is loaded
 * from the front and from the end may overlap.
 */
function copyFew(f: LlvmFunction, bytes: string): void {
  const copy = (type: string, offsets: readonly string[]): void => {
    const units = offsets.map((at) => f.load(type, f.gep('i8', '%from', at), ', align 1'));
    units.forEach((unit, n) => {
      f.store(type, unit, f.gep('i8', '%to', offsets[n] ?? ''), ', align 1');
    });
    f.ret();
  };
  const [few, many] = [f.fresh('few'), f.fresh('many')];
  f.condBr(f.emit(`icmp ule i64 ${bytes}, 16`), few, many);
  f.block(few);
  for (const size of [8, 4]) {
    const [enough, less] = [f.fresh('enough'), f.fresh('less')];
    f.condBr(f.emit(`icmp uge i64 ${bytes}, ${size}`), enough, less);
    f.block(enough);
    copy(`i${8 * size}`, ['0', f.emit(`sub i64 ${bytes}, ${size}`)]);
    f.block(less);
  }
  const [some, none] = [f.fresh('some'), f.fresh('none')];
  f.condBr(f.emit(`icmp ne i64 ${bytes}, 0`), some, none);
  f.block(some);
  copy('i8', ['0', f.emit(`lshr i64 ${bytes}, 1`), f.emit(`sub i64 ${bytes}, 1`)]);
  f.block(none);
  f.ret();
  f.block(many);
}

/** Writes the lengths of `%a` and `%b` and what they come to, or goes to `failed` where that is too much. */
function joinedLength(f: LlvmFunction): { a: string; b: string; total: string; wide: string } {
  const [a = '', b = ''] = ['%a', '%b'].map((text) => lengthOf(f, text));
  const total = f.emit(`add i64 ${a}, ${b}`);
  const [wideA, wideB] = ['%a', '%b'].map((text) => wideOf(f, text));
  const wide = f.emit(`or i64 ${wideA}, ${wideB}`);
  const possible = f.fresh('possible');
  f.condBr(f.emit(`icmp ugt i64 ${total}, ${maxStringLength}`), 'failed', possible);
  f.block(possible);
  return { a, b, total, wide };
}

/** Writes the copying of all units of a string to an address, as units of that width. */
const putAll = (f: LlvmFunction, text: string, count: string, to: string, wide: string): void =>
  void callHelper(f, put, [text, wideOf(f, text), count, to, wide]);

const concat: Helper = {
  name: 'ts.str.concat',
  result: 'ptr',
  params: { heap: 'ptr', a: 'ptr', b: 'ptr' },
  attributes: outOfLine,
  write(f) {
    const { a, b, total, wide } = joinedLength(f);
    for (const [empty, other] of [
      [a, '%b'],
      [b, '%a'],
    ] as const) {
      const [isEmpty, some] = [f.fresh('empty'), f.fresh('some')];
      f.condBr(f.emit(`icmp eq i64 ${empty}, 0`), isEmpty, some);
      f.block(isEmpty);
      retain(f, 'str', other);
      f.ret('ptr', other);
      f.block(some);
    }
    const made = callHelper(f, allocateString, ['%heap', total, wide, total]);
    f.condBr(isNull(f, made), 'failed', 'made');
    f.block('made');
    putAll(f, '%a', a, made, wide);
    putAll(f, '%b', b, unitAt(f, made, wide, a), wide);
    f.ret('ptr', made);
    f.block('failed');
    f.ret('ptr', 'null');
  },
};

/** Where `%a` has no other reference, its units stay where there is room behind them; else it gets twice the room. */
const appendTo: Helper = {
  name: 'ts.str.append',
  result: 'ptr',
  params: { heap: 'ptr', a: 'ptr', b: 'ptr' },
  attributes: outOfLine,
  write(f) {
    const references = f.offset('%a', header.references);
    const only = f.emit(`icmp eq i64 ${f.load('i64', references)}, 1`);
    const two = f.emit(`icmp ne ${f.module.spell('ptr')} %a, %b`);
    f.condBr(f.emit(`and i1 ${only}, ${two}`), 'only', 'shared');

    f.block('only');
    const { a, b, total, wide } = joinedLength(f);
    const form = f.load('i32', f.offset('%a', string.form));
    const room = f.emit(`zext i32 ${f.emit(`lshr i32 ${form}, 1`)} to i64`);
    const needed = f.emit(`shl i64 ${total}, ${wide}`);
    const fits = f.emit(`icmp ule i64 ${needed}, ${room}`);
    const sameForm = f.emit(`icmp eq i64 ${wide}, ${wideOf(f, '%a')}`);
    f.condBr(f.emit(`and i1 ${fits}, ${sameForm}`), 'inPlace', 'moved');
    f.block('inPlace');
    putAll(f, '%b', b, unitAt(f, '%a', wide, a), wide);
    f.store('i32', f.emit(`trunc i64 ${total} to i32`), f.offset('%a', string.length));
    f.store('i64', '2', references);
    f.ret('ptr', '%a');

    f.block('moved');
    const made = callHelper(f, allocateString, ['%heap', total, wide, roomToGrow(f, total)]);
    f.condBr(isNull(f, made), 'failed', 'made');
    f.block('made');
    putAll(f, '%a', a, made, wide);
    putAll(f, '%b', b, unitAt(f, made, wide, a), wide);
    f.ret('ptr', made);

    f.block('shared');
    f.ret('ptr', concatenate(f, '%heap', ['%a', '%b']));
    f.block('failed');
    f.ret('ptr', 'null');
  },
};

/** The length of all `%strings` and whether one is wide, as i64; goes to `failed` where that is too long. */
function measureAll(f: LlvmFunction): { total: string; wide: string } {
  const sums = [f.alloca('i64'), f.alloca('i64')] as const;
  for (const sum of sums) f.store('i64', '0', sum);
  forEachItem(f, '%strings', '0', '%count', (text) => {
    const [length, wide] = sums;
    f.store('i64', f.emit(`add i64 ${f.load('i64', length)}, ${lengthOf(f, text)}`), length);
    f.store('i64', f.emit(`or i64 ${f.load('i64', wide)}, ${wideOf(f, text)}`), wide);
  });
  const [total, wide] = sums.map((sum) => f.load('i64', sum)) as [string, string];
  const possible = f.fresh('possible');
  f.condBr(f.emit(`icmp ugt i64 ${total}, ${maxStringLength}`), 'failed', possible);
  f.block(possible);
  return { total, wide };
}

/** Copies the units of `%strings` from an index on to a string, from a unit on. */
function putFrom(f: LlvmFunction, index: string, made: string, wide: string, start: string): void {
  const at = f.alloca('i64');
  f.store('i64', start, at);
  forEachItem(f, '%strings', index, '%count', (text) => {
    const place = f.load('i64', at);
    const length = lengthOf(f, text);
    putAll(f, text, length, unitAt(f, made, wide, place), wide);
    f.store('i64', f.emit(`add i64 ${place}, ${length}`), at);
  });
}

const joinAll: Helper = {
  name: 'ts.str.join',
  result: 'ptr',
  params: { heap: 'ptr', strings: 'ptr', count: 'i64' },
  attributes: outOfLine,
  write(f) {
    const { total, wide } = measureAll(f);
    const made = callHelper(f, allocateString, ['%heap', total, wide, total]);
    f.condBr(isNull(f, made), 'failed', 'made');
    f.block('made');
    putFrom(f, '0', made, wide, '0');
    f.ret('ptr', made);
    f.block('failed');
    f.ret('ptr', 'null');
  },
};

/** As `appendTo`; the first string is what grows. */
const appendAll: Helper = {
  name: 'ts.str.appendAll',
  result: 'ptr',
  params: { heap: 'ptr', strings: 'ptr', count: 'i64' },
  attributes: outOfLine,
  write(f) {
    const first = f.load('ptr', '%strings');
    const references = f.offset(first, header.references);
    f.condBr(f.emit(`icmp eq i64 ${f.load('i64', references)}, 1`), 'only', 'shared');
    f.block('only');
    forEachItem(f, '%strings', '1', '%count', (text) => {
      const other = f.fresh('other');
      const isFirst = f.emit(`icmp eq ${f.module.spell('ptr')} ${text}, ${first}`);
      f.condBr(isFirst, 'shared', other);
      f.block(other);
    });
    const { total, wide } = measureAll(f);
    const form = f.load('i32', f.offset(first, string.form));
    const room = f.emit(`zext i32 ${f.emit(`lshr i32 ${form}, 1`)} to i64`);
    const fits = f.emit(`icmp ule i64 ${f.emit(`shl i64 ${total}, ${wide}`)}, ${room}`);
    const sameForm = f.emit(`icmp eq i64 ${wide}, ${wideOf(f, first)}`);
    f.condBr(f.emit(`and i1 ${fits}, ${sameForm}`), 'inPlace', 'moved');
    f.block('inPlace');
    putFrom(f, '1', first, wide, lengthOf(f, first));
    f.store('i32', f.emit(`trunc i64 ${total} to i32`), f.offset(first, string.length));
    f.store('i64', '2', references);
    f.ret('ptr', first);

    f.block('moved');
    const made = callHelper(f, allocateString, ['%heap', total, wide, roomToGrow(f, total)]);
    f.condBr(isNull(f, made), 'failed', 'made');
    f.block('made');
    putFrom(f, '0', made, wide, '0');
    f.ret('ptr', made);

    f.block('shared');
    f.ret('ptr', callHelper(f, joinAll, ['%heap', '%strings', '%count']));
    f.block('failed');
    f.ret('ptr', 'null');
  },
};

/** Room for twice as many units as a string has that has grown, if that isn't too much. */
function roomToGrow(f: LlvmFunction, units: string): string {
  const twice = f.emit(`shl i64 ${units}, 1`);
  const tooMuch = f.emit(`icmp ugt i64 ${twice}, ${maxStringLength}`);
  return f.emit(`select i1 ${tooMuch}, i64 ${maxStringLength}, i64 ${twice}`);
}

/** Which strings need no memory: the empty one, and those of one unit below 256. */
const make = (constants: StringConstants): Helper => ({
  name: 'ts.str.make',
  result: 'ptr',
  params: { heap: 'ptr', units: 'ptr', wide: 'i64', count: 'i64' },
  attributes: outOfLine,
  write(f) {
    f.condBr(f.emit(`icmp ugt i64 %count, ${maxStringLength}`), 'failed', 'possible');
    f.block('possible');
    f.condBr(f.emit('icmp eq i64 %count, 0'), 'empty', 'some');
    f.block('empty');
    f.ret('ptr', constants.reference(f, ''));

    f.block('some');
    const isWide = callHelper(f, anyWide, ['%units', '%wide', '%count']);
    const wide = f.emit(`zext i1 ${isWide} to i64`);
    const one = f.emit('icmp eq i64 %count, 1');
    f.condBr(f.emit(`and i1 ${one}, ${f.emit(`xor i1 ${isWide}, true`)}`), 'single', 'more');
    f.block('single');
    // Little-endian: the first byte is the unit.
    const unit = f.emit(`zext i8 ${f.load('i8', '%units')} to i64`);
    f.ret('ptr', constants.single(f, unit));

    f.block('more');
    const made = callHelper(f, allocateString, ['%heap', '%count', wide, '%count']);
    f.condBr(isNull(f, made), 'failed', 'made');
    f.block('made');
    callHelper(f, put, ['%units', '%wide', '%count', made, wide]);
    f.ret('ptr', made);
    f.block('failed');
    f.ret('ptr', 'null');
  },
});

const makeOne = (constants: StringConstants): Helper => ({
  name: 'ts.str.char',
  result: 'ptr',
  params: { heap: 'ptr', unit: 'i16' },
  attributes: inlined,
  write(f) {
    f.condBr(f.emit('icmp ult i16 %unit, 256'), 'narrow', 'wide');
    f.block('narrow');
    f.ret('ptr', constants.single(f, f.emit('zext i16 %unit to i64')));
    f.block('wide');
    const made = callHelper(f, allocateString, ['%heap', '1', '1', '1']);
    f.condBr(isNull(f, made), 'done', 'made');
    f.block('made');
    f.store('i16', '%unit', made);
    f.block('done');
    f.ret('ptr', made);
  },
});

/** Whether a unit needs two bytes. */
const anyWide: Helper = {
  name: 'ts.str.anyWide',
  result: 'i1',
  params: { units: 'ptr', wide: 'i64', count: 'i64' },
  attributes: outOfLine,
  write(f) {
    f.condBr(f.emit('icmp eq i64 %wide, 0'), 'none', 'look');
    f.block('look');
    // All units are joined in one: that is faster than leaving at the first.
    const all = f.alloca('i16');
    f.store('i16', '0', all);
    forEachIndex(f, '%count', (index) => {
      const unit = f.load('i16', f.gep('i16', '%units', index), ', align 1');
      f.store('i16', f.emit(`or i16 ${f.load('i16', all)}, ${unit}`), all);
    });
    f.ret('i1', f.emit(`icmp ugt i16 ${f.load('i16', all)}, 255`));
    f.block('none');
    f.ret('i1', 'false');
  },
};
