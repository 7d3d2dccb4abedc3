/** Copies of generic functions and classes: each set of type arguments that differs natively has one. */
import type { ts } from '../ts-morph.ts';
import type { Diagnostic, Place } from '../diagnostics/types.ts';
import { hintOfType } from './checked-types.ts';
import { codes } from '../diagnostics/codes.ts';
import { hintText, isHint } from './hint-types.ts';
import type { HintType } from './model.ts';
import type { Shapes, TypeContext } from './shapes.ts';

/** So many copies of one declaration come of types that grow without end alone, as in `f<T[]>` inside `f<T>`. */
export const mostCopies = 250;

/** The native types of type arguments, by which copies are told apart; none of them is absent alone. */
export function hintsOfTypes(
  types: readonly ts.Type[],
  context: TypeContext,
  place: Place,
): readonly HintType[] | Diagnostic {
  const hints: HintType[] = [];
  for (const type of types) {
    const text = context.checker.typeToString(type);
    const hint = hintOfType(type, context, place, text);
    if (!isHint(hint)) return hint;
    if (hint.type === undefined) return codes.emptyType(place, { type: text });
    hints.push(hint);
  }
  return hints;
}

/** A name with its type arguments as sources write them. */
export const nameWith = (name: string, hints: readonly HintType[], shapes: Shapes): string =>
  hints.length === 0 ? name : `${name}<${hints.map((hint) => hintText(hint, shapes)).join(', ')}>`;
