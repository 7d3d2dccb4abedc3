/** Refusals of variables whose declaration doesn't give them one machine type. */
import { Node, type VariableDeclaration } from '../../ts-morph.ts';
import { placeOf } from '../../1-read/places.ts';
import { codes } from '../../diagnostics/codes.ts';
import { fitsInteger } from '../../ir/scalars.ts';
import type { Lowering } from '../lowering.ts';
import type { Operand } from '../operands.ts';
import { sourceOf } from '../refusals.ts';

/** `let x;`, `const x = null;` and the like. @param absent what the initial value is */
export function refuseUntyped(
  l: Lowering,
  declaration: Node & { getName(): string },
  absent?: 'undefined' | 'null',
): never {
  const name = declaration.getName();
  const initializer = Node.isVariableDeclaration(declaration)
    ? declaration.getInitializer()
    : undefined;
  const rewrite =
    initializer && Node.isCallExpression(initializer)
      ? `${sourceOf(initializer)}; // it returns nothing`
      : annotated('let', name, absent ? `number | ${absent}` : 'number', initializer, declaration);
  const place = Node.isVariableDeclaration(declaration) ? declaration.getNameNode() : declaration;
  return l.refuse(codes.untypedVariable(placeOf(place), { name, rewrite }));
}

/** A bigint that may have any size. @param operand its initial value, where that is known */
export function refuseUnhintedBigint(
  l: Lowering,
  declaration: VariableDeclaration,
  operand: Operand | undefined,
): never {
  const name = declaration.getName();
  const keyword = declaration.getVariableStatement()?.getDeclarationKind() ?? 'let';
  const rewrite = annotated(
    keyword,
    name,
    widthOf(operand),
    declaration.getInitializer(),
    declaration,
  );
  return l.refuse(codes.unhintedBigint(placeOf(declaration.getNameNode()), { name, rewrite }));
}

function widthOf(operand: Operand | undefined): string {
  if (operand?.kind === 'bigint') return fitsInteger('i64', operand.value) ? 'i64' : 'u64';
  if (operand?.kind === 'optional') return `${operand.value.type} | undefined`;
  return operand?.kind === 'value' ? operand.value.type : 'i64';
}

/** A declaration with its type, as TypeScript or JavaScript files write it. */
function annotated(
  keyword: string,
  name: string,
  type: string,
  initializer: Node | undefined,
  declaration: Node,
): string {
  const value = initializer ? ` = ${sourceOf(initializer)}` : '';
  return /\.[cm]?jsx?$/.test(declaration.getSourceFile().getFilePath())
    ? `/** @type {${type}} */ ${keyword} ${name}${value};`
    : `${keyword} ${name}: ${type}${value};`;
}
