/** What the callee of a call in native code stands for. */
import { Node } from 'ts-morph';
import { codes } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/types.ts';
import { declarationOf, functionOf, isConst, isTopLevel, unwrapped } from './function-nodes.ts';
import type { Functions } from './functions.ts';
import type { NativeFunction } from './model.ts';
import { placeOf } from './places.ts';
import { isStandardFile } from './standard.ts';

/** @see Reading.resolveCallee */
export function resolveCallee(
  callee: Node,
  functions: Functions,
): NativeFunction | Diagnostic | undefined {
  const name = unwrapped(callee);
  if (!Node.isIdentifier(name) && !Node.isPropertyAccessExpression(name)) return undefined;
  const declaration = declarationOf(name);
  const named = declaration && functionOf(declaration);
  if (!named) return undefined;
  const call = name.getText();
  const place = placeOf(name);
  if (isOnlyDeclared(named.node)) {
    if (isStandardFile(declaration.getSourceFile())) return undefined;
    return codes.calleeElsewhere(place, { call, callee: named.name });
  }
  const reason = unfixed(declaration, named.name);
  if (reason) return refuse(place, call, named.name, [reason]);
  const read = functions.called(named.node);
  return isFunction(read) ? read : refuse(place, call, named.name, read);
}

const isFunction = (read: NativeFunction | readonly Diagnostic[]): read is NativeFunction =>
  'id' in read;

const isOnlyDeclared = (node: Node): boolean =>
  node.getSourceFile().isDeclarationFile() ||
  (Node.isFunctionDeclaration(node) && !node.hasBody() && node.hasDeclareKeyword());

/** Why a name doesn't always mean one function that stands on its own. */
function unfixed(declaration: Node, name: string): Diagnostic | undefined {
  const place = placeOf(declaration);
  // A function expression's own name always means itself.
  if (Node.isFunctionExpression(declaration)) return undefined;
  if (Node.isVariableDeclaration(declaration) && isTopLevel(declaration) && !isConst(declaration)) {
    return codes.functionVariable(place, { name });
  }
  return isTopLevel(declaration) ? undefined : codes.nestedFunction(place, { name });
}

function refuse(
  place: Diagnostic['place'],
  call: string,
  callee: string,
  reasons: readonly Diagnostic[],
): Diagnostic {
  const [first] = reasons;
  const refusal = codes.calleeNotNative(place, {
    call,
    callee,
    reason: first?.message ?? '',
    rewrite: first?.rewrite ?? '',
  });
  const related = reasons.flatMap((reason) =>
    reason.place ? [{ place: reason.place, message: reason.message }] : [],
  );
  return { ...refusal, related };
}
