/**
 * The JavaScript and declarations of a project: what `tsc` writes, with native functions calling
 * the addon. TypeScript itself emits them; `javascript-file.ts` changes its syntax trees before.
 */
import path from 'node:path';
import { ts } from '../ts-morph.ts';
import type { NativeClass, NativeFunction, Reading } from '../1-read/model.ts';
import type { Receiver } from '../ir/receivers.ts';
import { externsOf } from './extern-stubs.ts';
import { packageCopies } from './copies.ts';
import { insertGuards, type Guarded } from './hinted-guards.ts';
import { planKey } from './plan-key.ts';
import {
  transformFile,
  type ClassPlan,
  type FilePlan,
  type HandedOver,
  type InnerPlan,
} from './javascript-file.ts';
import { isCommonJs } from './module-format.ts';

export interface OutputFile {
  /** Absolute, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** Absolute, with forward slashes: the source that it was made of, where that is one. */
  readonly source?: string;
}

export interface EmitPaths {
  /** Absolute path of the CommonJS module whose `functions` and `bind` the files use. */
  readonly gluePath: string;
  /** Where copies of packages with hints go. */
  readonly outDir?: string;
  /** What was made of sources; those that an edit affects aren't in it. */
  readonly kept?: KeptScripts | undefined;
}

/** By the sources' paths: what was made of one, of which tree, and of which plan of its native code. */
export type KeptScripts = Map<
  string,
  { readonly source: ts.SourceFile; readonly key: string; readonly files: readonly OutputFile[] }
>;

/**
 * @param planned what lowering tells of native code
 * @returns everything that `tsc` would write with the project's options; nothing is written here
 * @throws Error when TypeScript writes nothing, as with `noEmit`, which reading with `emits` refuses
 */
