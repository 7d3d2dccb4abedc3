/** The native functions of modules with hints, and which files a copy of the modules has. */
import path from 'node:path';
import { Node, ts } from '../../ts-morph.ts';
import { codes } from '../../diagnostics/codes.ts';
import type { Diagnostic } from '../../diagnostics/types.ts';
import type { Classes } from '../classes.ts';
import type { Functions } from '../functions.ts';
import type { FunctionNode, Hinted, MethodKind, NativeFunction } from '../model.ts';
import { placeOf } from '../places.ts';
import type { Hints } from './match.ts';
import type { HintedModules } from './open.ts';

/** The functions that hints mark. */
export function readHinted(
  hints: Hints,
  functions: Functions,
  classes: Classes,
): { functions: NativeFunction[]; diagnostics: Diagnostic[] } {
  const read: NativeFunction[] = [];
  const diagnostics = [...hints.diagnostics];
  for (const node of hints.tagged) {
    const made = readOne(node, functions, classes);
    if ('id' in made) read.push(made);
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

/** The files of a copy: the entries and, in turn, what they import relatively. */
export function hintedModules(
  { entries }: HintedModules,
  program: ts.Program,
  hints: Hints,
): Hinted {
  const files = new Set(entries.map((entry) => path.resolve(entry).replaceAll(path.sep, '/')));
  // The set grows while it is walked.
  for (const file of files) {
    const source = program.getSourceFile(file);
    if (!source) continue;
    for (const imported of relativeImports(source, program)) files.add(imported);
  }
  return { files: [...files], root: commonFolder([...files]), release: () => hints.release() };
}

function relativeImports(source: ts.SourceFile, program: ts.Program): string[] {
  // Not in TypeScript's published types.
  const { imports = [] } = source as { imports?: readonly ts.StringLiteralLike[] };
  const { getResolvedModuleFromModuleSpecifier } = program as ts.Program & {
    getResolvedModuleFromModuleSpecifier(
      specifier: ts.StringLiteralLike,
      source: ts.SourceFile,
    ): { resolvedModule?: ts.ResolvedModuleFull } | undefined;
  };
  return imports
    .filter(({ text }) => /^\.\.?\//.test(text))
    .flatMap((specifier) => {
      const found = getResolvedModuleFromModuleSpecifier(specifier, source);
      return found?.resolvedModule?.resolvedFileName ?? [];
    });
}

function commonFolder(files: readonly string[]): string {
  const folders = files.map((file) => path.posix.dirname(file).split('/'));
  const [first = []] = folders;
  const length = first.findIndex((part, index) => folders.some((other) => other[index] !== part));
  return (length < 0 ? first : first.slice(0, length)).join('/') || '/';
}
