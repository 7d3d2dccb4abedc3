/** What an iteration touches of an array from outside where it names it. */
import {
  Node,
  type CallExpression,
  type ElementAccessExpression,
  type Identifier,
  type ts,
} from '../../ts-morph.ts';
import { unwrapped } from '../../1-read/function-nodes.ts';
import { placeOf } from '../../1-read/places.ts';
import { codes } from '../../diagnostics/codes.ts';
import type { Diagnostic } from '../../diagnostics/types.ts';
import { sourceOf } from '../refusals.ts';
import type { Sum } from './affine.ts';
import type { Iteration } from './iteration.ts';
import type { Sums } from './sums.ts';

/** An element of an array, or a part of it by `subarray`. */
export interface Access {
  readonly node: ElementAccessExpression | CallExpression;
  /** The indices that it may have. */
  readonly sum: Sum | undefined;
  readonly isWrite: boolean;
}

/** The arrays from outside whose elements an iteration assigns; what is wrong where it assigns something else. */
export function writtenArrays(iteration: Iteration): Set<ts.Symbol> | Diagnostic {
  const arrays = new Set<ts.Symbol>();
  for (const target of iteration.targets) {
    if (Node.isIdentifier(target)) continue;
    const array = Node.isElementAccessExpression(target)
      ? unwrapped(target.getExpression())
      : undefined;
    if (iteration.makes(array)) continue;
    const whole = iteration.sharedArrayOf(array);
    if (!whole) return codes.sharedPlace(placeOf(target), { target: sourceOf(target) });
    arrays.add(whole);
  }
  return arrays;
}

/** What a use of an array from outside touches; undefined where that may be all of it. */
export function accessOf(use: Identifier, { targets }: Iteration, sums: Sums): Access | undefined {
  const node = elementOf(use);
  if (node)
    return { node, sum: sums.of(node.getArgumentExpression()), isWrite: targets.includes(node) };
  const call = subarrayOf(use);
  if (!call) return undefined;
  const isWrite = targets.some(
    (target) =>
      Node.isElementAccessExpression(target) &&
      declarationOf(unwrapped(target.getExpression())) === call.getParent(),
  );
  return { node: call, sum: sums.ofPart(call), isWrite };
}

/** The name of the array of an access. */
export function nameOf(access: Access | undefined): Node {
  if (!access) throw new Error('an array that is written has a place that does it');
  const array = unwrapped(access.node.getExpression());
  return Node.isPropertyAccessExpression(array) ? unwrapped(array.getExpression()) : array;
}

const declarationOf = (name: Node): Node | undefined => name.getSymbol()?.getDeclarations()[0];

/** The element that a name of an array is used for. */
function elementOf(name: Node): ElementAccessExpression | undefined {
  let outer: Node = name;
  for (;;) {
    const parent = outer.getParent();
    if (Node.isElementAccessExpression(parent))
      return parent.getExpression() === outer ? parent : undefined;
    if (!parent || unwrapped(parent) !== name) return undefined;
    outer = parent;
  }
}

/** The part of an array that a name of it is used for. */
function subarrayOf(name: Node): CallExpression | undefined {
  const callee = name.getParent();
  const call = callee?.getParent();
  return Node.isPropertyAccessExpression(callee) &&
    callee.getName() === 'subarray' &&
    Node.isCallExpression(call) &&
    call.getExpression() === callee
    ? call
    : undefined;
}
