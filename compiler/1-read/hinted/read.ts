/** The native functions of modules with hints, and which files a copy of the modules has. */
import { Node } from '../../ts-morph.ts';
import { codes } from '../../diagnostics/codes.ts';
import type { Diagnostic } from '../../diagnostics/types.ts';
import type { Classes } from '../classes.ts';
import type { Functions } from '../functions.ts';
import type { FunctionNode, MethodKind, NativeFunction } from '../model.ts';
import { placeOf } from '../places.ts';
import type { Hints } from './match.ts';

/** The functions that hints mark. @param inProject the hints are for packages that a project imports */
export function readHinted(
  hints: Hints,
  functions: Functions,
  classes: Classes,
  inProject: boolean,
): { functions: NativeFunction[]; diagnostics: Diagnostic[] } {
  const read: NativeFunction[] = [];
  const diagnostics = [...hints.diagnostics];
  for (const node of hints.tagged) {
    const made = readOne(node, functions, classes);
    if ('id' in made && inProject && !made.inner)
      diagnostics.push(codes.taggedInProject(placeOf(node), { name: made.name }));
    else if ('id' in made) read.push(made);
    else diagnostics.push(...made);
  }
  return { functions: read, diagnostics };
}

function readOne(
  node: FunctionNode,
  functions: Functions,
  classes: Classes,
): NativeFunction | readonly Diagnostic[] {
  const kind = methodKind(node);
  const parent = node.getParent();
  if (!kind || !Node.isClassDeclaration(parent)) return functions.called(node);
  if (kind !== 'method') {
    const what = kind === 'constructor' ? 'A constructor' : 'An accessor';
    return [codes.taggedMember(placeOf(node), { what })];
  }
  const owner = classes.ofDeclaration(parent.compilerNode);
  return 'code' in owner ? [owner] : functions.method(node, owner, kind);
}

function methodKind(node: FunctionNode): MethodKind | undefined {
  if (Node.isConstructorDeclaration(node)) return 'constructor';
  if (Node.isGetAccessorDeclaration(node)) return 'get';
  if (Node.isSetAccessorDeclaration(node)) return 'set';
  return Node.isMethodDeclaration(node) && !node.isStatic() ? 'method' : undefined;
}
