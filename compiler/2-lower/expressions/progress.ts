/** The function that an async function tells how far it is: native code writes the number where JavaScript looks for it. */
import { Node, type CallExpression, type Identifier } from '../../ts-morph.ts';
import { followerKind } from '../../1-read/followers.ts';
import { placeOf } from '../../1-read/places.ts';
import { codes } from '../../diagnostics/codes.ts';
import { toF64 } from '../convert.ts';
import type { Lowering } from '../lowering.ts';
import type { Operand } from '../operands.ts';
import { nothing } from './arguments.ts';
import { lower } from './index.ts';

/** The type of the parameter that stands for it (`IrExport.progress`). */
export const progressType = 'view.f64';

/** Whether an expression is the function that is told of progress. */
export const namesProgress = (node: Node): node is Identifier =>
  Node.isIdentifier(node) &&
  (node.getSymbol()?.getDeclarations() ?? []).some(
    (declaration) =>
      Node.isParameterDeclaration(declaration) && followerKind(declaration) === 'progress',
  );

/** `progress(done)` or `progress?.(done)`, which computes nothing where nobody wants to know. */
export function lowerProgressCall(
  l: Lowering,
  progress: Identifier,
  node: CallExpression,
): Operand {
  const [done, ...more] = node.getArguments();
  const [declaration] = progress.getSymbol()?.getDeclarations() ?? [];
  const mayBeAbsent = Node.isParameterDeclaration(declaration) && declaration.isOptional();
  if (!done || more.length > 0 || (mayBeAbsent && !node.hasQuestionDotToken()))
    return refuseProgress(l, progress);
  const wanted = l.b.op('progress.wanted', []);
  l.b.if(
    wanted,
    () => l.b.effect('progress.tell', [toF64(l, lower(l, done), done)]),
    () => {},
  );
  return nothing;
}

/** Refuses any other use of it. */
export function refuseProgress(l: Lowering, progress: Identifier): never {
  const name = progress.getText();
  return l.refuse(codes.progressUse(placeOf(progress), { name }));
}
