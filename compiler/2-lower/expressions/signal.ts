/** The AbortSignal of an async function, of which native code knows only whether it was aborted. */
import { Node, type CallExpression, type Identifier } from '../../ts-morph.ts';
import { placeOf } from '../../1-read/places.ts';
import { followerKind } from '../../1-read/followers.ts';
import { codes } from '../../diagnostics/codes.ts';
import type { Lowering } from '../lowering.ts';
import type { Operand } from '../operands.ts';
import { nothing } from './arguments.ts';

/** Whether an expression is the function's signal. */
export const namesSignal = (node: Node): node is Identifier =>
  Node.isIdentifier(node) &&
  (node.getSymbol()?.getDeclarations() ?? []).some(
    (declaration) =>
      Node.isParameterDeclaration(declaration) && followerKind(declaration) === 'signal',
  );

/** `signal.throwIfAborted()`; what it throws JavaScript knows. */
export function lowerSignalCall(
  l: Lowering,
  signal: Identifier,
  method: string,
  node: CallExpression,
): Operand {
  if (method !== 'throwIfAborted' || node.getArguments().length > 0) refuseSignal(l, signal);
  l.b.effect('check.ended', []);
  return nothing;
}

/** Refuses any other use of a signal. */
export function refuseSignal(l: Lowering, signal: Identifier): never {
  const name = signal.getText();
  return l.refuse(codes.signalUse(placeOf(signal), { name }));
}
