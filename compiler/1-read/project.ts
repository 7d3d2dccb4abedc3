/** The first floor: a TypeScript project to annotated functions and what their names and types stand for. */
import type { ts } from '../ts-morph.ts';
import type { Diagnostic } from '../diagnostics/types.ts';
import { annotationOf } from './annotations.ts';
import { resolveCallee } from './callees.ts';
import { Classes } from './classes.ts';
import { hintOfType } from './checked-types.ts';
import { Constants } from './constants.ts';
import { withoutEchoes } from './echoes.ts';
import { Functions } from './functions.ts';
import { misspeltTags } from './misspelt-tags.ts';
import type { NativeFunction, Reading } from './model.ts';
import { openModules } from './hinted/open.ts';
import { hintedModules } from './hinted/closure.ts';
import { readHinted } from './hinted/read.ts';
import { openProject, type ReadOptions } from './open.ts';
import { placeOf } from './places.ts';
import { Wrapper } from './program.ts';
import { findTags } from './tags.ts';
import { Shapes, withTypes, type TypeContext } from './shapes.ts';
import { instantiate, noTypeArguments } from './type-arguments.ts';
import { readType } from './types.ts';
import { WrittenVariables } from './written.ts';

export type { ReadOptions } from './open.ts';

/**
 * Reads a project and everything in it that `@native` marks. Never throws for a user's mistakes:
 * they are all in the result's diagnostics, TypeScript's own before tsnative's.
 */
export function readProject(options: ReadOptions): Reading {
  const modules = options.modules && openModules(options.modules);
  const { program, configPath, folders, inputs, ...opened } = modules ?? openProject(options);
  const checker = program.getTypeChecker();
  const wrapper = new Wrapper(program);
  const hints = modules?.match(wrapper);
  const context: TypeContext = {
    checker,
    hints,
    shapes: new Shapes(),
    get classes() {
      return classes;
    },
    types: noTypeArguments,
  };
  const functions = new Functions(program, context);
  const classes = new Classes(program, context, (node, owner, kind, site) =>
    functions.method(node, owner, kind, site),
  );
  const written = new WrittenVariables(checker);
  const constants = new Constants(program, written, context);
  const own = program
    .getSourceFiles()
    .filter((file) => !file.isDeclarationFile && !program.isSourceFileFromExternalLibrary(file))
    .sort((a, b) => (a.fileName < b.fileName ? -1 : 1));
  const tagged = hints
    ? readHinted(hints, functions, classes)
    : readTagged(own, wrapper, functions);
  const refusals = [...opened.refusals, ...tagged.diagnostics];
  let diagnostics: readonly Diagnostic[] | undefined;
  const reading: Reading = {
    program,
    configPath,
    folders,
    functions: tagged.functions,
    refusals,
    get diagnostics() {
      if (diagnostics) return diagnostics;
      const checked = opened.check();
      diagnostics = [...checked, ...withoutEchoes(program, checked, refusals)];
      return diagnostics;
    },
    inputs,
    resolveCallee: (callee, site) => resolveCallee(callee, functions, written, site),
    resolveConstant: (identifier) => constants.resolve(identifier),
    ...typesIn(context),
    within: (types) =>
      Object.assign(Object.create(reading) as Reading, typesIn(withTypes(context, types))),
    records: context.shapes,
    classes,
    ...(hints && modules && { hinted: hintedModules(modules.sources, program, hints) }),
  };
  return reading;
}

/** What types are where type parameters have a meaning. */
const typesIn = (
  context: TypeContext,
): Pick<Reading, 'hintOf' | 'hintOfNode' | 'hintOfType' | 'instantiate'> => ({
  hintOf: (declaration) => {
    const annotation = annotationOf(declaration);
    return annotation && readType(annotation, context);
  },
  hintOfNode: (node) => readType(node, context),
  hintOfType: (type, node) =>
    hintOfType(type, context, placeOf(node), context.checker.typeToString(type)),
  instantiate: (type) => instantiate(type, context.types, context.checker),
});

function readTagged(
  files: readonly ts.SourceFile[],
  wrapper: Wrapper,
  functions: Functions,
): { functions: NativeFunction[]; diagnostics: Diagnostic[] } {
  const read: NativeFunction[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const file of files) {
    diagnostics.push(...misspeltTags(file));
    // Most files have no tag, and need no ts-morph nodes.
    if (!file.text.includes('@native')) continue;
    const tags = findTags(wrapper.wrap(file));
    diagnostics.push(...tags.diagnostics);
    for (const { node, options } of tags.tagged) {
      const made = functions.tagged(node, options);
      if ('id' in made) read.push(made);
      else diagnostics.push(...made);
    }
  }
  return { functions: read, diagnostics };
}
