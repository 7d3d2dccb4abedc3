/**
 * Hints as types of TypeScript's checker. To it an `i32` is a `number`; where a hint is the argument of a
 * type parameter, as in `Heap<i32>`, a number type that only tsnative tells apart stands for it, and goes
 * through the checker's instantiation.
 */
import { ts } from '../ts-morph.ts';
import type { ScalarType } from '../ir/types.ts';

/** Higher than the ids of all types that the checker makes. */
const firstId = 2 ** 40;

const markers = new WeakMap<ts.TypeChecker, Map<ScalarType, ts.Type>>();
const hints = new WeakMap<ts.Type, ScalarType>();
let made = 0;

/** The type that stands for a hint; `number` and `boolean` for those that say no more. */
export function markerOf(hint: ScalarType, checker: ts.TypeChecker): ts.Type {
  if (hint === 'bool') return checker.getBooleanType();
  if (hint === 'f64') return checker.getNumberType();
  const known = markers.get(checker) ?? new Map<ScalarType, ts.Type>();
  markers.set(checker, known);
  const marker = known.get(hint) ?? makeMarker(hint, checker);
  known.set(hint, marker);
  return marker;
}

function makeMarker(hint: ScalarType, checker: ts.TypeChecker): ts.Type {
  const base = /64$/.test(hint) ? checker.getBigIntType() : checker.getNumberType();
  const prototype = Object.getPrototypeOf(base) as object;
  const marker = Object.assign(Object.create(prototype) as object, base, {
    id: firstId + made++,
  }) as ts.Type;
  hints.set(marker, hint);
  return marker;
}

/** The hint that a type stands for. */
export const hintOfMarker = (type: ts.Type): ScalarType | undefined => hints.get(type);
