/** What the callee of a call in native code stands for. */
import { Node, ts, type FunctionDeclaration } from '../ts-morph.ts';
import { codes } from '../diagnostics/codes.ts';
import type { Diagnostic, Place } from '../diagnostics/types.ts';
import { declarationOf, functionOf, isConst, isTopLevel, unwrapped } from './function-nodes.ts';
import { isExtern } from './extern-tags.ts';
import type { Functions } from './functions.ts';
import type { CallSite, NativeFunction } from './model.ts';
import { placeOf } from './places.ts';
import { isStandardFile } from './standard.ts';
import type { WrittenVariables } from './written.ts';

/** @see Reading.resolveCallee */
export function resolveCallee(
  callee: Node,
  functions: Functions,
  written: WrittenVariables,
  site?: CallSite,
): NativeFunction | Diagnostic | undefined {
  const name = unwrapped(callee);
  if (!Node.isIdentifier(name) && !Node.isPropertyAccessExpression(name)) return undefined;
  const declaration = declarationOf(name);
  const named = declaration && (functionOf(declaration) ?? functions.ofNumbers(declaration));
  if (!named) return undefined;
  const call = name.getText();
  const place = placeOf(name);
  if (isOnlyDeclared(named.node) && !isExtern(named.node.compilerNode)) {
    if (isStandardFile(declaration.getSourceFile())) return undefined;
    return codes.calleeElsewhere(place, { call, callee: named.name });
  }
  const reason = unfixed(declaration, named.name, written);
  if (reason) return refuse(place, call, named.name, [reason]);
  const read = functions.called(named.node, site);
  if (isFunction(read)) return read;
  // A declaration for C is wrong by itself.
  if (isExtern(named.node.compilerNode) && read[0]) return read[0];
  // What is wrong with the type arguments is wrong here.
  const own = site && read.find((one) => isSame(one.place, placeOf(site.call.getExpression())));
  return own ?? refuse(place, call, named.name, read);
}

const isSame = (a: Place | undefined, b: Place): boolean =>
  a?.file === b.file && a.line === b.line && a.column === b.column;

const isFunction = (read: NativeFunction | readonly Diagnostic[]): read is NativeFunction =>
  'id' in read;

const isOnlyDeclared = (node: Node): boolean =>
  node.getSourceFile().isDeclarationFile() ||
  (Node.isFunctionDeclaration(node) && !node.hasBody() && node.hasDeclareKeyword());

/** Why a name doesn't always mean one function that stands on its own. */
function unfixed(
  declaration: Node,
  name: string,
  written: WrittenVariables,
): Diagnostic | undefined {
  const place = placeOf(nameNodeOf(declaration));
  // A function expression's own name always means itself.
  if (Node.isFunctionExpression(declaration)) return undefined;
  if (Node.isMethodDeclaration(declaration)) {
    const owner = declaration.getParent();
    if (isTopLevel(owner)) return undefined;
  }
  if (!isTopLevel(declaration)) {
    return codes.nestedFunction(place, { name, where: surroundings(declaration) });
  }
  if (Node.isVariableDeclaration(declaration)) {
    return isConst(declaration) || !written.has(declaration)
      ? undefined
      : codes.functionVariable(place, { name });
  }
  if (Node.isBinaryExpression(declaration)) {
    // `exports.f = …`, of which there may be several.
    const all = declaration.getLeft().getSymbol()?.getDeclarations() ?? [];
    return all.length > 1 ? codes.functionTwice(place, { name }) : undefined;
  }
  if (!Node.isFunctionDeclaration(declaration)) return undefined;
  if (isDeclaredTwice(declaration)) return codes.functionTwice(place, { name });
  return written.has(declaration) ? codes.functionAssigned(place, { name }) : undefined;
}

/** Whether a script, in which that is no error, has several functions or variables of one name. */
function isDeclaredTwice(declaration: FunctionDeclaration): boolean {
  const declarations = declaration.getSymbol()?.getDeclarations() ?? [];
  const values = declarations.filter(
    (other) =>
      Node.isVariableDeclaration(other) || (Node.isFunctionDeclaration(other) && other.hasBody()),
  );
  return values.length > 1;
}

const nameNodeOf = (declaration: Node): Node =>
  (Node.isVariableDeclaration(declaration) || Node.isFunctionDeclaration(declaration)
    ? declaration.getNameNode()
    : undefined) ?? declaration;

/** What a declaration is in that is not at the top level. */
function surroundings(declaration: Node): string {
  const around = declaration.getFirstAncestor(
    (node) => ts.isFunctionLike(node.compilerNode) || Node.isModuleDeclaration(node),
  );
  if (!around) return 'a block';
  return Node.isModuleDeclaration(around) ? 'a namespace' : 'another function';
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
