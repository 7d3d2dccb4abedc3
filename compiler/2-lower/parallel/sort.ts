/**
 * `parallel.sort`. By a function: pieces of the array are sorted, and then merged in rounds, each of which is divided
 * again (`runtime/std/merge-sort.ts`). By value: by their digits, which each piece counts and moves for itself
 * (`runtime/std/sort-keys.ts`). The array itself is written when all is done.
 */
import type { CallExpression, Node } from '../../ts-morph.ts';
import { unwrapped } from '../../1-read/function-nodes.ts';
import { only } from '../../1-read/hint-types.ts';
import { bitWidth, elementType, type Value } from '../../ir/types.ts';
import { leastSorted, mostSorted } from '../../../runtime/parallel.ts';
import { skipParentheses } from '../conditions.ts';
import { convert } from '../convert.ts';
import { fromKey, keyOf } from '../expressions/sort.ts';
import {
  byFunction,
  byWord,
  callSort,
  comparisonOf,
  fromWord,
  toWord,
  type Comparison,
} from '../functions/comparisons.ts';
import { Lifted } from '../functions/lifted.ts';
import type { Lowering } from '../lowering.ts';
import { valueOperand, type Operand } from '../operands.ts';
import { bodyOf, type Checked } from './bodies.ts';
import { eachOf } from './counts.ts';
import { numbersOf, type Numbers } from './numbers.ts';
import { region } from './region.ts';

/** A sort being lowered. */
interface Sort extends Numbers {
  readonly node: CallExpression;
  readonly length: Value;
  /** How many pieces there are, as an i32. */
  readonly pieces: Value;
}

export function lowerSort(l: Lowering, node: CallExpression): Operand {
  const [source, comparing] = node.getArguments();
  if (!source) return l.refuse(undefined);
  const numbers = numbersOf(l, source, node);
  const isNone = !comparing || isUndefined(comparing);
  const body = isNone ? undefined : bodyOf(l, comparing, node, undefined);
  l.at(node);
  const { array } = numbers;
  const length = l.b.op('view.length', [array]);
  l.b.if(l.b.op('gt', [length, l.b.const('i64', 1n)]), () => {
    l.b.op('check.range', [length], 'i32', { subject: 'length' });
    const sort = { ...numbers, node, length, pieces: piecesOf(l, length) };
    if (body) sortBy(l, sort, body);
    else sortByValue(l, sort);
  });
  return valueOperand(array);
}

const isUndefined = (node: Node): boolean => skipParentheses(node).getText() === 'undefined';

/** How many pieces an array is sorted in. */
function piecesOf(l: Lowering, length: Value): Value {
  const count = l.b.op('div', [length, l.b.const('i64', BigInt(leastSorted))]);
  const [least, most] = [1n, BigInt(mostSorted)].map((end) => l.b.const('i64', end));
  if (!least || !most) throw new Error('there are two ends');
  const some = l.b.op('select', [l.b.op('lt', [count, least]), least, count]);
  return l.b.op('conv', [l.b.op('select', [l.b.op('gt', [some, most]), most, some])], 'i32');
}

/** Runs code for each element, on several threads. */
function eachElement<const G extends readonly Value[]>(
  l: Lowering,
  { node, length }: Sort,
  given: G,
  run: (p: Lowering, index: Value, given: G) => void,
): void {
  region(l, node, { bodies: [], count: length, given }, (p, from, to, own) =>
    eachOf(p, from, to, 'f64', (_, index) => run(p, index, own)),
  );
}

/** Calls a function of the library for each piece, on several threads; it gets the number of pieces too. */
function eachPiece<const G extends readonly Value[]>(
  l: Lowering,
  { node, pieces }: Sort,
  { library, given, bodies = [] }: Pieces<G>,
  run: (p: Lowering, piece: Value, given: G, count: Value) => void,
): void {
  const count = convert(l, pieces, 'i64');
  const parts = { bodies, count, given: [pieces, ...given] as const, library: [library] };
  region(l, node, parts, (p, from, to, [all, ...own]) =>
    eachOf(p, from, to, 'f64', (_, piece) =>
      // Safe: they are those that are given.
      run(p, convert(p, piece, 'i32'), own as readonly Value[] as G, all),
    ),
  );
}

interface Pieces<G extends readonly Value[]> {
  readonly library: string;
  readonly given: G;
  readonly bodies?: readonly Checked[];
}

/** Two arrays that change places each round. */
interface Rounds {
  /** What has been sorted so far. */
  readonly sorted: string;
  readonly room: string;
}

function roundsOf(l: Lowering, sorted: Value, room: Value): Rounds {
  const [first, second] = [sorted, room].map((words) => {
    const local = l.b.local('words', 'view.u64');
    l.b.set(local, words);
    return local;
  });
  if (first === undefined || second === undefined) throw new Error('there are two arrays');
  return { sorted: first, room: second };
}

function swap(l: Lowering, { sorted, room }: Rounds): void {
  const [a, b] = [l.b.get(sorted), l.b.get(room)];
  l.b.set(sorted, b);
  l.b.set(room, a);
}

