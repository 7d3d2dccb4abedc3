/** Whether strings are equal, as LLVM functions: whole words are compared, and the last one may overlap the one before. */
import { callHelper, forEachIndex, inlined, isNull, outOfLine, type Helper } from '../helpers.ts';
import type { LlvmFunction } from '../writer.ts';
import { lengthOf, wideOf } from './strings.ts';

/** Writes whether two strings, which may be null, have the same units: an i1. */
export const equalStrings = (f: LlvmFunction, a: string, b: string): string =>
  callHelper(f, equal, [a, b]);

const equal: Helper = {
  name: 'ts.str.equal',
  result: 'i1',
  params: { a: 'ptr', b: 'ptr' },
  attributes: inlined,
  write(f) {
    f.condBr(f.emit(`icmp eq ${f.module.spell('ptr')} %a, %b`), 'same', 'two');
    f.block('same');
    f.ret('i1', 'true');
    f.block('two');
    f.ret('i1', callHelper(f, equalUnits, ['%a', '%b']));
  },
};

const equalUnits: Helper = {
  name: 'ts.str.equalUnits',
  result: 'i1',
  params: { a: 'ptr', b: 'ptr' },
  attributes: outOfLine,
  write(f) {
    const someNull = f.emit(`or i1 ${isNull(f, '%a')}, ${isNull(f, '%b')}`);
    f.condBr(someNull, 'different', 'there');
    f.block('there');
    const [lengthA, lengthB] = ['%a', '%b'].map((text) => lengthOf(f, text));
    const [wideA, wideB] = ['%a', '%b'].map((text) => wideOf(f, text));
    const sameLength = f.emit(`icmp eq i64 ${lengthA}, ${lengthB}`);
    const sameForm = f.emit(`icmp eq i64 ${wideA}, ${wideB}`);
    f.condBr(f.emit(`and i1 ${sameLength}, ${sameForm}`), 'alike', 'different');

    f.block('alike');
    const bytes = f.emit(`shl i64 ${lengthA}, ${wideA}`);
    compareFew(f, bytes);
    const last = f.emit(`sub i64 ${bytes}, 8`);
    compareWords(f, last);
    f.ret('i1', sameAt(f, 'i64', last));
    f.block('different');
    f.ret('i1', 'false');
  },
};

/** Whether `%a` and `%b` have the same bytes at an offset: an i1. */
function sameAt(f: LlvmFunction, type: string, offset: string): string {
  const [a, b] = ['%a', '%b'].map((text) => f.load(type, f.gep('i8', text, offset), ', align 1'));
  return f.emit(`icmp eq ${type} ${a}, ${b}`);
}

/** Compares up to 7 bytes and returns; what is loaded from the front and from the end may overlap. */
function compareFew(f: LlvmFunction, bytes: string): void {
  const compare = (type: string, offsets: readonly string[]): void => {
    const same = offsets.map((offset) => sameAt(f, type, offset));
    f.ret(
      'i1',
      same.reduce((all, one) => f.emit(`and i1 ${all}, ${one}`)),
    );
  };
  const [few, many] = [f.fresh('few'), f.fresh('many')];
  f.condBr(f.emit(`icmp ult i64 ${bytes}, 8`), few, many);
  f.block(few);
  const [enough, less] = [f.fresh('enough'), f.fresh('less')];
  f.condBr(f.emit(`icmp uge i64 ${bytes}, 4`), enough, less);
  f.block(enough);
  compare('i32', ['0', f.emit(`sub i64 ${bytes}, 4`)]);
  f.block(less);
  const [some, none] = [f.fresh('some'), f.fresh('none')];
  f.condBr(f.emit(`icmp ne i64 ${bytes}, 0`), some, none);
  f.block(some);
  compare('i8', ['0', f.emit(`lshr i64 ${bytes}, 1`), f.emit(`sub i64 ${bytes}, 1`)]);
  f.block(none);
  f.ret('i1', 'true');
  f.block(many);
}

/** Goes to `different` where a word of 8 bytes of `%a` and `%b` before the offset `last` differs. */
function compareWords(f: LlvmFunction, last: string): void {
  const compare = (offset: string): void => {
    const same = f.fresh('same');
    f.condBr(sameAt(f, 'i64', offset), same, 'different');
    f.block(same);
  };
  forEachIndex(f, last, compare, 8);
}
