/** `sort` and `toSorted` of plain and of typed arrays (ECMA-262 23.1.3.30, 23.1.3.34, 23.2.3.29, 23.2.3.33). */
import { Node, ts } from '../../ts-morph.ts';
import { only } from '../../1-read/hint-types.ts';
import { storageOf } from '../../ir/records.ts';
import {
  bitWidth,
  elementType,
  isInteger,
  isReference,
  isSigned,
  type ScalarType,
  type Value,
  type ViewKind,
} from '../../ir/types.ts';
import { skipParentheses } from '../conditions.ts';
import { convert, isPresent } from '../convert.ts';
import { callback, type Callable } from '../functions/callable.ts';
import {
  byFunction,
  byIndex,
  byText,
  byWord,
  callSort,
  comparisonOf,
  fromWord,
  toWord,
  type Comparison,
} from '../functions/comparisons.ts';
import type { Lowering } from '../lowering.ts';
import { valueOperand, type Operand } from '../operands.ts';
import { forEachElement, sequenceOf, type Sequence } from '../sequences.ts';
import { callLibrary, copied, madeByLibrary, type ListCall } from './list-methods.ts';
import { toText } from './text.ts';

/** The function that an array is sorted by, which is evaluated; undefined for none. */
function comparator(l: Lowering, [node]: readonly Node[]): Callable | undefined {
  if (!node || skipParentheses(node).getText() === 'undefined') return undefined;
  const checker = l.module.reading.program.getTypeChecker();
  const type = l.typeOf(node);
  if (checker.getNonNullableType(type) === type || type.flags & ts.TypeFlags.Never)
    return callback(l, node);
  const source = node.getText();
  return l.unsupported(node, {
    what: `\`${source}\`, which may be undefined, as what an array is sorted by`,
    why: 'Whether there is a function decides how the array is sorted.',
    rewrite: `An \`if (${source})\` around two calls, one of them without it.`,
  });
}

/** Runs code if a list has two elements at least, which is the least that has an order. */
const ifSeveral = (l: Lowering, length: Value, run: () => void): void =>
  l.b.if(l.b.op('gt', [length, l.b.const('i64', 1n)]), run);

export function sortList(l: Lowering, call: ListCall): Operand {
  const callable = comparator(l, call.args);
  l.at(call.node);
  ifSeveral(l, l.b.op('list.length', [call.list]), () =>
    callLibrary(l, 'overwrite', call, [sorted(l, call, callable)]),
  );
  return valueOperand(call.list);
}

export function toSortedList(l: Lowering, call: ListCall): Operand {
  const callable = comparator(l, call.args);
  l.at(call.node);
  return valueOperand(sorted(l, call, callable));
}

/** A new list of the elements in order. */
function sorted(l: Lowering, call: ListCall, callable: Callable | undefined): Value {
  const { element, node } = call;
  const copy = copied(l, call).value;
  if (callable && !isReference(element.type)) {
    const by = byFunction(l, callable, element, node);
    callSort(l, 'timSort', element.type, [copy], by, comparisonOf(l, element.type, by, 'lt'));
    return copy;
  }
  // What is no number stays where it is while its index is sorted, so that no references are counted.
  const comparison = callable
    ? byIndex(copy, byFunction(l, callable, element, node))
    : byIndex(textsOf(l, copy, call), byText);
  const order = l.b.op('list.new', [l.b.op('list.length', [copy])], 'list.i32');
  const missing = element.undefined ? l.b.op('list.new', [l.b.const('i64', 0n)], 'list.i32') : null;
  forEachElement(l, elementsOf(l, copy), (operand, index) => {
    const place = l.b.op('conv', [index], 'i32');
    const add = (): void => l.b.effect('list.push', [order, place]);
    if (operand.kind !== 'optional' || !missing) return add();
    l.b.if(isPresent(l, operand.tag), add, () => l.b.effect('list.push', [missing, place]));
  });
  callSort(l, 'timSort', 'i32', [order], comparison, comparisonOf(l, 'i32', comparison, 'lt'));
  // ECMA-262 23.1.3.30.2: what is undefined comes last, and isn't compared.
  if (missing) callLibrary(l, 'append', { list: order }, [missing]);
  return madeByLibrary(l, 'arranged', { ...call, list: copy }, [order]);
}

function elementsOf(l: Lowering, list: Value): Sequence {
  const sequence = sequenceOf(l, list);
  if (!sequence) throw new Error('a list is a sequence');
  return sequence;
}

/** The strings that elements are compared as where nothing else is said. */
function textsOf(l: Lowering, list: Value, { element, node }: ListCall): Value {
  if (element.type === 'str' && storageOf(element) === 'plain') return list;
  const texts = l.b.op('list.new', [l.b.op('list.length', [list])], 'list.str');
  forEachElement(l, elementsOf(l, list), (operand) =>
    l.b.effect('list.push', [texts, toText(l, { operand, node })]),
  );
  return texts;
}

/** A call of a method of a typed array. */
interface ViewCall {
  readonly array: Value;
  readonly kind: ViewKind;
  readonly args: readonly Node[];
  readonly node: Node;
}

export function sortView(l: Lowering, call: ViewCall): Operand {
  const callable = comparator(l, call.args);
  l.at(call.node);
  sortInto(l, call, callable, call.array);
  return valueOperand(call.array);
}

