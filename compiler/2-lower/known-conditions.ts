/**
 * Conditions that are known: `true` and `false` in any function, and those that types decide. That is
 * `typeof x === 'string'` of a `T` in a copy of a generic function, and in a module with hints what it asks of
 * arguments whose types the hints tell. The part that is never reached may make no sense for TypeScript or for these
 * types, and isn't looked at.
 */
import { Node, SyntaxKind, ts } from '../ts-morph.ts';
import { isGlobal } from './expressions/globals.ts';
import { isView, viewClass, viewKind } from '../ir/types.ts';
import type { Lowering } from './lowering.ts';

/** What a condition always is; undefined for one that is found out when it runs. */
export function knownCondition(l: Lowering, node: Node): boolean | undefined {
  const isCopy =
    l.native.types.parameters.length > 0 || l.module.reading.hinted?.inProject === false;
  return isCopy ? known(l, node) : literal(node);
}

function literal(node: Node): boolean | undefined {
  if (Node.isParenthesizedExpression(node)) return literal(node.getExpression());
  if (Node.isTrueLiteral(node)) return true;
  return Node.isFalseLiteral(node) ? false : undefined;
}

function known(l: Lowering, node: Node): boolean | undefined {
  const always = literal(node);
  if (always !== undefined) return always;
  if (Node.isParenthesizedExpression(node)) return known(l, node.getExpression());
  if (Node.isPrefixUnaryExpression(node)) {
    const operand = known(l, node.getOperand());
    const isNot = node.getOperatorToken() === SyntaxKind.ExclamationToken;
    return isNot && operand !== undefined ? !operand : undefined;
  }
  if (Node.isCallExpression(node)) {
    const callee = node.getExpression();
    const [argument] = node.getArguments();
    const isTest =
      Node.isPropertyAccessExpression(callee) &&
      callee.getName() === 'isArray' &&
      isGlobal(callee.getExpression(), 'Array');
    return isTest && argument && isReference(argument) ? isArray(l, argument) : undefined;
  }
  if (!Node.isBinaryExpression(node)) return undefined;
  const [left, right] = [node.getLeft(), node.getRight()];
  switch (node.getOperatorToken().getKind()) {
    case SyntaxKind.AmpersandAmpersandToken: {
      const first = known(l, left);
      return first === true ? known(l, right) : first;
    }
    case SyntaxKind.BarBarToken: {
      const first = known(l, left);
      return first === false ? known(l, right) : first;
    }
    case SyntaxKind.InstanceOfKeyword:
      return isViewOf(l, left, right);
    case SyntaxKind.EqualsEqualsEqualsToken:
    case SyntaxKind.EqualsEqualsToken:
      return isOfType(l, left, right);
    case SyntaxKind.ExclamationEqualsEqualsToken:
    case SyntaxKind.ExclamationEqualsToken: {
      const is = isOfType(l, left, right);
      return is === undefined ? undefined : !is;
    }
    default:
      return undefined;
  }
}

/** `typeof x === 'name'`, where all values of the type of `x` have one. */
function isOfType(l: Lowering, left: Node, right: Node): boolean | undefined {
  if (!Node.isTypeOfExpression(left) || !Node.isStringLiteral(right)) return undefined;
  const tested = left.getExpression();
  if (!isReference(tested)) return undefined;
  const type = l.typeOf(tested);
  const names = new Set((type.isUnion() ? type.types : [type]).map(nameOf));
  const [name, second] = names;
  return name === undefined || second !== undefined ? undefined : name === right.getLiteralValue();
}

/** ECMA-262 13.5.3, table 41; undefined for a type of several. */
function nameOf({ flags }: ts.Type): string | undefined {
  if (flags & ts.TypeFlags.NumberLike) return 'number';
  if (flags & ts.TypeFlags.StringLike) return 'string';
  if (flags & ts.TypeFlags.BooleanLike) return 'boolean';
  if (flags & ts.TypeFlags.BigIntLike) return 'bigint';
  if (flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void)) return 'undefined';
  return flags & (ts.TypeFlags.Object | ts.TypeFlags.Null) ? 'object' : undefined;
}

/** `x instanceof Uint8Array` of what is always one. */
function isViewOf(l: Lowering, left: Node, right: Node): boolean | undefined {
  if (!Node.isIdentifier(left) || !Node.isIdentifier(right)) return undefined;
  const variable = l.lookup(left);
  const type =
    variable?.kind === 'constant' && variable.operand.kind === 'value'
      ? variable.operand.value.type
      : undefined;
  if (type === undefined || !isView(type)) return undefined;
  const kind = viewKind(type);
  const names = kind === 'buffer' ? ['Buffer', 'Uint8Array'] : [viewClass[kind]];
  return names.includes(right.getText()) && isGlobal(right, right.getText()) ? true : undefined;
}

function isArray(l: Lowering, node: Node): boolean | undefined {
  const type = l.typeOf(node);
  if (type.isUnion()) return undefined;
  const checker = l.module.reading.program.getTypeChecker();
  return checker.isArrayType(type) || checker.isTupleType(type);
}

/** What can be left out, since it does nothing when it runs. */
const isReference = (node: Node): boolean =>
  Node.isIdentifier(node) ||
  Node.isThisExpression(node) ||
  (Node.isPropertyAccessExpression(node) && isReference(node.getExpression()));
