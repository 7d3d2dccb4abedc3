/**
 * `parallel.for`, `sum`, `reduce` and `map`: loops whose iterations may run at the same time. The body of each
 * becomes a function that runs a part of the range, in order, and the `parallel` operation calls that for all parts.
 * Reductions add up in a tree that depends on the count alone, as the JavaScript in runtime/parallel.ts does.
 */
import { Node, type CallExpression } from '../../ts-morph.ts';
import { only } from '../../1-read/hint-types.ts';
import type { NativeFunction } from '../../1-read/model.ts';
import { spanOf } from '../../1-read/places.ts';
import {
  elementType,
  isInteger,
  isView,
  integerBounds,
  viewKind,
  type IntegerType,
  type Value,
} from '../../ir/types.ts';
import { mostIterations, mostPieces } from '../../../runtime/parallel.ts';
import { convert, toElement, toF64 } from '../convert.ts';
import { lower } from '../expressions/index.ts';
import { nothing } from '../expressions/arguments.ts';
import type { Argument } from '../expressions/calls.ts';
import { callableOf, callWith, expectedHint, type Callable } from '../functions/callable.ts';
import { ignored } from '../functions/frame.ts';
import type { InnerFunction } from '../functions/frame.ts';
import { Lifted } from '../functions/lifted.ts';
import type { Lowering } from '../lowering.ts';
import { valueOperand, type Operand } from '../operands.ts';
import { sourceOf } from '../refusals.ts';
import type { Sum, Term } from './affine.ts';
import { checkRaces, type Body } from './races.ts';
import { givenName } from './regions.ts';

type InnerCallable = Extract<Callable, { kind: 'inner' }>;

type Lower = (l: Lowering, node: CallExpression) => Operand;

const functions: Readonly<Record<string, Lower>> = {
  for: lowerFor,
  sum: (l, node) => {
    const [count, value] = node.getArguments();
    if (!count || !value) return l.refuse(undefined);
    const counted = countOf(l, count, node);
    const body = bodyOf(l, value, node, 0);
    const sum = (at: Lowering, a: Value, b: Value): Value => at.b.op('add', [a, b]);
    return valueOperand(reduced(l, node, counted, body, { combine: sum, start: -0, others: [] }));
  },
  reduce: lowerReduce,
  map: lowerMap,
};

/** @param name which of the functions of `parallel` is called */
export function lowerParallel(l: Lowering, name: string, node: CallExpression): Operand {
  const found = Object.hasOwn(functions, name) ? functions[name] : undefined;
  // TypeScript refuses it too.
  if (!found) return l.refuse(undefined);
  return found(l, node);
}

function lowerFor(l: Lowering, node: CallExpression): Operand {
  const [count, work] = node.getArguments();
  if (!count || !work) return l.refuse(undefined);
  const counted = countOf(l, count, node);
  const body = bodyOf(l, work, node, 0);
  const total = checkedCount(l, counted, indexType(l, body, 0), node);
  region(l, node, body, total, [], (p, from, to) =>
    eachOf(p, from, to, indexType(p, body, 0), (index) => void call(p, body, [index], node, true)),
  );
  return nothing;
}

function lowerReduce(l: Lowering, node: CallExpression): Operand {
  const [count, initial, value, combining] = node.getArguments();
  if (!count || !initial || !value || !combining) return l.refuse(undefined);
  const counted = countOf(l, count, node);
  const start = toF64(l, lower(l, initial), initial);
  const body = bodyOf(l, value, node, 0);
  const combiner = bodyOf(l, combining, node, undefined);
  const combine = (at: Lowering, a: Value, b: Value): Value =>
    toF64(at, call(at, combiner, [valueOperand(a), valueOperand(b)], node), combining);
  const local = l.b.local('reduced', 'f64');
  l.b.set(local, start);
  const isAny = l.b.op('gt', [counted, l.constant('f64', 0)]);
  l.b.if(isAny, () => {
    const all = reduced(l, node, counted, body, { combine, start: undefined, others: [combiner] });
    l.b.set(local, combine(l, l.b.get(local), all));
  });
  return valueOperand(l.b.get(local));
}

