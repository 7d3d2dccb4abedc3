/**
 * The loops of functions of arrays: for each `vectorize` and the like that `@native` marks, the program that native code
 * is made of has a native function behind the end of its file, and so has the JavaScript. TypeScript checks the files as
 * they are.
 */
import { ts } from '../../ts-morph.ts';
import { findTag } from '../tag-options.ts';
import {
  arrayFunctionOf,
  classOfParameter,
  classOfResult,
  makers,
  type ArrayFunction,
} from './find.ts';
import { vectorizeKernel } from './vectorize.ts';

/** The texts of a program's files with what was written for them, by path; none where there is nothing to write. */
export function textsWithKernels(program: ts.Program): Map<string, string> {
  const texts = new Map<string, string>();
  for (const file of program.getSourceFiles()) {
    if (file.isDeclarationFile || program.isSourceFileFromExternalLibrary(file)) continue;
    if (!mayHaveSome(file)) continue;
    const written = kernelsOf(file, program.getTypeChecker());
    if (written) texts.set(file.fileName, `${file.text}${written}`);
  }
  return texts;
}

/** Most files have none, and need no checker. */
const mayHaveSome = ({ text }: ts.SourceFile): boolean =>
  text.includes('@native') &&
  text.includes('tsnative/nd') &&
  makers.some((maker) => text.includes(maker));

function kernelsOf(file: ts.SourceFile, checker: ts.TypeChecker): string | undefined {
  const found = file.statements.flatMap((statement) =>
    ts.isVariableStatement(statement) && isTagged(statement, file)
      ? statement.declarationList.declarations.flatMap((one) => arrayFunctionOf(one, checker) ?? [])
      : [],
  );
  if (found.length === 0) return undefined;
  const names = new Set<string>();
  const kernels = found.map((one) => {
    const name = freshName(`$kernel_${one.name}`, file, names);
    const { text, classes } = kernelOf(one, name, checker);
    return `${text}\n$attach(${one.name}, ${name}, [${classes.join(', ')}]);`;
  });
  return `
${generatedMark}
import { attach as $attach, isNative as $isNative, load as $load, place3 as $place3, place4 as $place4, placesFit as $placesFit, store as $store } from 'tsnative/nd/kernels';
import { parallel as $parallel, type i32 as $i32 } from 'tsnative';
${kernels.join('\n')}
`;
}

/** What begins the part of a file that the compiler has written. */
const generatedMark = '// What follows was written by tsnative.';

function kernelOf(
  one: ArrayFunction,
  name: string,
  checker: ts.TypeChecker,
): { readonly text: string; readonly classes: readonly string[] } {
  const { fn } = one;
  const classes = [
    classOfResult(one, checker),
    ...fn.parameters.map((parameter) => classOfParameter(parameter, checker)),
  ];
  return { text: vectorizeKernel({ name, fn: fn.getText(), classes }), classes };
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

const starts = new WeakMap<ts.SourceFile, number>();

/** Where in a file the part begins that the compiler has written; infinitely far where there is none. */
function generatedStart(file: ts.SourceFile): number {
  const known = starts.get(file);
  if (known !== undefined) return known;
  const found = file.text.lastIndexOf(generatedMark);
  const start = found < 0 ? Infinity : found;
  starts.set(file, start);
  return start;
}

/** Whether a node is in what the compiler has written behind the end of a file. */
export const isGenerated = (node: ts.Node): boolean =>
  node.pos >= generatedStart(node.getSourceFile());

/** The function of arrays, as the source has it, that a node in what the compiler has written is for. */
export function arrayFunctionAt(
  node: ts.Node,
): { readonly name: string; readonly line: number } | undefined {
  const file = node.getSourceFile();
  const kernel = file.statements.findIndex(({ pos, end }) => pos <= node.pos && node.end <= end);
  const next = file.statements[kernel + 1];
  if (!isGenerated(node) || !next || !ts.isExpressionStatement(next)) return undefined;
  const [name] = ts.isCallExpression(next.expression) ? next.expression.arguments : [];
  if (!name || !ts.isIdentifier(name)) return undefined;
  const declaration = file.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => [...declarationList.declarations])
    .find((one) => ts.isIdentifier(one.name) && one.name.text === name.text);
  if (!declaration) return undefined;
  const { line } = file.getLineAndCharacterOfPosition(declaration.name.getStart(file));
  return { name: name.text, line: line + 1 };
}
