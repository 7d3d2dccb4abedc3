/**
 * Parameters that are plain numbers and used as sizes and indices are integers in nearly every call, and so are those
 * whose remainders and rounded quotients are computed in loops, or of what counts up to them.
 * Where that would make integers of what indices are computed from, the function's body is there twice:
 * for parameters that are integers of moderate size, and as it was for all others. One test at the
 * start chooses.
 *
 * "Moderate" keeps products exact, also those of sums of two: where up to d such numbers are multiplied,
 * each is at most 2^(52/d − 1).
 * Those that remainders are computed by are to be positive as well: remainders by zero are no integers.
 * That holds for hinted integers too, whose products of three would be beyond 2^53.
 */
import type { OpName } from '../ir/ops.ts';
import { wrap } from '../ir/scalars.ts';
import {
  isInteger,
  type IrFunction,
  type Node,
  type Operation,
  type ScalarType,
  type Value,
} from '../ir/types.ts';
import { countNodes, definitionsOf, regionsOf, replaceValues, walkOps } from '../ir/walk.ts';
import { carefulCopy } from './careful.ts';
import { factOfType, isSafeInteger, type Fact } from './facts.ts';
import type { Pass } from './pass.ts';
import { Prelude } from './versions/prelude.ts';

/** A longer body is not there twice. */
const maxOperations = 4000;

/** What a size may be, by how many of them are multiplied: −2^n … 2^n. */
const exponents = [31, 31, 25, 16, 12] as const;

export const specialize: Pass = (fn, { note, summaryOf }) => {
  if (countNodes(fn.body) > maxOperations) return false;
  const slice = new Slice(fn);
  const { params, degree } = slice.sizes();
  const exponent = exponents[degree];
  if (exponent === undefined) return false;
  const passed = summaryOf(fn.name)?.params;
  const tested = fn.params
    .map(({ value }, index) => ({ value, fact: passed?.[index] ?? factOfType(value.type) }))
    .filter(
      ({ value, fact }) => params.has(value.id) && isUncertain(value, fact, exponent, degree),
    );
  if (tested.length === 0) return false;
  choose(fn, tested, exponent, slice.divisors);
  const range = { lo: -(2 ** exponent), hi: 2 ** exponent };
  for (const { name, value } of fn.params)
    if (tested.some((each) => each.value === value))
      note?.({
        kind: 'type',
        span: fn.span,
        subject: name,
        type: 'i32',
        wanted: true,
        reason: { name: 'assumed', range },
      });
  return true;
};

/** A parameter, and what holds of it in all calls. */
interface Passed {
  readonly value: Value;
  readonly fact: Fact;
}

/** The ids of the parameters that sizes and indices in loops are made of. */
export const sizesIn = (fn: IrFunction): ReadonlySet<number> => new Slice(fn).sizes().params;

/** Whether a parameter may be what the test excludes. */
function isUncertain({ type }: Value, fact: Fact, exponent: number, degree: number): boolean {
  if (type === 'f64') return true;
  const isWide = type === 'i64' || type === 'u64';
  if (!isInteger(type)) return false;
  // Of wide integers only products need the test: sums of lengths are exact.
  if (isWide && (degree < 2 || !isSafeInteger(fact))) return false;
  return fact.lo < -(2 ** exponent) || fact.hi > 2 ** exponent;
}

/**
 * Puts the test and both bodies in the place of the body.
 * @param divisors the ids of those that something is divided by, which are to be positive
 */
function choose(
  fn: IrFunction,
  tested: readonly Passed[],
  exponent: number,
  divisors: ReadonlySet<number>,
): void {
  const { span } = fn;
  const [start, fast] = [new Prelude(fn, span), new Prelude(fn, span)];
  const instead = new Map<number, Value>();
  const tests = tested.flatMap(({ value: param, fact }) => {
    if (param.type !== 'f64') return within(start, param, fact, exponent);
    const integer = start.add('toint', [param], 'i32');
    // Compared by their bits: −0 is no integer.
    const bits = [param, start.add('conv', [integer], 'f64')].map((double) =>
      start.add('bits', [double], 'i64'),
    );
    instead.set(param.id, fast.add('conv', [integer], 'f64'));
    const positive = divisors.has(param.id)
      ? [start.add('gt', [integer, start.add('const', [], 'i32', { value: 0 })], 'bool')]
      : [];
    return [
      start.add('eq', bits, 'bool'),
      ...positive,
      ...within(start, integer, factOfType('i32'), exponent),
    ];
  });
  const condition = start.all(tests);
  if (!condition) return;
  const rename = (name: string): string => `${name}.careful`;
  const careful = carefulCopy(fn, fn.body, 'careful', rename);
  fn.locals = [...fn.locals, ...fn.locals.map(({ name, type }) => ({ name: rename(name), type }))];
  replaceValues(fn.body, instead);
  const then = [...fast.ops, ...fn.body];
  fn.body = [...start.ops, { kind: 'if', condition, then, else: careful, span }];
}

