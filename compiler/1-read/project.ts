/** The first floor: a TypeScript project to annotated functions and what their names and types stand for. */
import type { ts } from '../ts-morph.ts';
import { codes } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/types.ts';
import { annotationOf } from './annotations.ts';
import { resolveCallee } from './callees.ts';
import { Classes } from './classes.ts';
import { hintOfType } from './checked-types.ts';
import { Constants } from './constants.ts';
import { withoutEchoes } from './echoes.ts';
import { Functions } from './functions.ts';
import { misspeltTags } from './misspelt-tags.ts';
import type { NativeClass, NativeFunction, Reading } from './model.ts';
import { openModules, type OpenedModules } from './hinted/open.ts';
import { hintedModules } from './hinted/closure.ts';
import { readHinted } from './hinted/read.ts';
import type { IsTaken } from './ids.ts';
import { openProject, type OpenedProject, type ReadOptions } from './open.ts';
import { placeOf } from './places.ts';
import { Wrapper } from './program.ts';
import { defaultOptions } from './tag-options.ts';
import { findTags, type FileTags, type TaggedClass, type TaggedMethod } from './tags.ts';
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
  const modules = options.modules?.entries.length ? openModules(options.modules) : undefined;
  return readOpened(modules ?? openProject(options), modules);
}

/** Of a project's sources, those whose tags are read; the others are read as far as these lead to them. */
export interface Chosen {
  /** Their paths. */
  readonly files: ReadonlySet<string>;
  /** See `Ids`. */
  readonly isTaken: IsTaken;
}

/**
 * Reads what `@native` marks in a project that has been opened.
 * @param modules the same, where it is modules with hints
 * @param chosen some of its sources; by default all
 */
export function readOpened(
  { program, checked, configPath, folders, inputs, ...opened }: OpenedProject,
  modules?: OpenedModules,
  chosen?: Chosen,
): Reading {
  const { arrayCalls } = opened;
  const typed = modules ?? ('hinted' in opened ? opened.hinted : undefined);
  const checker = program.getTypeChecker();
  const wrapper = new Wrapper(program);
  const hints = typed?.match(wrapper);
  const context: TypeContext = {
    checker,
    hints,
    shapes: new Shapes(chosen?.isTaken),
    get classes() {
      return classes;
    },
    types: noTypeArguments,
  };
  const functions = new Functions(program, context, chosen?.isTaken);
  const classes = new Classes(program, context, (node, owner, kind, site) =>
    functions.method(node, owner, kind, site),
  );
  const written = new WrittenVariables(checker);
  const constants = new Constants(program, written, context, chosen?.isTaken);
  const own = program
    .getSourceFiles()
    .filter((file) => !file.isDeclarationFile && !program.isSourceFileFromExternalLibrary(file))
    .filter(({ fileName }) => !typed?.sources.includes(fileName))
    .filter(({ fileName }) => chosen?.files.has(fileName) ?? true)
    .sort((a, b) => (a.fileName < b.fileName ? -1 : 1));
  const theirs = hints && readHinted(hints, functions, classes, modules === undefined);
  const mine = modules ? undefined : readTagged(own, wrapper, functions, classes, checker);
  const tagged = {
    functions: [...(theirs?.functions ?? []), ...(mine?.functions ?? [])],
    classes: mine?.classes ?? [],
    diagnostics: [...(theirs?.diagnostics ?? []), ...(mine?.diagnostics ?? [])],
  };
  const refusals = [...opened.refusals, ...tagged.diagnostics];
  let diagnostics: readonly Diagnostic[] | undefined;
  const reading: Reading = {
    program,
    checked,
    configPath,
    folders,
    functions: tagged.functions.filter(({ inner }) => !inner),
    inner: tagged.functions.filter(({ inner }) => inner),
    wrapped: tagged.classes,
    refusals,
    get diagnostics() {
      if (diagnostics) return diagnostics;
      const told = opened.check();
      diagnostics = [...told, ...withoutEchoes(program, told, refusals)];
      return diagnostics;
    },
    inputs,
    resolveCallee: (callee, site) => resolveCallee(callee, functions, written, site),
    arrayCall: (node) => {
      const file = node.getSourceFile();
      const call = arrayCalls
        ?.get(file.getFilePath())
        ?.find(({ start, end }) => start === node.getStart() && end === node.getEnd());
      const fn = call && file.getFunction(call.name);
      const args = call?.args.map(({ start, end }) =>
        file.getDescendantAtStartWithWidth(start, end - start),
      );
      if (!call || !fn || !args?.every((arg) => arg !== undefined)) return undefined;
      return { callee: functions.called(fn), args, isInto: call.isInto };
    },
    resolveConstant: (identifier) => constants.resolve(identifier),
    globalOf: (name) => constants.globalOf(name),
    ...typesIn(context),
    within: (types) =>
      Object.assign(Object.create(reading) as Reading, typesIn(withTypes(context, types))),
    records: context.shapes,
    classes,
    ...(hints &&
      typed && { hinted: hintedModules(typed.sources, program, hints, modules === undefined) }),
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
  checker: ts.TypeChecker,
): Tagged {
  const read: Tagged = { functions: [], classes: [], diagnostics: [] };
  const { diagnostics } = read;
  const found: FileTags[] = [];
  for (const file of files) {
    diagnostics.push(...misspeltTags(file));
    // Most files have no tag, and need no ts-morph nodes.
    if (!file.text.includes('@native')) continue;
    const tags = findTags(wrapper.wrap(file), checker);
    diagnostics.push(...tags.diagnostics);
    const isPlain = ({ node }: TaggedClass): boolean => node.getTypeParameters().length === 0;
    for (const { node } of tags.classes.filter((one) => !isPlain(one))) {
      const name = node.getName() ?? 'default';
      diagnostics.push(codes.genericNativeClass(placeOf(node.getNameNode() ?? node), { name }));
    }
    const plain = tags.classes.filter(isPlain);
    for (const { node, options } of plain) classes.tag(node.compilerNode, options);
    for (const { node, options } of tags.methods) functions.tagMethod(node.compilerNode, options);
    found.push({ ...tags, classes: plain });
  }
  const add = (made: NativeFunction | readonly Diagnostic[]): void => {
    if ('id' in made) read.functions.push(made);
    else diagnostics.push(...made);
  };
  for (const { tagged } of found)
    for (const { node, options } of tagged) add(functions.tagged(node, options));
  for (const one of found.flatMap((tags) => tags.methods)) add(readMethod(one, functions, classes));
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

/** A method that is native in a class of JavaScript's. */
function readMethod(
  { node, owner, options }: TaggedMethod,
  functions: Functions,
  classes: Classes,
): NativeFunction | readonly Diagnostic[] {
  if (node.isStatic()) return functions.tagged(node, options);
  if (owner.getTypeParameters().length > 0)
    return [
      codes.genericOwner(placeOf(node.getNameNode()), {
        name: `${owner.getName() ?? ''}.${node.getName()}`,
      }),
    ];
  const read = classes.ofDeclaration(owner.compilerNode);
  return 'code' in read ? [read] : functions.method(node, read, 'method');
}

/** How many classes a class extends. */
const depth = ({ base }: NativeClass): number => (base ? 1 + depth(base) : 0);