function sortBy(l: Lowering, sort: Sort, body: Checked): void {
  const { array, kind, node, length, pieces } = sort;
  const type = elementType(kind);
  const { variable } = body.callable;
  const signature = { params: [only(type), only(type)], result: only('f64') };
  // What only stands here runs only now.
  if (node.getArguments().some((argument) => unwrapped(argument) === body.fn))
    Lifted.of(variable, signature, true);
  const by = (at: Lowering): Comparison =>
    byWord(type, byFunction(at, body.callable, only(type), node));
  const comparison = comparisonOf(l, 'u64', by(l), 'gt');
  const made = (): Value => l.b.op('view.new', [length], 'view.u64');
  const [source, target] = [made(), made()];
  eachElement(l, sort, [array, source, target], (p, index, [from, ...words]) => {
    const word = toWord(p, p.b.op('view.load', [from, index], type));
    for (const one of words) p.b.effect('view.store', [one, index, word]);
  });
  const bodies = [body];
  const sorting = { library: 'std.sort.sortPiece', given: [source, target] as const, bodies };
  eachPiece(l, sort, sorting, (p, piece, [from, to], count) => {
    callSort(p, 'sortPiece', 'u64', [from, to, piece, count], by(p), comparison);
  });
  const rounds = roundsOf(l, target, source);
  const splits = l.b.op('view.new', [l.b.const('i64', BigInt(mostSorted))], 'view.i32');
  const width = l.b.local('width', 'i32');
  const label = l.b.label('rounds');
  l.b.set(width, l.b.const('i32', 1));
  l.b.loop(label, () => {
    const wide = l.b.get(width);
    l.b.if(l.b.op('ge', [wide, pieces]), () => l.b.break(label));
    const words = [l.b.get(rounds.sorted), l.b.get(rounds.room)] as const;
    callSort(l, 'splitMerges', 'u64', [words[0], splits, wide, pieces], by(l), comparison);
    const merging = {
      library: 'std.sort.mergePiece',
      given: [...words, splits, wide] as const,
      bodies,
    };
    eachPiece(l, sort, merging, (p, piece, [from, to, ends, run], count) => {
      const args = [from, to, ends, run, piece, count];
      callSort(p, 'mergePiece', 'u64', args, by(p), comparison);
    });
    swap(l, rounds);
    l.b.set(width, l.b.op('add', [wide, wide]));
  });
  const sorted = l.b.get(rounds.sorted);
  eachElement(l, sort, [array, sorted], (p, index, [to, from]) => {
    const word = p.b.op('view.load', [from, index], 'u64');
    p.b.effect('view.store', [to, index, fromWord(p, word, type)]);
  });
}

function sortByValue(l: Lowering, sort: Sort): void {
  const { array, kind, length, pieces } = sort;
  const type = elementType(kind);
  const keys = l.b.op('view.new', [length], 'view.u64');
  eachElement(l, sort, [array, keys], (p, index, [from, to]) => {
    const key = keyOf(p, p.b.op('view.load', [from, index], type), type);
    p.b.effect('view.store', [to, index, key]);
  });
  const sorted = l.b.local('sorted', 'view.u64');
  l.b.set(sorted, keys);
  const places = bitWidth(type) / 8;
  l.b.if(
    l.b.op('gt', [pieces, l.b.const('i32', 1)]),
    () => l.b.set(sorted, sortDigits(l, sort, keys, places)),
    () => void l.b.call('std.sortKeys', [keys, l.b.const('i32', places)], []),
  );
  eachElement(l, sort, [array, l.b.get(sorted)], (p, index, [to, from]) => {
    const key = p.b.op('view.load', [from, index], 'u64');
    p.b.effect('view.store', [to, index, fromKey(p, key, type)]);
  });
}

/** Sorts keys by their digits of so many places. @returns where they are then */
function sortDigits(l: Lowering, sort: Sort, keys: Value, places: number): Value {
  const { length, pieces } = sort;
  const rounds = roundsOf(l, keys, l.b.op('view.new', [length], 'view.u64'));
  const buckets = l.b.const('i64', BigInt(mostSorted * 256));
  const starts = l.b.op('view.new', [buckets], 'view.i32');
  const place = l.b.local('place', 'i32');
  const label = l.b.label('places');
  l.b.set(place, l.b.const('i32', 0));
  l.b.loop(label, () => {
    const digit = l.b.get(place);
    l.b.if(l.b.op('ge', [digit, l.b.const('i32', places)]), () => l.b.break(label));
    const words = [l.b.get(rounds.sorted), l.b.get(rounds.room)] as const;
    const counting = { library: 'std.countKeys', given: [words[0], starts, digit] as const };
    eachPiece(l, sort, counting, (p, piece, [from, counts, own], count) => {
      p.b.call('std.countKeys', [from, counts, piece, count, own], []);
    });
    const total = convert(l, length, 'f64');
    const [isOne] = l.b.call('std.startKeys', [starts, pieces, total], ['bool']);
    if (!isOne) throw new Error('it has a result');
    l.b.if(l.b.op('not', [isOne]), () => {
      const moving = { library: 'std.moveKeys', given: [...words, starts, digit] as const };
      eachPiece(l, sort, moving, (p, piece, [from, to, begins, own], count) => {
        p.b.call('std.moveKeys', [from, to, begins, piece, count, own], []);
      });
      swap(l, rounds);
    });
    l.b.set(place, l.b.op('add', [digit, l.b.const('i32', 1)]));
  });
  return l.b.get(rounds.sorted);
}
