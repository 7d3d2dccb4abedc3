/** `Atomics` in parallel loops: what leaves the same whichever iteration comes first. */
import { Node, SyntaxKind, type CallExpression } from '../../ts-morph.ts';
import { unwrapped } from '../../1-read/function-nodes.ts';
import { placeOf } from '../../1-read/places.ts';
import { codes } from '../../diagnostics/codes.ts';
import type { Diagnostic } from '../../diagnostics/types.ts';
import { isGlobal } from '../expressions/globals.ts';
import { sourceOf } from '../refusals.ts';
import { parallelCall } from './call.ts';

/** A call of a function of `Atomics`. */
export interface AtomicUse {
  readonly call: CallExpression;
  readonly name: string;
  readonly array: Node;
}

export const atomicUses = (fn: Node): AtomicUse[] =>
  fn.getDescendantsOfKind(SyntaxKind.CallExpression).flatMap((call) => {
    const callee = unwrapped(call.getExpression());
    const [array] = call.getArguments();
    if (!Node.isPropertyAccessExpression(callee) || !array) return [];
    if (!isGlobal(callee.getExpression(), 'Atomics')) return [];
    return [{ call, name: callee.getName(), array: unwrapped(array) }];
  });

/** The operations whose order doesn't tell, and those of one name that may be mixed. */
const groups: ReadonlyMap<string, string> = new Map([
  ['add', 'add'],
  ['sub', 'add'],
  ['and', 'and'],
  ['or', 'or'],
  ['xor', 'xor'],
]);

/** What is wrong with the changes of one array; undefined where any order of them leaves the same. */
export function whereOrderTells(uses: readonly AtomicUse[], body: Node): Diagnostic | undefined {
  const group = groups.get(uses[0]?.name ?? '');
  for (const { call, name } of uses) {
    const why =
      groups.get(name) === undefined
        ? `Atomics.${name} doesn't commute with other changes.`
        : groups.get(name) !== group
          ? `Atomics.${name} and Atomics.${uses[0]?.name} of one array don't commute.`
          : isUnused(call, body)
            ? undefined
            : 'What it gives is what other iterations have left there by then.';
    if (why !== undefined) return codes.atomicOrder(placeOf(call), { use: sourceOf(call), why });
  }
  return undefined;
}

/** Whether nothing uses what a call gives. */
function isUnused(call: CallExpression, body: Node): boolean {
  const parent = call.getParent();
  if (Node.isExpressionStatement(parent) || Node.isVoidExpression(parent)) return true;
  return parent === body && parallelCall(body)?.name === 'for';
}