export function emitJavaScript(
  reading: Pick<Reading, 'program' | 'hinted' | 'functions' | 'wrapped'> & {
    readonly classes: Pick<Reading['classes'], 'errors'>;
  },
  planned: Pick<Planned, 'globals' | 'receivers' | 'handed'> & Guarded,
  { gluePath, outDir = '', kept }: EmitPaths,
): OutputFile[] {
  const { program, hinted, functions, wrapped: classes } = reading;
  hinted?.release();
  const { errors } = reading.classes;
  const plans = planFiles(program, { ...planned, functions, classes, errors, isHinted: false });
  const files: OutputFile[] = [];
  const write: ts.WriteFileCallback = (fileName, text, writeByteOrderMark, _, sources) => {
    const file = path.posix.normalize(fileName.replaceAll('\\', '/'));
    const plan = sources?.map((source) => plans.get(source.fileName)).find(Boolean);
    const linked =
      plan && /\.[cm]?jsx?$/.test(file)
        ? linkGlue(insertGuards(text, plan, planned), plan, file, gluePath)
        : text;
    const [source, ...others] = sources ?? [];
    files.push({
      path: file,
      text: writeByteOrderMark ? `\uFEFF${linked}` : linked,
      ...(source && others.length === 0 && { source: source.fileName }),
    });
  };
  const before = [fileTransformer(program, plans)];
  // The sources of packages are not TypeScript's to write.
  // For all at once, TypeScript would check them all.
  const own =
    hinted || kept
      ? program.getSourceFiles().filter((file) => isWritten(file, program, hinted?.files))
      : [undefined];
  for (const file of own) {
    const plan = file && plans.get(file.fileName);
    const key = plan ? JSON.stringify([planKey(plan, planned), gluePath]) : '';
    const known = file && kept?.get(file.fileName);
    if (known && known.source === file && known.key === key) {
      files.push(...known.files);
      continue;
    }
    const first = files.length;
    const result = program.emit(file, write, undefined, false, { before });
    if (result.emitSkipped) throw new Error('TypeScript wrote no files');
    if (file) kept?.set(file.fileName, { source: file, key, files: files.slice(first) });
  }
  if (hinted) files.push(...packageCopies(program, hinted, plans, { outDir, gluePath }));
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

const isWritten = (
  file: ts.SourceFile,
  program: ts.Program,
  copied: ReadonlyMap<string, string> = new Map(),
): boolean =>
  !file.isDeclarationFile &&
  !copied.has(file.fileName) &&
  !program.isSourceFileFromExternalLibrary(file);

/** Puts native functions into the files that have a plan. */
export function fileTransformer(
  program: ts.Program,
  plans: ReadonlyMap<string, FilePlan>,
): ts.TransformerFactory<ts.SourceFile> {
  const checker = program.getTypeChecker();
  return (context) => (file) => {
    const plan = plans.get(file.fileName);
    return plan ? transformFile(file, plan, context, checker) : file;
  };
}

/** Functions that JavaScript makes and native code has too. */
export interface HandedFunctions {
  readonly inner: readonly InnerPlan[];
  /** The ids of the exports that take them. */
  readonly handed: ReadonlySet<string>;
}

/** What of a program is native. */
export interface Planned {
  readonly functions: readonly NativeFunction[];
  /** The native classes that JavaScript makes instances of. */
  readonly classes?: readonly NativeClass[];
  readonly errors?: readonly NativeClass[];
  readonly globals: readonly HandedOver[];
  /** How methods are called, by their ids. */
  readonly receivers: ReadonlyMap<string, Receiver>;
  /** Types come from a hints file, so JavaScript runs for other arguments. */
  readonly isHinted: boolean;
  readonly handed?: HandedFunctions;
}

export function planFiles(
  program: ts.Program,
  { functions, classes = [], errors = [], globals, receivers, isHinted, ...planned }: Planned,
): Map<string, FilePlan> {
  const { inner, handed } = planned.handed ?? { inner: [], handed: new Set<string>() };
  const withMethods = new Set(
    functions.flatMap(({ id, file }) => (receivers.has(id) ? [file.compilerNode] : [])),
  );
  const plans = new Map<string, FilePlan>();
  const planOf = (file: ts.SourceFile): FilePlan => {
    const known = plans.get(file.fileName);
    if (known) return known;
    const plan: FilePlan = {
      functions: [],
      classes: [],
      errors: [],
      externs: externsOf(file),
      globals: [],
      inner: [],
      handed,
      isCommonJs: isCommonJs(program, file),
      glue: freshText(file, 'tsnative:glue'),
      ...((isHinted || withMethods.has(file)) && {
        guards: freshText(file, 'tsnative:guard'),
        guarded: [],
        guardsAll: isHinted,
        callees: receivers,
      }),
    };
    plans.set(file.fileName, plan);
    return plan;
  };
  const members = new Map(
    classes.map((owner) => [owner.declaration.compilerNode as ts.Node, [] as NativeFunction[]]),
  );
  for (const fn of functions) {
    const { compilerNode } = fn.node;
    const own = members.get(compilerNode) ?? members.get(compilerNode.parent);
    (own ?? planOf(fn.file.compilerNode).functions).push(fn);
  }
  for (const owner of classes) {
    const { compilerNode } = owner.declaration;
    const plan: ClassPlan = { owner, functions: members.get(compilerNode) ?? [] };
    planOf(compilerNode.getSourceFile()).classes.push(plan);
  }
  for (const owner of errors)
    planOf(owner.declaration.compilerNode.getSourceFile()).errors.push(owner);
  for (const one of inner) planOf(one.fn.file.compilerNode).inner.push(one);
  for (const file of program.getSourceFiles())
    if (!file.isDeclarationFile && !isHinted && externsOf(file).length > 0) planOf(file);
  for (const global of globals) {
    planOf(global.declaration.getSourceFile().compilerNode).globals.push(global);
  }
  return plans;
}

/** A text that the file doesn't have. */
function freshText(file: ts.SourceFile, text: string): string {
  return file.text.includes(text) ? freshText(file, `${text}.`) : text;
}

/**
 * Writes the path to the glue, which depends on where TypeScript puts the file. Nothing follows it
 * on its line that a source map could mean.
 */
export function linkGlue(text: string, plan: FilePlan, file: string, gluePath: string): string {
  const relative = path.posix.relative(path.posix.dirname(file), gluePath.replaceAll('\\', '/'));
  const specifier = relative.startsWith('.') ? relative : `./${relative}`;
  return text.replace(`"${plan.glue}"`, () => JSON.stringify(specifier));
}
