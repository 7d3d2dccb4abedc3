/** Integers as decimal digits: written to a place, and as strings. */
import { callHelper, isNull, outOfLine, type Helper } from '../helpers.ts';
import type { LlvmFunction, LlvmType } from '../writer.ts';
import type { StringConstants } from './string-constants.ts';
import { newString } from './strings.ts';

/** The most units that an i64 has: 19 digits and a sign. */
export const mostIntegerUnits = 20;

const table = (
  { module }: LlvmFunction,
  name: string,
  type: string,
  elements: readonly string[],
): string => {
  const array = `[${elements.length} x ${type}]`;
  const values = elements.map((element) => `${type} ${element}`).join(', ');
  module.global(name, `private unnamed_addr constant ${array} [${values}], align 16`);
  return module.address(name, array);
};

/** "00" to "99", two bytes each. */
const pairs = (f: LlvmFunction): string =>
  table(
    f,
    'ts.digits.pairs',
    'i8',
    Array.from({ length: 200 }, (_, n) => String(48 + (Math.floor(n / (n % 2 ? 2 : 20)) % 10))),
  );

/** 10^0 to 10^19 as unsigned numbers; the first one is 0, so that 0 has a digit. */
const powers = (f: LlvmFunction): string =>
  table(
    f,
    'ts.digits.powers',
    'i64',
    Array.from({ length: 20 }, (_, n) => String(n === 0 ? 0n : 10n ** BigInt(n))),
  );

/** How many decimal digits `magnitude` has, an unsigned i64. */
function countDigits(f: LlvmFunction, magnitude: string): string {
  f.module.declare('llvm.ctlz.i64', { result: 'i64', params: ['i64', 'i1'] });
  const zeros = f.call('i64', 'llvm.ctlz.i64', [
    ['i64', f.emit(`or i64 ${magnitude}, 1`)],
    ['i1', 'true'],
  ]);
  // 1233/4096 is log10(2) closely enough: the count is right or one too low.
  const scaled = f.emit(`mul i64 ${f.emit(`sub i64 64, ${zeros}`)}, 1233`);
  const atLeast = f.emit(`lshr i64 ${scaled}, 12`);
  const power = f.load('i64', f.gep('i64', powers(f), atLeast));
  const more = f.emit(`icmp uge i64 ${magnitude}, ${power}`);
  return f.emit(`add i64 ${atLeast}, ${f.emit(`zext i1 ${more} to i64`)}`);
}

/** Writes the digits of an i64 to an address with room for them; gives the address behind. */
export const putInteger = (f: LlvmFunction, to: string, value: string): string =>
  callHelper(f, put, [to, value]);

const put: Helper = {
  name: 'ts.digits.put',
  result: 'ptr',
  params: { to: 'ptr', value: 'i64' },
  attributes: outOfLine,
  write(f) {
    const isNegative = f.emit('icmp slt i64 %value, 0');
    // Behind the digits, what was written for a sign is written over.
    f.store('i8', '45', '%to', ', align 1');
    const start = f.gep('i8', '%to', f.emit(`zext i1 ${isNegative} to i64`));
    const opposite = f.emit('sub i64 0, %value');
    const magnitude = f.emit(`select i1 ${isNegative}, i64 ${opposite}, i64 %value`);
    const end = f.gep('i8', start, countDigits(f, magnitude));
    const at = f.alloca('ptr');
    f.store('ptr', end, at);
    const rest = f.alloca('i64');
    f.store('i64', magnitude, rest);
    // 32 bits are divided more quickly, not only in WebAssembly.
    const few = (type: LlvmType, most: string): string => {
      const [again, more, done] = [f.fresh('again'), f.fresh('more'), f.fresh('done')];
      f.br(again);
      f.block(again);
      const all = f.load('i64', rest);
      f.condBr(f.emit(`icmp ugt i64 ${all}, ${most}`), more, done);
      f.block(more);
      const own = type === 'i64' ? all : f.emit(`trunc i64 ${all} to i32`);
      const upper = f.emit(`udiv ${type} ${own}, 100`);
      const lower = f.emit(`sub ${type} ${own}, ${f.emit(`mul ${type} ${upper}, 100`)}`);
      const widened = (value: string): string =>
        type === 'i64' ? value : f.emit(`zext i32 ${value} to i64`);
      f.store('i64', widened(upper), rest);
      const place = f.gep('i8', f.load('ptr', at), '-2');
      f.store('ptr', place, at);
      const pair = f.load('i16', f.gep('i16', pairs(f), widened(lower)), ', align 2');
      f.store('i16', pair, place, ', align 1');
      f.br(again);
      f.block(done);
      return all;
    };
    few('i64', '4294967295');
    const last = few('i32', '99');
    f.condBr(f.emit(`icmp ugt i64 ${last}, 9`), 'two', 'one');
    f.block('two');
    const pair = f.load('i16', f.gep('i16', pairs(f), last), ', align 2');
    f.store('i16', pair, start, ', align 1');
    f.ret('ptr', end);
    f.block('one');
    const digit = f.emit(`trunc i64 ${f.emit(`add i64 ${last}, 48`)} to i8`);
    f.store('i8', digit, start, ', align 1');
    f.ret('ptr', end);
  },
};

/** Writes the making of the string of an i64's decimal digits; null where there is no memory. */
export const integerString = (
  f: LlvmFunction,
  heap: string,
  constants: StringConstants,
  value: string,
): string => callHelper(f, text(constants), [heap, value]);

const text = (constants: StringConstants): Helper => ({
  name: 'ts.digits.text',
  result: 'ptr',
  params: { heap: 'ptr', value: 'i64' },
  attributes: outOfLine,
  write(f) {
    f.condBr(f.emit('icmp ult i64 %value, 10'), 'one', 'more');
    f.block('one');
    f.ret('ptr', constants.single(f, f.emit('add i64 %value, 48')));
    f.block('more');
    const isNegative = f.emit('icmp slt i64 %value, 0');
    const opposite = f.emit('sub i64 0, %value');
    const magnitude = f.emit(`select i1 ${isNegative}, i64 ${opposite}, i64 %value`);
    const sign = f.emit(`zext i1 ${isNegative} to i64`);
    const length = f.emit(`add i64 ${countDigits(f, magnitude)}, ${sign}`);
    const made = newString(f, '%heap', length);
    f.condBr(isNull(f, made), 'done', 'made');
    f.block('made');
    putInteger(f, made, '%value');
    f.block('done');
    f.ret('ptr', made);
  },
});
