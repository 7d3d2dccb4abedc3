/** `Array(n)` and the like, where they are gone over or mapped at once and only their length counts: none is made. */
import { Node, type CallExpression, type PropertyAccessExpression } from '../../ts-morph.ts';
import { skipParentheses } from '../conditions.ts';
import type { Lowering } from '../lowering.ts';
import type { Operand } from '../operands.ts';
import { nothing } from './arguments.ts';
import { isGlobal } from './globals.ts';
import { countedIndices, indicesBelow, lengthOnly, type Counted } from './length-only.ts';
import { arrayOfLength, checkedCount } from './list-statics.ts';

/** An array whose elements are all `undefined`, or all `null`. */
export interface Blank {
  readonly length: Node;
  /** The length is that of `{ length: n }` (ECMA-262 7.1.20), not of `Array(n)` (23.1.1.1). */
  readonly isLengthOnly: boolean;
  readonly element: Operand;
}

/** What `Array.from` takes: `{ length: n }`, `Array(n)`, whose holes it takes for `undefined`, and what has none. */
export function blankSource(node: Node): Blank | undefined {
  const length = lengthOnly(node);
  if (length) return { length, isLengthOnly: true, element: nothing };
  const ofLength = arrayOfLength(node)?.length;
  return ofLength
    ? { length: ofLength, isLengthOnly: false, element: nothing }
    : filledBlank(skipParentheses(node));
}

/** What `map` is called on, without holes: `[...Array(n)]`, `Array.from(Array(n))`, `Array(n).fill(null)`. */
function filledBlank(node: Node): Blank | undefined {
  if (Node.isArrayLiteralExpression(node)) {
    const [spread, ...others] = node.getElements();
    return others.length === 0 && Node.isSpreadElement(spread)
      ? blankArray(spread.getExpression())
      : undefined;
  }
  if (!Node.isCallExpression(node)) return undefined;
  const callee = node.getExpression();
  if (!Node.isPropertyAccessExpression(callee)) return undefined;
  const args = node.getArguments();
  const object = callee.getExpression();
  const [first] = args;
  if (callee.getName() === 'from' && isGlobal(object, 'Array'))
    return args.length === 1 && first ? blankSource(first) : undefined;
  const length = callee.getName() === 'fill' ? arrayOfLength(object)?.length : undefined;
  const element = args.length > 1 ? undefined : absent(first);
  return length && element ? { length, isLengthOnly: false, element } : undefined;
}

/** As `blankSource` without `{ length: n }`, which can't be spread. */
const blankArray = (node: Node): Blank | undefined =>
  lengthOnly(node) ? undefined : blankSource(node);

/** A value that is written as `undefined` or `null`, or not at all. */
function absent(value: Node | undefined): Operand | undefined {
  if (!value || isGlobal(value, 'undefined')) return nothing;
  return Node.isNullLiteral(value) ? { kind: 'absent', absent: 'null' } : undefined;
}

/** What a call of `map` goes over; undefined for another array, and for callbacks that get the array too. */
export function blankMapped(
  l: Lowering,
  callee: PropertyAccessExpression,
  node: CallExpression,
): Blank | undefined {
  const [mapper, ...others] = node.getArguments();
  if (callee.getName() !== 'map' || !mapper || others.length > 0) return undefined;
  const blank = filledBlank(skipParentheses(callee.getExpression()));
  const declaration = blank && l.typeOf(mapper).getCallSignatures()[0]?.getDeclaration();
  const parameters = declaration?.parameters ?? [];
  const isPlain = parameters.every((one) => !('dotDotDotToken' in one && one.dotDotDotToken));
  return declaration && isPlain && parameters.length < 3 ? blank : undefined;
}

/** Evaluates the length; what it returns is called where the elements are visited. */
export function countedBlank(l: Lowering, { length, isLengthOnly }: Blank): () => Counted {
  if (isLengthOnly) return indicesBelow(l, length, 2 ** 32 - 1, 'Invalid array length');
  const count = l.b.op('fptoint', [checkedCount(l, length)], 'i64');
  return () => countedIndices(l, count);
}
