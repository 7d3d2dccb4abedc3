/** Parts of strings by their index: UTF-16 units and code points. */
import { isFloat, Tag, type Value } from '../../ir/types.ts';
import { convert, zero } from '../convert.ts';
import type { Lowering } from '../lowering.ts';
import { valueOperand, type Operand } from '../operands.ts';
import { uncheckedIndex } from './elements.ts';

/** The unit at an index that is within, as a string. */
export const unitString = (l: Lowering, text: Value, index: Value): Value =>
  l.b.op('str.char', [l.b.op('str.unit', [text, index])]);

export const textLength = (l: Lowering, text: Value): Value =>
  convert(l, l.b.op('str.length', [text]), 'f64');

/** ECMA-262 7.1.5 ToIntegerOrInfinity of a number; −0 may come out. */
export function wholeNumber(l: Lowering, number: Value): Value {
  if (!isFloat(number.type)) return number;
  const constant = l.constantOf(number);
  if (constant !== undefined) return l.constant('f64', Math.trunc(Number(constant)) || 0);
  const whole = l.b.op('trunc', [convert(l, number, 'f64')]);
  const isNumber = l.b.op('eq', [whole, whole]);
  return l.b.op('select', [isNumber, whole, l.constant('f64', 0)]);
}

/** Runs `inside` with the index as an i64 where it is within the string, else `outside`. */
function atIndex(
  l: Lowering,
  text: Value,
  index: Value,
  inside: (index: Value) => void,
  outside: () => void,
): void {
  const isInside = l.b.op('in.bounds', [index, l.b.op('str.length', [text])]);
  l.b.if(isInside, () => inside(uncheckedIndex(l, index)), outside);
}

/** `text.charCodeAt(index)`: NaN outside. @param index a whole number */
export function charCodeAt(l: Lowering, text: Value, index: Value): Operand {
  const unit = l.b.local('unit', 'f64');
  atIndex(
    l,
    text,
    index,
    (at) => l.b.set(unit, convert(l, l.b.op('str.unit', [text, at]), 'f64')),
    () => l.b.set(unit, l.constant('f64', NaN)),
  );
  return valueOperand(l.b.get(unit));
}

/** `text.charAt(index)`: empty outside. @param index a whole number */
export function charAt(l: Lowering, text: Value, index: Value): Operand {
  const unit = l.b.local('unit', 'str');
  atIndex(
    l,
    text,
    index,
    (at) => l.b.set(unit, unitString(l, text, at)),
    () => l.b.set(unit, l.text('')),
  );
  return valueOperand(l.b.get(unit));
}

/** `text.at(index)`: from the end where the index is negative, `undefined` outside. @param index a whole number */
export function at(l: Lowering, text: Value, index: Value): Operand {
  const number = convert(l, index, 'f64');
  const negative = l.b.op('lt', [number, l.constant('f64', 0)]);
  const fromEnd = l.b.op('add', [number, textLength(l, text)]);
  const relative = l.b.op('select', [negative, fromEnd, number]);
  return optionally(l, 'str', (give, none) =>
    atIndex(l, text, relative, (inside) => give(unitString(l, text, inside)), none),
  );
}

/** `text.codePointAt(index)`: `undefined` outside. @param index a whole number */
export function codePointAt(l: Lowering, text: Value, index: Value): Operand {
  return optionally(l, 'f64', (give, none) =>
    atIndex(
      l,
      text,
      index,
      (inside) => {
        const [point] = l.b.call('std.codePointAt', [text, convert(l, inside, 'f64')], ['f64']);
        if (point) give(point);
      },
      none,
    ),
  );
}

/** A value that is given or not. */
function optionally(
  l: Lowering,
  type: 'str' | 'f64',
  choose: (give: (value: Value) => void, none: () => void) => void,
): Operand {
  const tag = l.b.local('part.tag', 'u8');
  const local = l.b.local('part', type);
  choose(
    (value) => {
      l.b.set(tag, l.b.const('u8', Tag.value));
      l.b.set(local, value);
    },
    () => {
      l.b.set(tag, l.b.const('u8', Tag.undefined));
      l.b.set(local, zero(l, type));
    },
  );
  return { kind: 'optional', tag: l.b.get(tag), value: l.b.get(local) };
}
