/** `?: && || ??`: only the part that is chosen runs. */
import { SyntaxKind, type BinaryExpression, type ConditionalExpression, type Node } from '../../ts-morph.ts';
import type { Node as IrNode, Value } from '../../ir/types.ts';
import { branch } from '../conditions.ts';
import { isPresent, toBoolean, toHint, unify } from '../convert.ts';
import type { Lowering } from '../lowering.ts';
import { describe, valueOperand, type Operand } from '../operands.ts';
import { noCommonType } from '../refusals.ts';
import { lower, lowerTested } from './index.ts';

export const logicalOperators: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.AmpersandAmpersandToken,
  SyntaxKind.BarBarToken,
  SyntaxKind.QuestionQuestionToken,
]);

export function lowerConditional(l: Lowering, node: ConditionalExpression): Operand {
  let then: Alternative | undefined;
  let otherwise: Alternative | undefined;
  // The result's type is known only when both parts are lowered, so they are placed afterwards.
  const parts = {
    then: l.b.detached(() => {
      then = { operand: lower(l, node.getWhenTrue()), node: node.getWhenTrue() };
    }),
    otherwise: l.b.detached(() => {
      otherwise = { operand: lower(l, node.getWhenFalse()), node: node.getWhenFalse() };
    }),
  };
  if (!then || !otherwise) throw new Error('both parts were lowered');
  const result = join(l, [then, parts.then], [otherwise, parts.otherwise], node);
  l.at(node);
  branch(
    l,
    node.getCondition(),
    () => l.b.place(parts.then),
    () => l.b.place(parts.otherwise),
  );
  return result();
}

export function lowerLogical(l: Lowering, node: BinaryExpression): Operand {
  const operator = node.getOperatorToken().getKind();
  const left = lowerTested(l, node.getLeft());
  const test = takesRight(l, operator, left);
  return chooseRight(l, left, test, () => lower(l, node.getRight()), node.getRight(), node);
}

/** Whether the right operand is the result. */
export function takesRight(l: Lowering, operator: SyntaxKind, left: Operand): Value {
  switch (operator) {
    case SyntaxKind.AmpersandAmpersandToken:
      return toBoolean(l, left);
    case SyntaxKind.BarBarToken:
      return l.b.op('not', [toBoolean(l, left)]);
    default:
      if (left.kind === 'absent') return l.constant('bool', true);
      if (left.kind === 'optional') return l.b.op('not', [isPresent(l, left.tag)]);
      return l.constant('bool', false);
  }
}

function chooseRight(
  l: Lowering,
  left: Operand,
  test: Value,
  lowerRight: () => Operand,
  rightNode: Node,
  node: BinaryExpression,
): Operand {
  let right: Operand | undefined;
  const rightPart = l.b.detached(() => {
    right = lowerRight();
  });
  if (!right) throw new Error('the right operand was lowered');
  const operator = node.getOperatorToken().getKind();
  // After `??` the left operand is there, so it counts as its value alone.
  const kept: Operand =
    operator === SyntaxKind.QuestionQuestionToken && left.kind === 'optional'
      ? valueOperand(left.value)
      : left;
  const leftPart = l.b.detached(() => {});
  const result = join(
    l,
    [{ operand: right, node: rightNode }, rightPart],
    [{ operand: kept, node: node.getLeft() }, leftPart],
    node,
  );
  l.at(node);
  l.b.placeIf(test, rightPart, leftPart);
  return result();
}

interface Alternative {
  readonly operand: Operand;
  readonly node: Node;
}

/** Ends both parts with storing what they give; the function that is returned reads the result. */
function join(
  l: Lowering,
  [first, firstPart]: [Alternative, IrNode[]],
  [second, secondPart]: [Alternative, IrNode[]],
  node: Node,
): () => Operand {
  const nodes = { whole: node, first: first.node, second: second.node };
  const hint = unify(l, first.operand, second.operand, nodes);
  if (hint.type === undefined) {
    const isSame = describe(first.operand) === describe(second.operand);
    return isSame ? () => first.operand : noCommonType(l, first.operand, second.operand, nodes);
  }
  const optional = hint.undefined || hint.null;
  const tag = optional ? l.b.local('tag', 'u8') : undefined;
  const local = l.b.local('choice', hint.type);
  const store = (part: IrNode[], alternative: Alternative): void =>
    l.b.within(part, () => {
      const [a, b] = toHint(l, alternative.operand, hint, alternative.node, alternative.node.getText());
      if (tag !== undefined && a && b) {
        l.b.set(tag, a);
        l.b.set(local, b);
      } else if (a) l.b.set(local, a);
    });
  store(firstPart, first);
  store(secondPart, second);
  return () =>
    tag === undefined
      ? valueOperand(l.b.get(local))
      : { kind: 'optional', tag: l.b.get(tag), value: l.b.get(local) };
}