export function toSortedView(l: Lowering, call: ViewCall): Operand {
  const callable = comparator(l, call.args);
  l.at(call.node);
  const made = copyOfView(l, call);
  sortInto(l, { ...call, array: made }, callable, made);
  return valueOperand(made);
}

/** A copy of a typed array, which is a Uint8Array for a Buffer (ECMA-262 23.2.4.1). */
export function copyOfView(l: Lowering, { array, kind }: Pick<ViewCall, 'array' | 'kind'>): Value {
  const length = l.b.op('view.length', [array]);
  const made = l.b.op('view.new', [length], kind === 'buffer' ? 'view.u8' : `view.${kind}`);
  const start = l.b.const('i64', 0n);
  l.b.effect('view.move', [made, start, array, start, length]);
  return made;
}

function sortInto(
  l: Lowering,
  { array, kind, node }: ViewCall,
  callable: Callable | undefined,
  target: Value,
): void {
  const length = l.b.op('view.length', [array]);
  const type = elementType(kind);
  ifSeveral(l, length, () => {
    if (!callable) return sortByValue(l, target, type);
    mergeSort(l, target, type, byFunction(l, callable, only(type), node));
  });
}

function mergeSort(l: Lowering, array: Value, type: ScalarType, by: Comparison): void {
  const length = l.b.op('view.length', [array]);
  const [source, target] = [0, 1].map(() => l.b.op('view.new', [length], 'view.u64'));
  if (!source || !target) throw new Error('there are two arrays');
  eachIndex(l, length, (index) => {
    const word = toWord(l, l.b.op('view.load', [array, index], type));
    for (const words of [source, target]) l.b.effect('view.store', [words, index, word]);
  });
  const bounds = [
    l.b.const('i32', 0),
    l.b.op('check.range', [length], 'i32', { subject: 'length' }),
  ];
  const words = byWord(type, by);
  const comparison = comparisonOf(l, 'u64', words, 'gt');
  callSort(l, 'mergeSort', 'u64', [source, target, ...bounds], words, comparison);
  eachIndex(l, length, (index) => {
    const word = l.b.op('view.load', [target, index], 'u64');
    l.b.effect('view.store', [array, index, fromWord(l, word, type)]);
  });
}

/** Sorts numbers by their value, −0 before 0 and NaN last: as unsigned integers in the same order. */
function sortByValue(l: Lowering, array: Value, type: ScalarType): void {
  const length = l.b.op('view.length', [array]);
  const keys = l.b.op('view.new', [length], 'view.u64');
  eachIndex(l, length, (index) => {
    const element = l.b.op('view.load', [array, index], type);
    l.b.effect('view.store', [keys, index, keyOf(l, element, type)]);
  });
  l.b.call('std.sortKeys', [keys, l.b.const('i32', bitWidth(type) / 8)], []);
  eachIndex(l, length, (index) => {
    const key = l.b.op('view.load', [keys, index], 'u64');
    l.b.effect('view.store', [array, index, fromKey(l, key, type)]);
  });
}

const unsigned = (type: ScalarType): 'u8' | 'u16' | 'u32' | 'u64' =>
  `u${bitWidth(type)}` as ReturnType<typeof unsigned>;

/** An integer as wide as the number, which is above those of lesser numbers. */
export function keyOf(l: Lowering, value: Value, type: ScalarType): Value {
  const word = unsigned(type);
  if (isInteger(type)) {
    const raw = convert(l, value, word);
    const key = isSigned(type) ? l.b.op('xor', [raw, signBit(l, word)]) : raw;
    return convert(l, key, 'u64');
  }
  // All bits of negative numbers are turned, and the sign of the others.
  const raw = l.b.op('bits', [value], word);
  const isNegative = l.b.op('ge', [raw, signBit(l, word)]);
  const turned = l.b.op('select', [
    isNegative,
    l.b.op('not', [raw]),
    l.b.op('xor', [raw, signBit(l, word)]),
  ]);
  const isNumber = l.b.op('eq', [value, value]);
  const last = constantOf(l, word, 2n ** BigInt(bitWidth(type)) - 1n);
  return convert(l, l.b.op('select', [isNumber, turned, last]), 'u64');
}

/** The number of such an integer. */
export function fromKey(l: Lowering, key: Value, type: ScalarType): Value {
  const word = unsigned(type);
  const raw = convert(l, key, word);
  if (isInteger(type)) {
    const own = isSigned(type) ? l.b.op('xor', [raw, signBit(l, word)]) : raw;
    return convert(l, own, type);
  }
  const isPositive = l.b.op('ge', [raw, signBit(l, word)]);
  const turned = l.b.op('select', [
    isPositive,
    l.b.op('xor', [raw, signBit(l, word)]),
    l.b.op('not', [raw]),
  ]);
  return l.b.op('bits', [turned], type);
}

const signBit = (l: Lowering, type: ReturnType<typeof unsigned>): Value =>
  constantOf(l, type, 2n ** BigInt(bitWidth(type) - 1));

const constantOf = (l: Lowering, type: ReturnType<typeof unsigned>, value: bigint): Value =>
  l.b.const(type, type === 'u64' ? value : Number(value));

function eachIndex(l: Lowering, length: Value, run: (index: Value) => void): void {
  forEachElement(l, { length: () => length, load: (index) => valueOperand(index) }, (_, index) =>
    run(index),
  );
}
