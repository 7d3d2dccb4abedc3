/**
 * What arrays are sorted by: functions of the IR of two elements, which copies of the library's sorting functions
 * call (`library-template.ts`).
 */
import type { Node } from '../../ts-morph.ts';
import { only } from '../../1-read/hint-types.ts';
import type { HintType } from '../../1-read/model.ts';
import {
  valueTypes,
  type IrType,
  type Operation,
  type ScalarType,
  type Value,
} from '../../ir/types.ts';
import { sortFor } from '../../library-template.ts';
import { convert, toF64, toHint } from '../convert.ts';
import { loadElement } from '../expressions/lists.ts';
import { Lowering } from '../lowering.ts';
import { valueOperand, type Operand } from '../operands.ts';
import { fromValues } from '../statements/variables.ts';
import { callWith, type Callable } from './callable.ts';
import { callClosure, liftedOf } from './closures.ts';

/** How two elements are compared. */
export interface Comparison {
  /** What it takes besides them. */
  readonly given: readonly Value[];
  /** The types of that, once all functions inside the native one are known. */
  types(): readonly IrType[];
  /** Notes a call whose last arguments are what it takes. */
  note?(op: Operation): void;
  /** The `f64` that is below zero where `a` comes before `b`, and above zero where it comes behind. */
  compare(l: Lowering, a: Operand, b: Operand, given: readonly Value[]): Value;
}

const nothing: Operand = { kind: 'absent', absent: 'undefined' };

/** By a function of the program. @param element the type of what it gets */
export function byFunction(
  l: Lowering,
  callable: Callable,
  element: HintType,
  node: Node,
): Comparison {
  if (callable.kind === 'value') {
    const { value } = callable;
    return {
      given: [value],
      types: () => [value.type],
      compare: (inside, a, b, [closure = value]) => {
        const args = [a, b].map((operand) => ({ operand, node }));
        return toF64(inside, callClosure(inside, closure, args, node), node);
      },
    };
  }
  if (callable.kind === 'conversion' || callable.kind === 'math')
    return {
      given: [],
      types: () => [],
      compare: (inside, a) =>
        toF64(inside, callWith(inside, callable, [{ operand: a, node }], undefined, node), node),
    };
  const lifted =
    callable.kind === 'inner'
      ? liftedOf(callable.variable, { params: [element, element], result: only('f64') })
      : undefined;
  const native = callable.kind === 'native' ? callable.fn : lifted?.native;
  if (!native) throw new Error('a function is known, or a value');
  if (callable.kind === 'native') l.module.require(native, l.native);
  return {
    given: lifted?.capturedValues(l) ?? [],
    types: () => lifted?.capturedTypes() ?? [],
    note: (op) => lifted?.note(l, op),
    compare: (inside, a, b, given) => {
      const args = native.params.flatMap(({ hint, name }, index) =>
        toHint(inside, [a, b][index] ?? nothing, hint, node, name),
      );
      const results = inside.b.call(native.id, [...args, ...given], valueTypes(native.result));
      return toF64(inside, fromValues(results), node);
    },
  };
}

/** Compares strings by their units. */
export const byText: Comparison = {
  given: [],
  types: () => [],
  compare: (l, a, b) => {
    if (a.kind !== 'value' || b.kind !== 'value') throw new Error('strings are compared');
    return convert(l, l.b.op('str.compare', [a.value, b.value]), 'f64');
  },
};

/** Compares the elements of a list, of which it gets the indices as `i32`. */
export const byIndex = (items: Value, by: Comparison): Comparison => ({
  ...by,
  given: [items, ...by.given],
  types: () => [items.type, ...by.types()],
  compare: (l, a, b, [list = items, ...given]) => {
    const at = (index: Operand): Operand => {
      if (index.kind !== 'value') throw new Error('an index is a number');
      return loadElement(l, list, convert(l, index.value, 'i64'));
    };
    return by.compare(l, at(a), at(b), given);
  },
});

/** A comparison of numbers as the words that `toWord` makes of them. */
export const byWord = (type: ScalarType, by: Comparison): Comparison => ({
  ...by,
  compare: (l, a, b, given) => {
    const at = (word: Operand): Operand => {
      if (word.kind !== 'value') throw new Error('a word is a value');
      return valueOperand(fromWord(l, word.value, type));
    };
    return by.compare(l, at(a), at(b), given);
  },
});

/** A number as a 64-bit word. */
export function toWord(l: Lowering, number: Value): Value {
  const { type } = number;
  if (type === 'f64') return l.b.op('bits', [number], 'u64');
  const bits = type === 'f32' ? l.b.op('bits', [number], 'u32') : number;
  return convert(l, bits, 'u64');
}

/** The number of a word. */
export function fromWord(l: Lowering, word: Value, type: ScalarType): Value {
  if (type === 'f64') return l.b.op('bits', [word], type);
  if (type === 'f32') return l.b.op('bits', [convert(l, word, 'u32')], type);
  return convert(l, word, type);
}

/** Makes a function of a comparison. @returns its name */
export function comparisonOf(
  l: Lowering,
  element: ScalarType,
  by: Comparison,
  relation: 'lt' | 'gt',
): string {
  const id = l.root.idFor('compare');
  l.root.later(() => {
    const { method: _, ...rest } = l.native;
    const inside = new Lowering(l.module, { ...rest, id, params: [], result: only('bool') });
    const { b } = inside;
    b.fn.results.push('bool');
    const operands = ['a', 'b'].map((param) => valueOperand(b.param(param, element)));
    const given = by.types().map((type, index) => b.param(`given.${index}`, type));
    inside.guarded(() => {
      const [first = nothing, second = nothing] = operands;
      const order = by.compare(inside, first, second, given);
      b.return([b.op(relation, [order, b.const('f64', 0)])]);
    });
    return b.fn;
  });
  return id;
}

/**
 * Calls a function of the library that sorts scalars.
 * @param comparison what `comparisonOf` has made of a comparison that takes the same besides two elements as `by`
 */
export function callSort(
  l: Lowering,
  name: string,
  element: ScalarType,
  args: readonly Value[],
  by: Comparison,
  comparison: string,
): void {
  const [op] = l.b.detached(
    () => void l.b.call(sortFor(name, element, comparison), [...args, ...by.given], []),
  );
  if (op?.kind !== 'op') throw new Error('a call is made');
  l.b.place([op]);
  by.note?.(op);
}
