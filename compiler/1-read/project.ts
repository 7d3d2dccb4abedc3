/** The first floor: a TypeScript project to annotated functions and what their names and types stand for. */
import type { Node, ts } from '../ts-morph.ts';
import type { Diagnostic } from '../diagnostics/types.ts';
import { annotationOf } from './annotations.ts';
import { resolveCallee } from './callees.ts';
import { Classes } from './classes.ts';
import { hintOfType } from './checked-types.ts';
import { Constants } from './constants.ts';
import { withoutEchoes } from './echoes.ts';
import { Functions } from './functions.ts';
import { misspeltTags } from './misspelt-tags.ts';
import type { HintType, NativeClass, NativeFunction, Reading } from './model.ts';
import { openProject, type ReadOptions } from './open.ts';
import { placeOf } from './places.ts';
import { Wrapper } from './program.ts';
import { defaultOptions } from './tag-options.ts';
import { findTags, type FileTags } from './tags.ts';
import { Shapes, type TypeContext } from './shapes.ts';
import { readType } from './types.ts';
import { WrittenVariables } from './written.ts';

export type { ReadOptions } from './open.ts';

/**
 * Reads a project and everything in it that `@native` marks. Never throws for a user's mistakes:
 * they are all in the result's diagnostics, TypeScript's own before tsnative's.
 */
export function readProject(options: ReadOptions): Reading {
  const { program, configPath, folders, inputs, ...opened } = openProject(options);
  const checker = program.getTypeChecker();
  const wrapper = new Wrapper(program);
  const context: TypeContext = {
    checker,
    shapes: new Shapes(),
    get classes() {
      return classes;
    },
  };
  const functions = new Functions(program, context);
  const classes = new Classes(program, context, (node, owner, kind) =>
    functions.method(node, owner, kind),
  );
  const written = new WrittenVariables(checker);
  const constants = new Constants(program, written, context);
  const own = program
    .getSourceFiles()
    .filter((file) => !file.isDeclarationFile && !program.isSourceFileFromExternalLibrary(file))
    .sort((a, b) => (a.fileName < b.fileName ? -1 : 1));
  const tagged = readTagged(own, wrapper, functions, classes);
  const refusals = [...opened.refusals, ...tagged.diagnostics];
  let diagnostics: readonly Diagnostic[] | undefined;
  return {
    program,
    configPath,
    folders,
    functions: tagged.functions,
    wrapped: tagged.classes,
    refusals,
    get diagnostics() {
      if (diagnostics) return diagnostics;
      const checked = opened.check();
      diagnostics = [...checked, ...withoutEchoes(program, checked, refusals)];
      return diagnostics;
    },
    inputs,
    resolveCallee: (callee) => resolveCallee(callee, functions, written),
    resolveConstant: (identifier) => constants.resolve(identifier),
    hintOf: (declaration) => hintOf(declaration),
    hintOfNode: (node) => readType(node, context),
    hintOfType: (type, node) =>
      hintOfType(type, context, placeOf(node), checker.typeToString(type)),
    records: context.shapes,
    classes,
  };

  function hintOf(declaration: Node): HintType | Diagnostic | undefined {
    const annotation = annotationOf(declaration);
    return annotation && readType(annotation, context);
  }
}

interface Tagged {
  readonly functions: NativeFunction[];
  readonly classes: NativeClass[];
  readonly diagnostics: Diagnostic[];
}

function readTagged(
  files: readonly ts.SourceFile[],
  wrapper: Wrapper,
  functions: Functions,
  classes: Classes,
): Tagged {
  const read: Tagged = { functions: [], classes: [], diagnostics: [] };
  const { diagnostics } = read;
  const found: FileTags[] = [];
  for (const file of files) {
    diagnostics.push(...misspeltTags(file));
    // Most files have no tag, and need no ts-morph nodes.
    if (!file.text.includes('@native')) continue;
    const tags = findTags(wrapper.wrap(file));
    diagnostics.push(...tags.diagnostics);
    for (const { node, options } of tags.classes) classes.tag(node.compilerNode, options);
    found.push(tags);
  }
  const add = (made: NativeFunction | readonly Diagnostic[]): void => {
    if ('id' in made) read.functions.push(made);
    else diagnostics.push(...made);
  };
  for (const { tagged } of found)
    for (const { node, options } of tagged) add(functions.tagged(node, options));
  for (const { node } of found.flatMap((tags) => tags.classes)) {
    const owner = classes.ofDeclaration(node.compilerNode);
    if ('code' in owner) diagnostics.push(owner);
    else read.classes.push(owner);
  }
  read.classes.sort((a, b) => depth(a) - depth(b));
  for (const owner of read.classes) {
    for (const below of classes.subclassesOf(owner)) if ('code' in below) diagnostics.push(below);
    for (const fn of classes.visibleFunctions(owner)) add(fn);
    for (const method of classes.staticMethods(owner))
      add(functions.tagged(method, owner.tag ?? defaultOptions));
  }
  return read;
}

/** How many classes a class extends. */
const depth = ({ base }: NativeClass): number => (base ? 1 + depth(base) : 0);