/** Tests that an integer with a fact is −2^exponent … 2^exponent. */
function within(start: Prelude, integer: Value, { lo, hi }: Fact, exponent: number): Value[] {
  const type = integer.type as ScalarType;
  const end = 2 ** exponent;
  const constant = (value: number): Value =>
    start.add('const', [], type, {
      value: isInteger(type) ? wrap(type, BigInt(value)) : value,
    });
  return [
    ...(lo < -end ? [start.add('ge', [integer, constant(-end)], 'bool')] : []),
    ...(hi > end ? [start.add('le', [integer, constant(end)], 'bool')] : []),
  ];
}

/** What is best given an integer, besides elements' indices. */
const wanted: ReadonlySet<OpName> = new Set<OpName>(['check.bounds', 'in.bounds', 'toint']);

/** Goes back from indices in loops to what they are made of. */
class Slice {
  /** The ids of parameters by which remainders are computed. */
  readonly divisors = new Set<number>();
  private readonly params: ReadonlySet<number>;
  private readonly definitions: ReadonlyMap<number, Operation>;
  private readonly sets = new Map<string, Value[]>();
  /** What is compared with reads of a local. */
  private readonly limits = new Map<string, Value[]>();
  private readonly indices: Value[] = [];
  private readonly seen = new Map<number, number>();

  constructor(fn: IrFunction) {
    this.params = new Set(fn.params.map(({ value }) => value.id));
    this.definitions = definitionsOf(fn.body);
    const append = (lists: Map<string, Value[]>, key: string, value: Value): void => {
      lists.set(key, [...(lists.get(key) ?? []), value]);
    };
    walkOps(fn.body, ({ op, args: [a, b], attributes: { local } }) => {
      if (!a) return;
      if (op === 'rem' && b && this.params.has(b.id)) this.divisors.add(b.id);
      if (op === 'local.set' && local !== undefined) append(this.sets, local, a);
      if (!b || (op !== 'lt' && op !== 'le' && op !== 'gt' && op !== 'ge')) return;
      for (const [x, limit] of [[a, b] as const, [b, a] as const]) {
        const read = this.definitions.get(x.id)?.attributes.local;
        if (read !== undefined) append(this.limits, read, limit);
      }
    });
    const collect = (nodes: readonly Node[], inLoop: boolean): void => {
      for (const node of nodes) {
        if (node.kind === 'op') {
          if (inLoop) this.indices.push(...this.indicesOf(node));
        } else
          for (const region of regionsOf(node)) collect(region, inLoop || node.kind === 'loop');
      }
    };
    collect(fn.body, false);
  }

  /** The operands of an operation that are best integers; remainders, rounded quotients and digits of doubles take long. Those of accesses have been checked, or are `fptoint`. */
  private indicesOf({ op, args: [a, index], attributes: { callee } }: Operation): readonly Value[] {
    if (wanted.has(op)) return a ? [a] : [];
    if (op === 'call') return a && callee === 'std.numberToString' ? [a] : [];
    if (op === 'rem') return a?.type === 'f64' && index ? [a, index] : [];
    if (op === 'floor' || op === 'trunc') {
      const division = a && this.definitions.get(a.id);
      return division?.op === 'div' && a?.type === 'f64' ? division.args : [];
    }
    const isAccess = op === 'view.load' || op === 'view.store';
    const made = isAccess && index ? this.definitions.get(index.id)?.op : undefined;
    return index && (made === 'fptoint' || made === 'conv') ? [index] : [];
  }

  /** The parameters that indices are made of, and how many numbers are multiplied at most. */
  sizes(): { readonly params: ReadonlySet<number>; readonly degree: number } {
    const degree = Math.max(0, ...this.indices.map((index) => this.degree(index)));
    return { params: new Set([...this.params].filter((id) => this.seen.has(id))), degree };
  }

  /** How many sizes are multiplied in a value; visits what it is made of. */
  private degree(value: Value): number {
    const known = this.seen.get(value.id);
    if (known !== undefined) return known;
    // What depends on itself is counted, not multiplied.
    this.seen.set(value.id, 0);
    const degree = this.find(value);
    this.seen.set(value.id, degree);
    return degree;
  }

  private find(value: Value): number {
    const op = this.definitions.get(value.id);
    const of = (values: readonly Value[]): number =>
      Math.max(0, ...values.map((part) => this.degree(part)));
    if (!op) return 1;
    const { args } = op;
    // Integers whatever the sizes are.
    if (op.attributes.exact) return 0;
    switch (op.op) {
      case 'const':
        return 0;
      case 'mul':
        return args.reduce((sum, arg) => sum + this.degree(arg), 0);
      case 'add':
      case 'sub':
      case 'min':
      case 'max':
      case 'neg':
      case 'abs':
      case 'floor':
      case 'ceil':
      case 'trunc':
      case 'conv':
      case 'check.range':
      case 'toint':
      case 'fptoint':
        return of(args);
      case 'div':
      case 'rem':
        return Math.max(of(args.slice(0, 1)), Math.min(1, of(args.slice(1))));
      case 'select':
        return of(args.slice(1));
      case 'local.get': {
        const { local = '' } = op.attributes;
        const values = [...(this.sets.get(local) ?? []), ...(this.limits.get(local) ?? [])];
        return Math.max(1, of(values));
      }
      default:
        return 1;
    }
  }
}
