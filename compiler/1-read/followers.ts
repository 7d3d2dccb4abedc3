/**
 * Parameters by which JavaScript follows the calls of an async function: an `AbortSignal` that ends them, and a
 * `Progress` (of the tsnative package) that is told how far they are. They stand behind all others, and native code
 * doesn't get what is passed.
 */
import { Node, type ParameterDeclaration } from '../ts-morph.ts';
import { isOfPackage } from './hints.ts';

export type FollowerKind = 'signal' | 'progress';

/** Undefined for an ordinary parameter. */
export function followerKind(parameter: ParameterDeclaration): FollowerKind | undefined {
  const fn = parameter.getParent();
  if (!(Node.isFunctionDeclaration(fn) || Node.isArrowFunction(fn)) || !fn.isAsync())
    return undefined;
  const kind = kindOf(parameter);
  if (kind === undefined) return undefined;
  const params = fn.getParameters();
  const later = params.slice(params.indexOf(parameter) + 1).map(kindOf);
  return later.includes(undefined) || later.includes(kind) ? undefined : kind;
}

function kindOf(parameter: ParameterDeclaration): FollowerKind | undefined {
  const isPlain =
    Node.isIdentifier(parameter.getNameNode()) &&
    !parameter.isRestParameter() &&
    !parameter.getInitializer();
  if (!isPlain) return undefined;
  const type = parameter.getTypeNode();
  if (!Node.isTypeReference(type)) return undefined;
  if (type.getTypeName().getText() === 'AbortSignal') return 'signal';
  return isProgress(type) ? 'progress' : undefined;
}

/** Whether a type is the `Progress` of the tsnative package, imported under any name. */
function isProgress(type: Node): boolean {
  const alias = type.getType().getAliasSymbol();
  return (
    alias?.getName() === 'Progress' &&
    alias.getDeclarations().every(({ compilerNode }) => isOfPackage(compilerNode))
  );
}
