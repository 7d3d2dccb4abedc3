/**
 * Expressions of which only the string counts: `${x ?? 'none'}` of a number. A value has one machine type, but
 * each part of `?: ?? || &&` can be made a string where it is chosen.
 */
import { Node, SyntaxKind, ts, type BinaryExpression } from '../../ts-morph.ts';
import type { Node as IrNode, Value } from '../../ir/types.ts';
import { branch, skipParentheses } from '../conditions.ts';
import { knownCondition } from '../known-conditions.ts';
import type { Lowering } from '../lowering.ts';
import { present } from '../convert.ts';
import { valueOperand, type Operand } from '../operands.ts';
import { sourceOf } from '../refusals.ts';
import { lower, lowerTested } from './index.ts';
import { logicalOperators, takesRight } from './logical.ts';
import { toText } from './text.ts';

/** ToString of an expression. */
export function lowerText(l: Lowering, node: Node): Value {
  return toText(l, { operand: lowerForText(l, node), node });
}

/** An expression of which only the string counts: a string where it may be of several types. */
export function lowerForText(l: Lowering, node: Node): Operand {
  const inner = skipParentheses(node);
  if (!isMixed(l, inner)) return lower(l, node);
  if (isLogical(inner)) return valueOperand(textOfLogical(l, inner));
  if (!Node.isConditionalExpression(inner)) return lower(l, node);
  const [condition, then, otherwise] = [
    inner.getCondition(),
    inner.getWhenTrue(),
    inner.getWhenFalse(),
  ];
  const known = knownCondition(l, condition);
  if (known !== undefined) return lowerForText(l, known ? then : otherwise);
  const local = l.b.local('text', 'str');
  const [first, second] = l.both(
    () => part(l, local, then),
    () => part(l, local, otherwise),
  );
  l.at(inner);
  branch(
    l,
    condition,
    () => l.b.place(first),
    () => l.b.place(second),
  );
  return valueOperand(l.b.get(local));
}

const part = (l: Lowering, local: string, node: Node): IrNode[] =>
  l.b.detached(() => l.b.set(local, lowerText(l, node)));

function textOfLogical(l: Lowering, node: BinaryExpression): Value {
  const operator = node.getOperatorToken().getKind();
  const local = l.b.local('text', 'str');
  const [[left, test], right] = l.both(
    () => {
      const operand = lowerTested(l, node.getLeft());
      return [operand, takesRight(l, operator, operand)] as const;
    },
    () => part(l, local, node.getRight()),
  );
  // What `??` and `||` keep is there.
  const kept =
    operator !== SyntaxKind.AmpersandAmpersandToken && left.kind === 'optional'
      ? valueOperand(left.value)
      : left;
  const otherwise = l.b.detached(() =>
    l.b.set(local, toText(l, { operand: kept, node: node.getLeft() })),
  );
  l.at(node);
  l.b.placeIf(test, right, otherwise);
  return l.b.get(local);
}

/** The operands of `a + b`: beside a string that is there, only the string counts of what may be of several types. */
export function lowerForSum(l: Lowering, left: Node, right: Node): [Operand, Operand] {
  const isMadeText = (one: Node, other: Node): boolean =>
    isMixed(l, skipParentheses(one)) && isString(l, other);
  const [leftIsMade, rightIsMade] = [isMadeText(left, right), isMadeText(right, left)];
  const [first, second] = l.both(
    () => (leftIsMade ? lowerForText(l, left) : lower(l, left)),
    () => (rightIsMade ? lowerForText(l, right) : lower(l, right)),
  );
  const there = (operand: Operand, node: Node): Operand =>
    operand.kind === 'optional' ? present(l, operand, sourceOf(node)) : operand;
  return [rightIsMade ? there(first, left) : first, leftIsMade ? there(second, right) : second];
}

/** Whether an expression is a string whatever happens, as far as its type tells. */
function isString(l: Lowering, node: Node): boolean {
  const isText = (type: ts.Type): boolean => {
    if (type.isUnion()) return type.types.every(isText);
    // `string & { brand: 'name' }`
    if (type.isIntersection()) return type.types.some(isText);
    return (type.flags & ts.TypeFlags.StringLike) !== 0;
  };
  return isText(l.typeOf(node));
}

const isLogical = (node: Node): node is BinaryExpression =>
  Node.isBinaryExpression(node) && logicalOperators.has(node.getOperatorToken().getKind());

/** Whether an expression may be a string, and something else that is a value. */
function isMixed(l: Lowering, node: Node): boolean {
  // Of other operators TypeScript is not asked: each time, it would look at all that stands to the left again.
  if (!isLogical(node) && !Node.isConditionalExpression(node)) return false;
  const type = l.typeOf(node);
  const flags = type.isUnion() ? type.types.map((one) => one.flags) : [type.flags];
  const kinds = [
    ts.TypeFlags.StringLike,
    ts.TypeFlags.NumberLike,
    ts.TypeFlags.BooleanLike,
    ts.TypeFlags.BigIntLike,
  ];
  return kinds.filter((kind) => flags.some((flag) => flag & kind)).length > 1;
}
