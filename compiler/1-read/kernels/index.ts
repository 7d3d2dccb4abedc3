/**
 * The loops of functions of arrays: for each `vectorize` and the like that `@native` marks, the program that native code
 * is made of has a native function behind the end of its file, and so has the JavaScript. TypeScript checks the files as
 * they are.
 */
import { ts } from '../../ts-morph.ts';
import { findTag } from '../tag-options.ts';
import {
  arrayFunctionOf,
  classOfArray,
  classOfParameter,
  classOfResult,
  makers,
  optionOf,
  type ArrayFunction,
} from './find.ts';
import { expressionFunctions, expressionsIn } from './expressions.ts';
import { inArrays } from '../hints.ts';
import { guvectorizeLoops, signatureOf } from './guvectorize.ts';
import { reachOf, stencilKernel } from './stencil.ts';
import { generatedIn, generatedMark } from './origins.ts';
import { vectorizeKernel } from './vectorize.ts';

/** Where something stands in a file. */
interface Range {
  readonly start: number;
  readonly end: number;
}

/** A call of a vectorised function with arrays, and the function that native code calls in its place. */
export interface ArrayCall extends Range {
  readonly name: string;
  /** What it is called with; the result's place first where `isInto` says so. */
  readonly args: readonly Range[];
  readonly isInto: boolean;
}

/** What was written for a program. */
export interface Written {
  /** The texts of files with it, by path. */
  readonly texts: ReadonlyMap<string, string>;
  /** By the files' paths. */
  readonly calls: ReadonlyMap<string, readonly ArrayCall[]>;
}

/** Writes what a program needs for its functions of arrays. */
export function writeKernels(program: ts.Program): Written {
  const texts = new Map<string, string>();
  const calls = new Map<string, readonly ArrayCall[]>();
  const files = program.getSourceFiles();
  if (!files.some(({ fileName }) => inArrays(fileName))) return { texts, calls };
  for (const file of files) {
    if (file.isDeclarationFile || program.isSourceFileFromExternalLibrary(file)) continue;
    const written = writtenFor(file, program.getTypeChecker());
    if (!written) continue;
    texts.set(file.fileName, `${file.text}${written.text}`);
    calls.set(file.fileName, written.calls);
  }
  return { texts, calls };
}

function writtenFor(
  file: ts.SourceFile,
  checker: ts.TypeChecker,
): { readonly text: string; readonly calls: readonly ArrayCall[] } | undefined {
  // Most files have none.
  const mayMake =
    file.text.includes('@native') && makers.some((maker) => file.text.includes(maker));
  const found = (mayMake ? file.statements : []).flatMap((statement) =>
    ts.isVariableStatement(statement) && isTagged(statement, file)
      ? statement.declarationList.declarations.flatMap((one) => arrayFunctionOf(one, checker) ?? [])
      : [],
  );
  const expressions = expressionsIn(file, checker);
  if (found.length === 0 && expressions.length === 0) return undefined;
  const names = new Set<string>();
  const kernels = found.flatMap((one) =>
    kernelOf(one, freshName(`$kernel_${one.name}`, file, names), checker),
  );
  const rangeOf = (node: ts.Node): Range => ({ start: node.getStart(file), end: node.end });
  const fused = expressions.map((one, index) => {
    const name = freshName(`$arrays${index}`, file, names);
    const args = [...(one.out ? [one.out] : []), ...one.leaves].map(({ node }) => rangeOf(node));
    const call: ArrayCall = { ...rangeOf(one.node), name, args, isInto: one.out !== undefined };
    return { text: expressionFunctions(one, name), call };
  });
  const text = `
${generatedMark}
import {
  attach as $attach, attachLoops as $attachLoops, nearestIndex as $nearestIndex, wrappedIndex as $wrappedIndex,
  reflectedIndex as $reflectedIndex, commonShape as $commonShape, describe as $describe, describeFlat as $describeFlat,
  describeSizes as $describeSizes, inputFor as $inputFor, isFlat as $isFlat, isApart as $isApart, isNative as $isNative, loadAlone as $load,
  ndarray as $ndarray, partAt as $partAt, place3 as $place3, place4 as $place4, placesFit as $placesFit, sizeOfShape as $sizeOfShape,
  storeAlone as $store, viewOf as $viewOf, type NdArray as $NdArray,
} from 'tsnative/nd/kernels';
import { parallel as $parallel, type i32 as $i32, type i64 as $i64, type u64 as $u64 } from 'tsnative';
${[...kernels, ...fused.map((one) => one.text)].join('\n')}
`;
  return { text, calls: fused.map(({ call }) => call) };
}

