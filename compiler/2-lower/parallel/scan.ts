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
import { bodyOf, call, indexType, type Checked } from './bodies.ts';
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
  scanned(l, scan, { bodies: [], given: [array] }, (p, from, to, [given], store) => {
    if (!given) throw new Error('a region has what it is given');
    eachOf(p, from, to, 'f64', (_, number) =>
      store(number, valueOperand(p.b.op('view.load', [given, number], elementType(kind)))),
    );
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
  scanned(l, scan, { bodies: [body], given: [] }, (p, from, to, _, store) =>
    eachOf(p, from, to, index, (at, number) => store(number, call(p, body, [at], node))),
  );
  return valueOperand(made);
}

function scanned(
  l: Lowering,
  { node, made, kind, total, combiner, combining }: Scan,
  source: { readonly bodies: readonly Checked[]; readonly given: readonly Value[] },
  /** Gives each element of a piece to `store`, in order. */
  each: (
    p: Lowering,
    from: Value,
    to: Value,
    given: readonly Value[],
    store: (at: Value, operand: Operand) => void,
  ) => void,
): void {
  const type = elementType(kind);
  const pieces = piecesOf(l, total);
  const load = (p: Lowering, array: Value, at: Value): Operand =>
    valueOperand(p.b.op('view.load', [array, at], type));
  const put = (p: Lowering, array: Value, at: Value, operand: Operand): void =>
    p.b.effect('view.store', [array, at, toElement(p, operand, kind, combining)]);
  const combine = (p: Lowering, array: Value, a: Value, b: Operand, to: Value): void =>
    put(p, array, to, call(p, combiner, [load(p, array, a), b], node));
  const before = (p: Lowering, at: Value): Value => p.b.op('sub', [at, p.b.const('i64', 1n)]);

  const bodies = [combiner, ...source.bodies];
  const given = [made, total, pieces];
  const parts = { bodies, count: pieces, given: [...given, ...source.given], iterations: total };
  region(l, node, parts, (p, from, to, [array, all, count, ...more]) => {
    if (!array || !all || !count) throw new Error('a region has what it is given');
    eachOf(p, from, to, 'f64', (_, piece) => {
      const [first, end] = bordersOf(p, piece, all, count);
      each(p, first, end, more, (at, operand) =>
        p.b.if(
          p.b.op('eq', [at, first]),
          () => put(p, array, at, operand),
          () => combine(p, array, before(p, at), operand, at),
        ),
      );
    });
  });
  const second = l.b.const('i64', 1n);
  eachOf(l, second, pieces, 'f64', (_, piece) => {
    const [first, end] = bordersOf(l, piece, total, pieces);
    const last = before(l, end);
    combine(l, made, before(l, first), load(l, made, last), last);
  });
  region(
    l,
    node,
    { bodies: [combiner], count: pieces, given },
    (p, from, to, [array, all, count]) => {
      if (!array || !all || !count) throw new Error('a region has what it is given');
      eachOf(p, from, to, 'f64', (_, piece) => {
        const [first, end] = bordersOf(p, piece, all, count);
        p.b.if(p.b.op('gt', [first, p.b.const('i64', 0n)]), () =>
          eachOf(p, first, before(p, end), 'f64', (_at, number) =>
            combine(p, array, before(p, first), load(p, array, number), number),
          ),
        );
      });
    },
  );
}