/** `parallel.map(array, (x, i) => y)`: a new array of the same class. */
function lowerMap(l: Lowering, node: CallExpression): Operand {
  const [source, value] = node.getArguments();
  if (!source || !value) return l.refuse(undefined);
  const operand = lower(l, source);
  const array = operand.kind === 'value' ? operand.value : undefined;
  if (!array || !isView(array.type) || ['dataview', 'buffer'].includes(viewKind(array.type)))
    return l.unsupported(source, {
      what: 'parallel.map of what is no typed array',
      why: 'Its result is an array of the same class, whose elements are numbers.',
      rewrite: 'A typed array such as a Float64Array.',
    });
  const body = bodyOf(l, value, node, 1);
  const kind = viewKind(array.type);
  l.at(node);
  const length = l.b.op('view.length', [array]);
  const made = l.b.op('view.new', [length], array.type);
  const index = indexType(l, body, 1);
  const total = checkedCount(l, convert(l, length, 'f64'), index, node);
  region(l, node, body, total, [array, made], (p, from, to, [given, result]) => {
    if (!given || !result) throw new Error('a region has what it is given');
    eachOf(p, from, to, index, (at, number) => {
      const element = p.b.op('view.load', [given, number], elementType(kind));
      const mapped = call(p, body, [valueOperand(element), at], node);
      p.b.effect('view.store', [result, number, toElement(p, mapped, kind, value)]);
    });
  });
  return valueOperand(made);
}

/** A body with what is known of it. */
interface Checked extends Body {
  readonly callable: InnerCallable;
  readonly fn: InnerFunction;
}

/**
 * The function that an argument is, which has to be safe to be run by several threads.
 * @param index which of its parameters is the number of the iteration; undefined where none is
 */
function bodyOf(l: Lowering, node: Node, at: CallExpression, index: number | undefined): Checked {
  const callable = callableOf(l, node);
  if (callable?.kind !== 'inner')
    return l.unsupported(node, {
      what: `${at.getExpression().getText()} with a function that isn't written there`,
      why: 'What its iterations share must be seen to be sure that they have no races.',
      rewrite: `${at.getExpression().getText()}(count, (i) => { … })`,
    });
  const { fn } = callable.variable;
  const checked = checkRaces(fn, index);
  return 'code' in checked ? l.refuse(checked) : { ...checked, callable, fn };
}

/** A count as a number, which is evaluated here. */
function countOf(l: Lowering, node: Node, call: CallExpression): Value {
  const count = toF64(l, lower(l, node), node);
  l.at(call);
  return count;
}

type IndexType = Exclude<IntegerType, 'i64' | 'u64'> | 'f64';

/** The type of the parameter that is the number of the iteration: an integer by hint, or a double. */
function indexType(l: Lowering, { callable }: Checked, parameter: number): IndexType {
  const type = expectedHint(l, callable, parameter)?.type;
  return type !== undefined && isInteger(type) && type !== 'i64' && type !== 'u64' ? type : 'f64';
}

/** How many iterations a count stands for; RangeError where they are more than there can be. */
function checkedCount(l: Lowering, count: Value, index: IndexType, node: CallExpression): Value {
  const name = node.getExpression().getText();
  const most = l.constant('f64', mostIterations);
  l.b.if(l.b.op('gt', [count, most]), () =>
    l.b.throw('RangeError', [`a parallel loop has at most ${mostIterations} iterations`]),
  );
  if (isInteger(index)) {
    // The counter goes one further.
    const end = l.constant('f64', Number(integerBounds(index).max));
    l.b.if(l.b.op('gt', [count, end]), () =>
      l.b.failCheck('RangeError', [
        'the last of ',
        count,
        ` numbers of ${name} does not fit ${index}`,
      ]),
    );
  }
  const isAny = l.b.op('gt', [count, l.constant('f64', 0)]);
  const whole = l.b.op('ceil', [count]);
  return l.b.op('fptoint', [l.b.op('select', [isAny, whole, l.constant('f64', 0)])], 'i64');
}

