/** Members of enums, and of module-level objects and tuples with `as const`: constants with a dot in their name. */
import {
  Node,
  ts,
  type ElementAccessExpression,
  type Expression,
  type PropertyAccessExpression,
  type VariableDeclaration,
} from '../ts-morph.ts';
import { declarationOf, isConst, isTopLevel } from './function-nodes.ts';

export type Access = PropertyAccessExpression | ElementAccessExpression;

export const isAccess = (node: Node): node is Access =>
  Node.isPropertyAccessExpression(node) || Node.isElementAccessExpression(node);

/** The value of `Enum.Member`, also in brackets; undefined where it is computed, or for another access. */
export function enumMember(access: Access, checker: ts.TypeChecker): number | string | undefined {
  const name = nameOf(access);
  const symbol = access.getExpression().getSymbol();
  const object = (symbol?.getAliasedSymbol() ?? symbol)?.compilerSymbol;
  if (name === undefined || !object || !(object.flags & ts.SymbolFlags.Enum)) return undefined;
  const member = object.exports?.get(ts.escapeLeadingUnderscores(name))?.valueDeclaration;
  return member && ts.isEnumMember(member) ? checker.getConstantValue(member) : undefined;
}

/** The name that an access has, where it is known when compiling. */
function nameOf(access: Access): string | undefined {
  if (Node.isPropertyAccessExpression(access)) return access.getName();
  const argument = access.getArgumentExpression();
  if (Node.isStringLiteral(argument) || Node.isNoSubstitutionTemplateLiteral(argument))
    return argument.getLiteralText();
  return Node.isNumericLiteral(argument) ? String(Number(argument.compilerNode.text)) : undefined;
}

/**
 * The expression that gives a member of a module-level constant its value.
 * @param isReadable whether native code may read a variable's value at load
 * @returns undefined for what isn't one, or may be another value when it is read
 */
export function memberValue(
  access: Access,
  isReadable: (declaration: VariableDeclaration) => boolean,
): Expression | undefined {
  const object = constantObject(access.getExpression(), isReadable);
  const name = nameOf(access);
  return object && name !== undefined ? partOf(object, name) : undefined;
}

/** An object or array literal that nobody may change: the value of a constant with `as const`, or inside one. */
function constantObject(
  node: Node,
  isReadable: (declaration: VariableDeclaration) => boolean,
): Expression | undefined {
  if (isAccess(node)) {
    const part = memberValue(node, isReadable);
    if (part) return literalIn(part);
  }
  const declaration = declarationOf(node);
  if (!declaration || !Node.isVariableDeclaration(declaration)) return undefined;
  if (!isTopLevel(declaration) || !isConst(declaration) || !isReadable(declaration))
    return undefined;
  const initializer = declaration.getInitializer();
  return initializer && isUnchanging(initializer) ? literalIn(initializer) : undefined;
}

/** `… as const`, also with `satisfies` behind it. */
function isUnchanging(node: Node): boolean {
  if (Node.isAsExpression(node)) return node.getTypeNode()?.getText() === 'const';
  return (
    (Node.isParenthesizedExpression(node) || Node.isSatisfiesExpression(node)) &&
    isUnchanging(node.getExpression())
  );
}

function literalIn(node: Expression): Expression | undefined {
  if (
    Node.isAsExpression(node) ||
    Node.isParenthesizedExpression(node) ||
    Node.isSatisfiesExpression(node)
  )
    return literalIn(node.getExpression());
  return Node.isObjectLiteralExpression(node) || Node.isArrayLiteralExpression(node)
    ? node
    : undefined;
}

/** The value of a literal's part; undefined where a spread or the like could be it. */
function partOf(literal: Expression, name: string): Expression | undefined {
  if (Node.isArrayLiteralExpression(literal)) {
    const elements = literal.getElements();
    const isPlain = !elements.some(
      (element) => Node.isSpreadElement(element) || Node.isOmittedExpression(element),
    );
    return isPlain && /^\d+$/.test(name) ? elements[Number(name)] : undefined;
  }
  if (!Node.isObjectLiteralExpression(literal)) return undefined;
  const properties = literal.getProperties();
  if (!properties.every((property) => Node.isPropertyAssignment(property))) return undefined;
  const found = properties.filter((property) => propertyName(property.getNameNode()) === name);
  return found.length === 1 ? found[0]?.getInitializer() : undefined;
}

function propertyName(node: Node): string | undefined {
  if (Node.isIdentifier(node)) return node.getText();
  if (Node.isStringLiteral(node)) return node.getLiteralText();
  return Node.isNumericLiteral(node) ? String(Number(node.compilerNode.text)) : undefined;
}
