/**
 * `parallel.scan`: each piece of the range is combined by itself; then the last elements of the pieces, one after the
 * other; then the other elements of each piece with the last one before the piece. A result is stored, and so has the
 * type of an element, before it is combined again.
 */
import type { CallExpression, Node } from '../../ts-morph.ts';
import { elementType, type ElementKind, type Value } from '../../ir/types.ts';
import { toElement } from '../convert.ts';
import type { Lowering } from '../lowering.ts';
import { valueOperand, type Operand } from '../operands.ts';
import { bodyOf, call, indexType, type Checked, type IndexType } from './bodies.ts';
import { bordersOf, checkedCount, countOf, eachOf, piecesOf } from './counts.ts';
import { numbersOf } from './numbers.ts';
import { region } from './region.ts';

/** A scan being lowered. */
interface Scan {
  readonly node: CallExpression;
  /** The result. */
  readonly made: Value;
  readonly kind: ElementKind;
  readonly total: Value;
  readonly combiner: Checked;
  readonly combining: Node;
}

/** `parallel.scan(array, combine)` and `parallel.scan(count, value, combine)`. */
export function lowerScan(l: Lowering, node: CallExpression): Operand {
  const [first, second, third] = node.getArguments();
  if (!first || !second) return l.refuse(undefined);
  return third ? scanOfCount(l, node, [first, second, third]) : scanOfArray(l, node, first, second);
}

function scanOfArray(l: Lowering, node: CallExpression, source: Node, combining: Node): Operand {
  const { array, kind } = numbersOf(l, source, node);
  const combiner = bodyOf(l, combining, node, undefined);
  l.at(node);
  const total = l.b.op('view.length', [array]);
  const made = l.b.op('view.new', [total], array.type);
  const scan = { node, made, kind, total, combiner, combining };
  scanned(l, scan, { bodies: [], given: [array], index: 'f64' }, (p, _, number, [given]) => {
    if (!given) throw new Error('a region has what it is given');
    return valueOperand(p.b.op('view.load', [given, number], elementType(kind)));
  });
  return valueOperand(made);
}

function scanOfCount(
  l: Lowering,
  node: CallExpression,
  [count, value, combining]: readonly [Node, Node, Node],
): Operand {
  const counted = countOf(l, count, node);
  const body = bodyOf(l, value, node, 0);
  const combiner = bodyOf(l, combining, node, undefined);
  const index = indexType(l, body, 0);
  const total = checkedCount(l, counted, index, node);
  const made = l.b.op('view.new', [total], 'view.f64');
  const scan = { node, made, kind: 'f64', total, combiner, combining } as const;
  scanned(l, scan, { bodies: [body], given: [], index }, (p, at) => call(p, body, [at], node));
  return valueOperand(made);
}

function scanned(
  l: Lowering,
  { node, made, kind, total, combiner, combining }: Scan,
  source: {
    readonly bodies: readonly Checked[];
    readonly given: readonly Value[];
    readonly index: IndexType;
  },
  valueAt: (p: Lowering, at: Operand, number: Value, given: readonly Value[]) => Operand,
): void {
  const type = elementType(kind);
  const pieces = piecesOf(l, total);
  const load = (p: Lowering, array: Value, at: Value): Value =>
    p.b.op('view.load', [array, at], type);
  /** Stores an element, and gives it as it is then. */
  const store = (p: Lowering, array: Value, at: Value, operand: Operand): Value => {
    const element = toElement(p, operand, kind, combining);
    p.b.effect('view.store', [array, at, element]);
    return element;
  };
  const combine = (p: Lowering, a: Value, b: Operand): Operand =>
    call(p, combiner, [valueOperand(a), b], node);
  const before = (p: Lowering, at: Value): Value => p.b.op('sub', [at, p.b.const('i64', 1n)]);

  const bodies = [combiner, ...source.bodies];
  const given = [made, total, pieces] as const;
  const all = [...given, ...source.given] as const;
  const parts = { bodies, count: pieces, given: all, iterations: total };
  region(l, node, parts, (p, from, to, [array, all, count, ...more]) => {
    // What has been combined stays in a register: memory would take longer than most functions do.
    const combined = p.b.local('combined', type);
    const put = (operand: Operand, at: Value): void =>
      p.b.set(combined, store(p, array, at, operand));
    eachOf(p, from, to, 'f64', (_, piece) => {
      const [first, end] = bordersOf(p, piece, all, count);
      eachOf(p, first, end, source.index, (at, number) => {
        const value = valueAt(p, at, number, more);
        p.b.if(
          p.b.op('eq', [number, first]),
          () => put(value, number),
          () => put(combine(p, p.b.get(combined), value), number),
        );
      });
    });
  });
  const second = l.b.const('i64', 1n);
  eachOf(l, second, pieces, 'f64', (_, piece) => {
    const [first, end] = bordersOf(l, piece, total, pieces);
    const last = before(l, end);
    store(
      l,
      made,
      last,
      combine(l, load(l, made, before(l, first)), valueOperand(load(l, made, last))),
    );
  });
  region(
    l,
    node,
    { bodies: [combiner], count: pieces, given },
    (p, from, to, [array, all, count]) => {
      eachOf(p, from, to, 'f64', (_, piece) => {
        const [first, end] = bordersOf(p, piece, all, count);
        p.b.if(p.b.op('gt', [first, p.b.const('i64', 0n)]), () => {
          const combined = load(p, array, before(p, first));
          eachOf(p, first, before(p, end), 'f64', (_at, number) =>
            store(p, array, number, combine(p, combined, valueOperand(load(p, array, number)))),
          );
        });
      });
    },
  );
}