/** Runs code for each number of a range. `number` is it as an index. */
function eachOf(
  p: Lowering,
  from: Value,
  to: Value,
  type: IndexType,
  body: (index: Operand, number: Value) => void,
): void {
  // Range analysis knows counters of the hinted type; the count has been checked.
  const own = type === 'f64' ? 'i64' : type;
  const attributes = type === 'f64' ? {} : { exact: true };
  const wide = (value: Value): Value =>
    type === 'f64' ? value : p.b.op('conv', [value], 'i64', attributes);
  const local = p.b.local('index', own);
  const label = p.b.label('each');
  p.b.set(local, type === 'f64' ? from : p.b.op('conv', [from], own, attributes));
  p.b.loop(label, () => {
    const index = p.b.get(local);
    const number = wide(index);
    p.b.if(p.b.op('ge', [number, to]), () => p.b.break(label));
    body(valueOperand(type === 'f64' ? p.b.op('conv', [index], 'f64') : index), number);
    p.b.set(local, p.b.op('add', [index, one(p, own)]));
  });
}

const one = (p: Lowering, type: IntegerType): Value => p.b.const(type, type === 'i64' ? 1n : 1);

function call(
  p: Lowering,
  { callable, fn }: Checked,
  operands: readonly Operand[],
  node: CallExpression,
  isIgnored = false,
): Operand {
  const args = operands.map((operand): Argument => ({ operand, node: fn }));
  return callWith(p, callable, args, isIgnored ? ignored : undefined, node);
}

interface Around {
  /** Functions besides the body that it calls. */
  readonly others?: readonly Checked[];
  /** How often the body is called, where the range is of something else. */
  readonly iterations?: Value;
}

/**
 * Writes a region.
 * @param given values that its pieces get besides what they capture
 * @param write writes the iterations `from` to before `to`
 */
function region(
  l: Lowering,
  node: CallExpression,
  body: Checked,
  count: Value,
  given: readonly Value[],
  write: (p: Lowering, from: Value, to: Value, given: readonly Value[]) => void,
  { others = [], iterations = count }: Around = {},
): void {
  const name = node.getExpression().getText();
  const native: NativeFunction = {
    ...l.root.native,
    id: l.root.idFor(name),
    name,
    node: body.fn,
    file: body.fn.getSourceFile(),
    params: [],
    result: only(undefined),
    tagged: false,
    span: spanOf(body.fn),
  };
  const guards = [
    ...body.guards.map((guard) => ({
      holds: isWhole(l, guard),
      why: `\`${sourceOf(guard)}\` is no whole number above 0`,
    })),
    ...body.exact.map((sum) => ({ holds: isSmall(l, sum, iterations) })),
  ];
  const lifted = new Lifted(
    l,
    native,
    (_, p) => {
      const [first, last] = [p.b.param('from', 'i64'), p.b.param('to', 'i64')];
      const own = given.map(({ type }, index) => p.b.param(`${givenName}${index}`, type));
      p.at(node);
      p.guarded(() => {
        write(p, first, last, own);
        p.b.return([]);
      });
    },
    true,
  );
  l.at(node);
  const nodes = l.b.detached(() =>
    l.b.parallel(native.id, count, [...given, ...lifted.capturedValues(l)]),
  );
  l.b.place(nodes);
  const [op] = nodes;
  if (op?.kind === 'op') lifted.note(l, op);
  const written = [body, ...others].flatMap((one) => [...one.written]);
  const globals = written.flatMap(([, use]) => {
    const constant = l.lookup(use) ? undefined : l.module.reading.resolveConstant(use);
    return constant && !('code' in constant) && constant.kind === 'global' ? [constant.id] : [];
  });
  l.module.requireRegion({
    piece: native.id,
    call: node,
    name,
    written: new Set(written.map(([symbol]) => symbol.name)),
    writtenGlobals: new Set(globals),
    guards,
  });
}

/** Whether all products of a sum together stay so small that nothing is rounded on the way. @param count of iterations */
function isSmall(l: Lowering, sum: Sum, count: Value): Value {
  const number = convert(l, count, 'f64');
  const sizeOf = (term: Term): Value =>
    term.factors.reduce(
      (product, { kind, end, node }) => {
        if (kind === 'index') return l.b.op('mul', [product, number]);
        const size =
          kind === 'counter' && end ? sizeOf(end) : l.b.op('abs', [toF64(l, lower(l, node), node)]);
        return l.b.op('mul', [product, size]);
      },
      l.constant('f64', Math.abs(term.coefficient)),
    );
  const all = sum.reduce((size, term) => l.b.op('add', [size, sizeOf(term)]), l.constant('f64', 0));
  return l.b.op('le', [all, l.constant('f64', 2 ** 52)]);
}

