/** What is said of races, and what to write instead. */
import { Node, SyntaxKind, type ts } from '../../ts-morph.ts';
import { placeOf } from '../../1-read/places.ts';
import { codes } from '../../diagnostics/codes.ts';
import type { Diagnostic } from '../../diagnostics/types.ts';
import { sourceOf } from '../refusals.ts';
import { nameOf, type Access } from './accesses.ts';
import { apart } from './affine.ts';
import type { Iteration } from './iteration.ts';

/** Of a variable from outside that an iteration assigns. */
export function sharedVariable(iteration: Iteration, symbol: ts.Symbol): Diagnostic {
  const places = iteration.usesOf(symbol);
  const isTarget = new Set(iteration.targets);
  const write = places.find((name) => isTarget.has(name)) ?? places[0] ?? iteration.code;
  const other = places.find((name) => name !== write) ?? write;
  const sum = accumulated(write);
  const rewrite = sum
    ? `${symbol.name} += parallel.sum(count, (i) => ${sourceOf(sum)})`
    : 'Give a value for each iteration, with parallel.sum, parallel.reduce or parallel.map.';
  return codes.sharedVariable(placeOf(write), {
    name: symbol.name,
    other: positionOf(other),
    rewrite,
  });
}

/** Of a use of an array, any element of which it may touch, beside one that writes it. */
export function sharedArray({ name }: ts.Symbol, other: Node | undefined, use: Node): Diagnostic {
  return codes.sharedArray(placeOf(use), {
    name,
    use: sourceOf(use.getParent() ?? use),
    other: other ? positionOf(other) : 'another place',
  });
}

/** Of accesses of one array that may be to the same element. */
export function sharedElement(iteration: Iteration, accesses: readonly Access[]): Diagnostic {
  const write = accesses.find(({ isWrite }) => isWrite) ?? accesses[0];
  if (!write) throw new Error('an array that is written has a place that does it');
  const alone = apart([write.sum]);
  const other = alone
    ? accesses.find((one) => one !== write && !apart([write.sum, one.sum]))
    : undefined;
  const second = other ?? write;
  const index = iteration.number ? sourceOf(iteration.number).replace(/\W.*/s, '') : 'i';
  const array = sourceOf(nameOf(write));
  const isPart = Node.isCallExpression(write.node);
  const own = isPart
    ? `A part that is the iteration's own: ${array}.subarray(${index} * width, (${index} + 1) * width).`
    : `An index that is the iteration's own: ${array}[${index}], or ${array}[${index} * width + x] with x from 0 to below width.`;
  return codes.sharedElement(placeOf(write.node), {
    write: sourceOf(write.node),
    access: second.isWrite ? 'write' : 'read',
    other: sourceOf(second.node),
    at: positionOf(second.node),
    rewrite:
      second.isWrite || second === write
        ? own
        : `Read from one array and write to another one: const from = ${array}.slice() before the loop.`,
  });
}

/** What is added to a variable by `s += x`. */
function accumulated(name: Node): Node | undefined {
  const parent = name.getParent();
  return Node.isBinaryExpression(parent) &&
    parent.getOperatorToken().getKind() === SyntaxKind.PlusEqualsToken
    ? parent.getRight()
    : undefined;
}

const positionOf = (node: Node): string =>
  `${node.getStartLineNumber()}:${node.getStart() - node.getStartLinePos() + 1}`;