/** The kernel of a function of arrays and the statement that attaches it; nothing where the package's own loops run. */
function kernelOf(one: ArrayFunction, name: string, checker: ts.TypeChecker): string[] {
  const { fn, maker, call, text: source } = one;
  const attached = (text: string, classes: readonly string[], more = ''): string[] => [
    `${text}\n$attach(${one.name}, ${name}, [${classes.join(', ')}]${more});`,
  ];
  const type = classOfResult(one, checker);
  if (maker === 'stencil') {
    const reach = reachOf(fn);
    // Its text is written into the loops, where its names must mean the same.
    if (!reach || fn.getSourceFile() !== call.getSourceFile()) return [];
    const { text, classes } = stencilKernel({
      name,
      fn,
      reach,
      type,
      mode: optionOf(call.arguments[1], 'mode')?.replace(/['"`]/g, '') ?? 'constant',
      value: optionOf(call.arguments[1], 'value') ?? '0',
    });
    return attached(text, classes, `, ${reach.rank}`);
  }
  if (maker === 'guvectorize') {
    const signature = signatureOf(call.arguments[0]);
    const given = fn.parameters.map((parameter) => classOfArray(parameter, checker));
    if (given.length !== signature?.axes.length || !given.every((one) => one !== undefined))
      return [];
    const { text, classes, length } = guvectorizeLoops({
      ...{ name, fn: source, ...signature, classes: given },
    });
    return [`${text}\n$attachLoops(${one.name}, ${name}, [${classes.join(', ')}], ${length});`];
  }
  const classes = [type, ...fn.parameters.map((parameter) => classOfParameter(parameter, checker))];
  return attached(vectorizeKernel({ name, fn: source, classes }), classes);
}

const isTagged = (statement: ts.VariableStatement, file: ts.SourceFile): boolean =>
  (ts.getLeadingCommentRanges(file.text, statement.pos) ?? []).some(({ pos, end }) => {
    const comment = file.text.slice(pos, end);
    return comment.startsWith('/**') && findTag(comment) !== undefined;
  });

function freshName(name: string, file: ts.SourceFile, taken: Set<string>): string {
  if (file.text.includes(name) || taken.has(name)) return freshName(`${name}_`, file, taken);
  taken.add(name);
  return name;
}

/** Whether a node is in what the compiler has written behind the end of a file. */
export const isGenerated = (node: ts.Node): boolean =>
  node.pos >= generatedIn(node.getSourceFile()).start;

/** A function of arrays as the source has it. */
export interface ShownArrayFunction {
  readonly name: string;
  readonly line: number;
  /** The name that is declared, or that is called. */
  readonly declared: ts.Node;
  /** It is a call with arrays. */
  readonly isCall?: boolean;
  /** Of a function of small arrays: how many results it has. */
  readonly results?: number;
}

/** The function of arrays, or the call of one with arrays, that a node in what the compiler has written is for. */
export function arrayFunctionAt(node: ts.Node): ShownArrayFunction | undefined {
  const file = node.getSourceFile();
  const index = file.statements.findIndex(({ pos, end }) => pos <= node.pos && node.end <= end);
  const kernel = file.statements[index];
  if (!kernel || !ts.isFunctionDeclaration(kernel) || !isGenerated(node)) return undefined;
  const called = callOf(kernel, file);
  if (called) return { ...shown(called, called.getText(file), file), isCall: true };
  // What the kernel calls may stand between it and what attaches it.
  const next = file.statements.slice(index + 1).find((one) => !ts.isFunctionDeclaration(one));
  if (!next || !ts.isExpressionStatement(next) || !ts.isCallExpression(next.expression))
    return undefined;
  const [name, attached] = next.expression.arguments;
  if (!attached || !ts.isIdentifier(attached) || attached.text !== kernel.name?.text)
    return undefined;
  if (!name || !ts.isIdentifier(name)) return undefined;
  const declaration = file.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => [...declarationList.declarations])
    .find((one) => ts.isIdentifier(one.name) && one.name.text === name.text);
  if (!declaration) return undefined;
  const { initializer } = declaration;
  const hasCores = next.expression.expression.getText() === '$attachLoops';
  const signature =
    hasCores && initializer && ts.isCallExpression(initializer)
      ? signatureOf(initializer.arguments[0])
      : undefined;
  return {
    ...shown(declaration.name, name.text, file),
    ...(signature && { results: signature.results }),
  };
}

function shown(declared: ts.Node, name: string, file: ts.SourceFile): ShownArrayFunction {
  const { line } = file.getLineAndCharacterOfPosition(declared.getStart(file));
  return { name, line: line + 1, declared };
}

/** The name of the function that is called where the kernel of an expression is for, by the mark before that. */
function callOf(kernel: ts.FunctionDeclaration, file: ts.SourceFile): ts.Node | undefined {
  const mark = /^\/\* of (\d+) \*\/$/.exec(
    (ts.getLeadingCommentRanges(file.text, kernel.pos) ?? [])
      .map(({ pos, end }) => file.text.slice(pos, end))
      .at(-1) ?? '',
  );
  if (!mark) return undefined;
  const start = Number(mark[1]);
  const find = (node: ts.Node): ts.Node | undefined =>
    ts.isIdentifier(node) && node.getStart(file) === start
      ? node
      : ts.forEachChild(node, (child) =>
          child.pos <= start && start < child.end ? find(child) : undefined,
        );
  return find(file);
}
