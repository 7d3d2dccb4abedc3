/** Whether functions that run at the same time could touch the same memory, as far as their own source tells. */
import type { Node, ts } from '../../ts-morph.ts';
import { placeOf } from '../../1-read/places.ts';
import { codes } from '../../diagnostics/codes.ts';
import type { Diagnostic } from '../../diagnostics/types.ts';
import type { InnerFunction } from '../functions/frame.ts';
import { sourceOf } from '../refusals.ts';
import type { Body } from './races.ts';
import { arrayUses, type ArrayUse } from './array-uses.ts';

/** The arrays that functions hand on to others, each with a use of it. */
export interface HandedArrays {
  readonly arrays: ReadonlyMap<ts.Symbol, Node>;
  /** What is wrong if one of those others writes arrays. */
  readonly problem: Diagnostic | undefined;
}

export interface Invoked {
  /** One for each function. */
  readonly bodies: readonly Body[];
  readonly handed: HandedArrays;
}

/** @returns what is wrong where two of the functions could touch the same memory */
export function checkInvoked(functions: readonly InnerFunction[]): Invoked | Diagnostic {
  const all: (readonly ArrayUse[])[] = [];
  for (const fn of functions) {
    const uses = arrayUses(fn);
    if ('code' in uses) return uses;
    all.push(uses);
  }
  const pairs = all.flatMap((uses, index) =>
    uses.flatMap((one) =>
      all
        .slice(index + 1)
        .flat()
        .filter((other) => other.symbol === one.symbol && !areApart(one, other))
        .map((other) => [one, other] as const),
    ),
  );
  const race = pairs.find(([one, other]) => one.isWrite || other.isWrite);
  if (race) return shared(race);
  const uncertain = pairs.find(([one, other]) => one.isHanded || other.isHanded);
  const arrays = new Map(
    all.flat().flatMap(({ symbol, name, isHanded }) => (isHanded ? [[symbol, name] as const] : [])),
  );
  return {
    bodies: all.map((uses) => ({
      written: new Map(
        uses.flatMap(({ symbol, name, isWrite }) => (isWrite ? [[symbol, name] as const] : [])),
      ),
      guards: [],
      exact: [],
    })),
    handed: { arrays, problem: uncertain && shared(uncertain) },
  };
}

const areApart = (a: ArrayUse, b: ArrayUse): boolean =>
  a.element !== undefined && b.element !== undefined && a.element !== b.element;

const shared = ([one, other]: readonly [ArrayUse, ArrayUse]): Diagnostic =>
  codes.invokedArray(placeOf(one.node), {
    use: sourceOf(one.node),
    other: sourceOf(other.node),
    name: one.symbol.name,
  });