/** Whether a number is whole and above 0. */
function isWhole(l: Lowering, node: Node): Value {
  const value = toF64(l, lower(l, node), node);
  const isInteger = l.b.op('eq', [l.b.op('floor', [value]), value]);
  return l.b.op('and', [isInteger, l.b.op('ge', [value, l.constant('f64', 1)])]);
}

interface Reduction {
  combine(at: Lowering, a: Value, b: Value): Value;
  /** What each piece starts with; undefined for its first value. */
  readonly start: number | undefined;
  /** The functions besides the body that it calls. */
  readonly others: readonly Checked[];
}

/** The combined values of a range: those of its pieces first, in a tree. 0 where there is none. */
function reduced(
  l: Lowering,
  node: CallExpression,
  counted: Value,
  body: Checked,
  { combine, start, others }: Reduction,
): Value {
  const index = indexType(l, body, 0);
  const total = checkedCount(l, counted, index, node);
  const most = l.b.const('i64', BigInt(mostPieces));
  const pieces = l.b.op('select', [l.b.op('lt', [total, most]), total, most]);
  const partial = l.b.op('view.new', [pieces], 'view.f64');
  const write = (p: Lowering, from: Value, to: Value, given: readonly Value[]): void => {
    const [all, count, results] = given;
    if (!all || !count || !results) throw new Error('a region has what it is given');
    const value = p.b.local('value', 'f64');
    eachOf(p, from, to, 'f64', (_, piece) => {
      const border = (k: Value): Value => p.b.op('div', [p.b.op('mul', [k, all]), count]);
      const first = border(piece);
      const end = border(p.b.op('add', [piece, p.b.const('i64', 1n)]));
      if (start !== undefined) p.b.set(value, p.b.const('f64', start));
      eachOf(p, first, end, index, (at, number) => {
        const own = toF64(p, call(p, body, [at], node), body.fn);
        const join = (): void => p.b.set(value, combine(p, p.b.get(value), own));
        if (start !== undefined) return join();
        p.b.if(p.b.op('eq', [number, first]), () => p.b.set(value, own), join);
      });
      p.b.effect('view.store', [results, piece, p.b.get(value)]);
    });
  };
  region(l, node, body, pieces, [total, pieces, partial], write, { others, iterations: total });
  joinPairs(l, partial, pieces, combine);
  const result = l.b.local('result', 'f64');
  l.b.set(result, l.constant('f64', 0));
  const zero = l.b.const('i64', 0n);
  l.b.if(l.b.op('gt', [pieces, zero]), () =>
    l.b.set(result, l.b.op('view.load', [partial, zero], 'f64')),
  );
  return l.b.get(result);
}

/** Combines values in pairs, in pairs of pairs and so on, into the first one. */
function joinPairs(l: Lowering, values: Value, count: Value, combine: Reduction['combine']): void {
  const [width, place] = [l.b.local('width', 'i64'), l.b.local('place', 'i64')];
  const [rounds, pairs] = [l.b.label('rounds'), l.b.label('pairs')];
  l.b.set(width, l.b.const('i64', 1n));
  l.b.loop(rounds, () => {
    const apart = l.b.get(width);
    l.b.if(l.b.op('ge', [apart, count]), () => l.b.break(rounds));
    const step = l.b.op('add', [apart, apart]);
    l.b.set(place, l.b.const('i64', 0n));
    l.b.loop(pairs, () => {
      const left = l.b.get(place);
      const right = l.b.op('add', [left, apart]);
      l.b.if(l.b.op('ge', [right, count]), () => l.b.break(pairs));
      const [a, b] = [left, right].map((at) => l.b.op('view.load', [values, at], 'f64'));
      if (a && b) l.b.effect('view.store', [values, left, combine(l, a, b)]);
      l.b.set(place, l.b.op('add', [left, step]));
    });
    l.b.set(width, step);
  });
}
