/**
 * Functions of JavaScript that never return, as a hints file says: native code ends where it calls one, and
 * JavaScript makes the call when everything native has ended, also the writing back of what changed.
 */
import {
  Node,
  SyntaxKind,
  type FunctionDeclaration,
  type VariableDeclaration,
} from '../ts-morph.ts';
import type { NativeFunction } from '../1-read/model.ts';
import { placeOf } from '../1-read/places.ts';
import { codes } from '../diagnostics/codes.ts';
import type { Diagnostic, Place } from '../diagnostics/types.ts';
import { isScalar, type Value } from '../ir/types.ts';
import type { Argument } from './expressions/calls.ts';
import { sourceOf } from './refusals.ts';
import type { Lowering } from './lowering.ts';
import { maxValues } from './statements/exits.ts';

/** A function that native code ends with, and where it does first. */
export interface Ending {
  readonly fn: NativeFunction;
  readonly place: Place;
}

/** A function that JavaScript hands over. */
export interface HandedFunction {
  readonly id: string;
  readonly name: string;
  readonly declaration: VariableDeclaration | FunctionDeclaration;
}

/** Ends with the call of a function. */
export function lowerEnding(
  l: Lowering,
  fn: NativeFunction,
  args: readonly Argument[],
  node: Node,
): void {
  const parts = args.map((argument) => partOf(l, argument, fn.name));
  if (parts.filter((part) => typeof part !== 'string').length > maxValues)
    l.refuse(codes.endingArgument(placeOf(node), { name: fn.name, argument: sourceOf(node) }));
  l.b.throwByCall(l.module.requireEnding(fn, placeOf(node)), parts);
}

function partOf(l: Lowering, { operand, node }: Argument, name: string): string | Value {
  if (operand.kind === 'value') {
    const text = l.textOf(operand.value);
    if (text !== undefined) return text;
    if (isScalar(operand.value.type)) return operand.value;
  }
  return l.refuse(codes.endingArgument(placeOf(node), { name, argument: sourceOf(node) }));
}

/** Refuses endings where native code catches errors: what JavaScript throws when all has ended can't be caught. */
export function caughtEndings(
  endings: readonly Ending[],
  functions: readonly NativeFunction[],
): Diagnostic[] {
  const catching = functions.find(
    ({ node }) => node.getDescendantsOfKind(SyntaxKind.TryStatement).length > 0,
  );
  return catching
    ? endings.map(({ fn, place }) =>
        codes.endingCaught(place, { name: fn.name, catching: catching.name }),
      )
    : [];
}

/** @throws Error for a function that has no name at the top level of its module, which calls don't lead to */
export function handedOver({ node, name }: NativeFunction): Omit<HandedFunction, 'id'> {
  const declaration = Node.isFunctionDeclaration(node)
    ? node
    : node.getFirstAncestorByKind(SyntaxKind.VariableDeclaration);
  if (!declaration) throw new Error(`${name} has no declaration`);
  return { name: declaration.getName() ?? name, declaration };
}
