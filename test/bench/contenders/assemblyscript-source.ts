/**
 * A kernel's source as AssemblyScript. Hints are that language's own types; what TypeScript leaves to
 * inference is written out, as AssemblyScript infers `i32` from `0`.
 */
import ts from 'typescript';
import type { Signature } from '../kernels/signature.ts';

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

const elementTypes: Readonly<Record<string, string>> = {
  Int8Array: 'i8',
  Uint8Array: 'u8',
  Int32Array: 'i32',
  Uint32Array: 'u32',
  Float32Array: 'f32',
};

export function asAssemblyScript(source: string, { parameters }: Signature): string {
  const file = ts.createSourceFile('kernel.ts', source, ts.ScriptTarget.ES2022, true);
  const arrays = new Map(parameters.map(({ name, type }) => [name, elementTypes[type]]));
  const edits: Edit[] = [];
  const visit = (node: ts.Node): void => {
    edits.push(...editsOf(node, arrays));
    ts.forEachChild(node, visit);
  };
  visit(file);
  // From the end, so that places stay right; of edits at one place the inner, later one comes first.
  return edits
    .map((edit, order) => ({ edit, order }))
    .sort((a, b) => b.edit.from - a.edit.from || b.order - a.order)
    .reduce((text, { edit }) => text.slice(0, edit.from) + edit.text + text.slice(edit.to), source);
}

function editsOf(node: ts.Node, arrays: ReadonlyMap<string, string | undefined>): Edit[] {
  const replace = (what: ts.Node, text: string): Edit => ({
    from: what.getStart(),
    to: what.end,
    text,
  });
  const insert = (at: number, text: string): Edit => ({ from: at, to: at, text });
  if (ts.isImportDeclaration(node)) return [replace(node, '')];
  if (node.kind === ts.SyntaxKind.NumberKeyword) return [replace(node, 'f64')];
  if (node.kind === ts.SyntaxKind.BooleanKeyword) return [replace(node, 'bool')];
  if (ts.isVariableDeclaration(node) && node.type === undefined && !isTruth(node.initializer))
    return [insert(node.name.end, ': f64')];
  if (!ts.isBinaryExpression(node)) return [];
  const { left, operatorToken, right } = node;
  const integer = wrapsTo(node);
  if (integer !== undefined)
    return [insert(node.getStart(), `${integer}(`), { from: left.end, to: node.end, text: ')' }];
  if (operatorToken.kind === ts.SyntaxKind.EqualsToken && ts.isElementAccessExpression(left)) {
    const element = arrays.get(left.expression.getText());
    if (element !== undefined && wrapsTo(right) === undefined)
      return [insert(right.getStart(), `${element}(`), insert(right.end, ')')];
  }
  return [];
}

/** `i32` for `x | 0` and `u32` for `x >>> 0`, which AssemblyScript writes as conversions. */
function wrapsTo(node: ts.Node): 'i32' | 'u32' | undefined {
  if (!ts.isBinaryExpression(node) || node.right.getText() !== '0') return undefined;
  if (node.operatorToken.kind === ts.SyntaxKind.BarToken) return 'i32';
  const unsigned = ts.SyntaxKind.GreaterThanGreaterThanGreaterThanToken;
  return node.operatorToken.kind === unsigned ? 'u32' : undefined;
}

const isTruth = (node: ts.Expression | undefined): boolean =>
  node?.kind === ts.SyntaxKind.TrueKeyword || node?.kind === ts.SyntaxKind.FalseKeyword;
