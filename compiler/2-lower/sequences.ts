/** What has elements in an order: plain arrays, typed arrays, tuples, strings; and loops over them. */
import type { Node } from '../ts-morph.ts';
import type { HintType } from '../1-read/model.ts';
import {
  elementType,
  isList,
  isRecord,
  isView,
  viewKind,
  type RecordType,
  type Value,
} from '../ir/types.ts';
import { convert, toHint, zero } from './convert.ts';
import { loadElement } from './expressions/lists.ts';
import { readMember } from './expressions/objects.ts';
import type { Lowering } from './lowering.ts';
import { valueOperand, type Operand } from './operands.ts';
import { fromValues } from './statements/variables.ts';

/** Elements that are read by index; the length may change from one reading to the next. */
export interface Sequence {
  /** An `i64`. */
  length(): Value;
  /** @param index an `i64` below the length */
  load(index: Value): Operand;
}

/** The elements of a plain or typed array; undefined for another value. */
export function sequenceOf(l: Lowering, array: Value): Sequence | undefined {
  const { type } = array;
  if (isList(type))
    return {
      length: () => l.b.op('list.length', [array]),
      load: (index) => loadElement(l, array, index),
    };
  if (!isView(type) || type === 'view.dataview') return undefined;
  const element = elementType(viewKind(type));
  return {
    length: () => l.b.op('view.length', [array]),
    load: (index) => valueOperand(l.b.op('view.load', [array, index], element)),
  };
}

/** The elements of a tuple as values of one type. */
export function tupleSequence(l: Lowering, tuple: Value, element: HintType, node: Node): Sequence {
  const { members } = l.module.reading.records.get(tuple.type as RecordType);
  return {
    length: () => l.b.const('i64', BigInt(members.length)),
    load: (index) => {
      const { type } = element;
      if (type === undefined) return { kind: 'absent', absent: 'undefined' };
      const optional = element.undefined || element.null;
      const locals = [
        ...(optional ? [l.b.local('element.tag', 'u8')] : []),
        l.b.local('element', type),
      ];
      members.forEach((member, position) => {
        l.b.if(l.b.op('eq', [index, l.b.const('i64', BigInt(position))]), () => {
          const operand = readMember(l, tuple, member);
          const values = toHint(l, operand, element, node, member.name);
          values.forEach((value, at) => l.b.set(locals[at] ?? '', value));
        });
      });
      return fromValues(locals.map((local) => l.b.get(local)));
    },
  };
}

export const isTuple = (l: Lowering, value: Value): boolean =>
  isRecord(value.type) && l.module.reading.records.get(value.type).kind === 'tuple';

/** Runs code for each element in order; the length is read again before each one (ECMA-262 23.1.5.2.1). */
export function forEachElement(
  l: Lowering,
  sequence: Sequence,
  body: (element: Operand, index: Value) => void,
): void {
  const index = l.b.local('index', 'i64');
  const label = l.b.label('elements');
  l.b.set(index, l.b.const('i64', 0n));
  l.b.loop(label, () => {
    leaveUnless(l, l.b.op('lt', [l.b.get(index), sequence.length()]), label);
    const at = l.b.get(index);
    body(sequence.load(at), at);
    l.b.set(index, l.b.op('add', [l.b.get(index), l.b.const('i64', 1n)]));
  });
}

export function leaveUnless(l: Lowering, condition: Value, label: string): void {
  l.b.if(
    condition,
    () => {},
    () => l.b.break(label),
  );
}

/**
 * The code points of a string as strings (ECMA-262 22.1.5.1.1): of a pair of surrogates both units.
 * @param body gets one after the other; runs inside a loop of that label
 */
export function forEachCodePoint(
  l: Lowering,
  text: Value,
  label: string,
  body: (character: Value) => void,
): void {
  const index = l.b.local('index', 'i64');
  const next = l.b.local('next', 'i64');
  const one = (): Value => l.b.const('i64', 1n);
  const unit = (at: Value): Value => convert(l, l.b.op('str.unit', [text, at]), 'i32');
  const isBetween = (value: Value, first: number): Value =>
    l.b.op('eq', [l.b.op('and', [value, l.b.const('i32', 0xfc00)]), l.b.const('i32', first)]);
  l.b.set(index, l.b.const('i64', 0n));
  const length = l.b.op('str.length', [text]);
  l.b.loop(label, () => {
    leaveUnless(l, l.b.op('lt', [l.b.get(index), length]), label);
    const at = l.b.get(index);
    l.b.set(next, l.b.op('add', [at, one()]));
    l.b.if(isBetween(unit(at), 0xd800), () => {
      const second = l.b.get(next);
      l.b.if(l.b.op('lt', [second, length]), () => {
        l.b.if(isBetween(unit(second), 0xdc00), () =>
          l.b.set(next, l.b.op('add', [second, one()])),
        );
      });
    });
    const end = l.b.get(next);
    l.b.set(index, end);
    body(l.b.op('str.sub', [text, at, end]));
  });
}

/** A local for each value of a type, which are zero, false or null at first. */
export function localsFor(l: Lowering, name: string, hint: HintType): string[] {
  if (hint.type === undefined) return [];
  const optional = hint.undefined || hint.null;
  const locals = [
    ...(optional ? [l.b.local(`${name}.tag`, 'u8')] : []),
    l.b.local(name, hint.type),
  ];
  if (optional) l.b.set(locals[0] ?? '', l.b.const('u8', 0));
  l.b.set(locals.at(-1) ?? '', zero(l, hint.type));
  return locals;
}

/** What one of several branches gives. @param write writes them; each holds its values, of that type */
export function oneOf(
  l: Lowering,
  name: string,
  hint: HintType,
  write: (hold: (values: readonly Value[]) => void) => void,
): Operand {
  const locals = localsFor(l, name, hint);
  write((values) =>
    locals.forEach((local, index) => values[index] && l.b.set(local, values[index])),
  );
  return fromValues(locals.map((local) => l.b.get(local)));
}
