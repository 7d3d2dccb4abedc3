/**
 * Whether iterations of a parallel loop could touch the same memory: what its body writes besides its own
 * variables must be elements of arrays at indices that no other iteration has, and those arrays must not be
 * used in another way.
 */
import { Node, type ts } from '../../ts-morph.ts';
import { placeOf } from '../../1-read/places.ts';
import { codes } from '../../diagnostics/codes.ts';
import type { Diagnostic } from '../../diagnostics/types.ts';
import type { InnerFunction } from '../functions/frame.ts';
import { meaningOf } from '../mentions.ts';
import { sourceOf } from '../refusals.ts';
import { accessOf, nameOf, writtenArrays, type Access } from './accesses.ts';
import { apart, mayRound, type Guards, type Sum } from './affine.ts';
import { atomicUses, whereOrderTells, type AtomicUse } from './atomics.ts';
import { Iteration } from './iteration.ts';
import { sharedArray, sharedElement, sharedVariable } from './race-errors.ts';
import { readsLength, Sums } from './sums.ts';

/** What is known of a body that has no races. */
export interface Body {
  /** The arrays from outside that it writes, each with a use of it. */
  readonly written: ReadonlyMap<ts.Symbol, Node>;
  /** What must be whole numbers above 0. */
  readonly guards: Guards;
  /** The indices that must be computed without rounding: all of their products together stay small. */
  readonly exact: readonly Sum[];
}

/**
 * @param index which of its parameters is the number of the iteration; undefined where none is
 * @returns what is wrong where iterations could touch the same memory
 */
export function checkRaces(fn: InnerFunction, index: number | undefined): Body | Diagnostic {
  return check(new Iteration(fn, index === undefined ? undefined : fn.getParameters()[index]));
}

/**
 * The same of the body of a plain loop, as if it were that of a parallel one.
 * @param counter the declaration of the number of the iteration
 */
export const checkLoop = (body: Node, counter: Node): Body | Diagnostic =>
  check(new Iteration(body, counter));

function check(iteration: Iteration): Body | Diagnostic {
  const shared = iteration.sharedVariable();
  if (shared) return sharedVariable(iteration, shared);
  const arrays = writtenArrays(iteration);
  if ('code' in arrays) return arrays;
  const changed = atomicArrays(iteration);
  if ('code' in changed) return changed;
  const sums = new Sums(iteration);
  const written = new Map<ts.Symbol, Node>();
  const guards: Node[] = [];
  const exact: Sum[] = [];
  for (const symbol of arrays) {
    const accesses: Access[] = [];
    for (const use of iteration.usesOf(symbol)) {
      const access = accessOf(use, iteration, sums);
      if (access) accesses.push(access);
      else if (!readsLength(use))
        return sharedArray(symbol, accesses.find(({ isWrite }) => isWrite)?.node, use);
    }
    const indices = accesses.map(({ sum }) => sum);
    const needed = apart(indices);
    if (!needed) return sharedElement(iteration, accesses);
    guards.push(...needed);
    exact.push(...indices.filter((sum) => sum !== undefined).filter(mayRound));
    written.set(symbol, nameOf(accesses[0]));
  }
  return { written: new Map([...written, ...changed]), guards, exact };
}

/** The arrays from outside that `Atomics` changes, each with a use of it; what is wrong where the order tells. */
function atomicArrays(iteration: Iteration): Map<ts.Symbol, Node> | Diagnostic {
  const arrays = new Map<ts.Symbol, AtomicUse[]>();
  for (const use of atomicUses(iteration.code)) {
    if (iteration.makes(use.array)) continue;
    const symbol = Node.isIdentifier(use.array) ? meaningOf(use.array) : undefined;
    if (!symbol || iteration.isOwn(symbol))
      return codes.sharedPlace(placeOf(use.call), { target: sourceOf(use.array) });
    arrays.set(symbol, [...(arrays.get(symbol) ?? []), use]);
  }
  const changed = new Map<ts.Symbol, Node>();
  for (const [symbol, own] of arrays) {
    const [first] = own;
    if (!first || own.every(({ name }) => name === 'load')) continue;
    const other = iteration
      .usesOf(symbol)
      .find((name) => !readsLength(name) && own.every(({ array }) => array !== name));
    if (other) return sharedArray(symbol, first.call, other);
    const ordered = whereOrderTells(own, iteration.code);
    if (ordered) return ordered;
    changed.set(symbol, first.array);
  }
  return changed;
}
