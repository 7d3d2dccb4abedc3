/** `?: && || ??`: only the part that is chosen runs. */
import {
  Node,
  SyntaxKind,
  type BinaryExpression,
  type ConditionalExpression,
} from '../../ts-morph.ts';
import type { HintType } from '../../1-read/model.ts';
import { only } from '../../1-read/hint-types.ts';
import { isList, isRecord, type IrType, type Node as IrNode, type Value } from '../../ir/types.ts';
import { branch, condition, skipParentheses } from '../conditions.ts';
import { isPresent, toBoolean, toHint, unify } from '../convert.ts';
import { knownCondition } from '../known-conditions.ts';
import { isFunctionType } from '../functions/closures.ts';
import { functionExpression } from '../../1-read/function-nodes.ts';
import type { Lowering } from '../lowering.ts';
import { describe, valueOperand, type Operand } from '../operands.ts';
import { noCommonType } from '../refusals.ts';
import { expectedType } from './expected.ts';
import { lower, lowerTested } from './index.ts';

export const logicalOperators: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.AmpersandAmpersandToken,
  SyntaxKind.BarBarToken,
  SyntaxKind.QuestionQuestionToken,
]);

export function lowerConditional(
  l: Lowering,
  node: ConditionalExpression,
  expected?: HintType,
): Operand {
  const known = knownCondition(l, node.getCondition());
  if (known !== undefined)
    return lower(l, known ? node.getWhenTrue() : node.getWhenFalse(), expected);
  const [then, otherwise] = lowerParts(l, node, expected);
  const isChoice =
    node.getCondition().getType().isBoolean() &&
    [then, otherwise].every(({ part }) => part.every(isConstant));
  const result = join(l, then, otherwise, node, expected);
  l.at(node);
  const place = [() => l.b.place(then.part), () => l.b.place(otherwise.part)] as const;
  // Between constants nothing is won by jumps; of a truth LLVM makes a number without any.
  if (isChoice) l.b.if(condition(l, node.getCondition()), ...place);
  else branch(l, node.getCondition(), ...place);
  return result();
}

/**
 * Both parts of a choice; the result's type is known only when both are lowered, so they are placed afterwards.
 * An array or function that is written out takes its type from the other part, which knows of hints.
 */
function lowerParts(
  l: Lowering,
  node: ConditionalExpression,
  expected: HintType | undefined,
): [Alternative, Alternative] {
  const [whenTrue, whenFalse] = [node.getWhenTrue(), node.getWhenFalse()];
  const of = (part: Node, other?: Alternative): Alternative =>
    detached(
      l,
      part,
      isWritten(part)
        ? (expected ?? (other && typeFor(l, other.operand)) ?? typeKnown(l, node))
        : expected,
    );
  if (isWritten(whenTrue) && !isWritten(whenFalse)) {
    let otherwise: Alternative | undefined;
    const [second, first] = l.both(
      () => (otherwise = of(whenFalse)),
      () => of(whenTrue, otherwise),
    );
    return [first, second];
  }
  let then: Alternative | undefined;
  return l.both(
    () => (then = of(whenTrue)),
    () => of(whenFalse, isWritten(whenTrue) ? undefined : then),
  );
}

/** Whether an object, array or function is written out, which can be made as any type that it fits. */
function isWritten(node: Node): boolean {
  const inner = skipParentheses(node);
  return (
    Node.isObjectLiteralExpression(inner) ||
    Node.isArrayLiteralExpression(inner) ||
    functionExpression(inner) !== undefined
  );
}

/** What an array or function that is written out beside an operand has for its type: that operand's. */
function typeFor(l: Lowering, operand: Operand): HintType | undefined {
  if (operand.kind !== 'value' && operand.kind !== 'optional') return undefined;
  const { type } = operand.value;
  return isList(type) || isFunctionType(l, type) ? only(type) : undefined;
}

/** The type that TypeScript has for a choice; undefined where native code has none. */
function typeKnown(l: Lowering, node: Node): HintType | undefined {
  const hint = l.module.reading.hintOfType(l.typeOf(node), node);
  return 'code' in hint || hint.type === undefined ? undefined : hint;
}

const isConstant = (node: IrNode): boolean => node.kind === 'op' && node.op === 'const';

export function lowerLogical(l: Lowering, node: BinaryExpression, expected?: HintType): Operand {
  const operator = node.getOperatorToken().getKind();
  const known = knownCondition(l, node.getLeft());
  if (known !== undefined && operator !== SyntaxKind.QuestionQuestionToken) {
    const isRight = known === (operator === SyntaxKind.AmpersandAmpersandToken);
    return isRight ? lower(l, node.getRight(), expected) : valueOperand(l.constant('bool', known));
  }
  // As in TypeScript, the left operand of `??` and `||` gives the right one its type where the place gives none.
  let implied: HintType | undefined;
  const [[left, test], right] = l.both(
    () => {
      const operand = lowerTested(l, node.getLeft());
      if (operator !== SyntaxKind.AmpersandAmpersandToken) implied = typeFor(l, operand);
      return [operand, takesRight(l, operator, operand)] as const;
    },
    () => detached(l, node.getRight(), expected ?? implied),
  );
  // What `??` and `||` keep of the left operand is there, so it counts as its value alone.
  const kept: Operand =
    operator !== SyntaxKind.AmpersandAmpersandToken && left.kind === 'optional'
      ? valueOperand(left.value)
      : left;
  const otherwise = { operand: kept, node: node.getLeft(), part: l.b.detached(() => {}) };
  const result = join(l, right, otherwise, node, expected);
  l.at(node);
  l.b.placeIf(test, right.part, otherwise.part);
  return result();
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

/** A result that is chosen or not, and the code that makes it. */
interface Alternative {
  readonly operand: Operand;
  readonly node: Node;
  readonly part: IrNode[];
}

function detached(l: Lowering, node: Node, expected?: HintType): Alternative {
  let operand: Operand | undefined;
  const part = l.b.detached(() => {
    operand = lower(l, node, expected);
  });
  if (!operand) throw new Error('a part was lowered');
  return { operand, node, part };
}

/** The type of two objects of different records: what is expected of them, or what TypeScript knows. */
function commonRecord(
  l: Lowering,
  a: Operand,
  b: Operand,
  node: Node,
  expected: HintType | undefined,
): HintType | undefined {
  const typeOf = (operand: Operand): IrType | undefined =>
    operand.kind === 'value' || operand.kind === 'optional' ? operand.value.type : undefined;
  const [first, second] = [typeOf(a), typeOf(b)];
  if (first === undefined || second === undefined || first === second) return undefined;
  if (!isRecord(first) || !isRecord(second)) return undefined;
  const { type } = expectedType(l, node, expected);
  const optional = a.kind === 'optional' || b.kind === 'optional';
  return type !== undefined && isRecord(type)
    ? { type, undefined: optional, null: optional }
    : undefined;
}

/** Ends both parts with storing what they give; the function that is returned reads the result. */
function join(
  l: Lowering,
  first: Alternative,
  second: Alternative,
  node: Node,
  expected?: HintType,
): () => Operand {
  const nodes = { whole: node, first: first.node, second: second.node };
  const hint =
    commonRecord(l, first.operand, second.operand, node, expected) ??
    unify(l, first.operand, second.operand, nodes);
  if (hint.type === undefined) {
    const isSame = describe(first.operand) === describe(second.operand);
    return isSame ? () => first.operand : noCommonType(l, first.operand, second.operand, nodes);
  }
  const optional = hint.undefined || hint.null;
  const tag = optional ? l.b.local('tag', 'u8') : undefined;
  const local = l.b.local('choice', hint.type);
  for (const { operand, node: source, part } of [first, second]) {
    l.b.within(part, () => {
      const [a, b] = toHint(l, operand, hint, source, source.getText());
      if (tag !== undefined && a && b) {
        l.b.set(tag, a);
        l.b.set(local, b);
      } else if (a) l.b.set(local, a);
    });
  }
  return () =>
    tag === undefined
      ? valueOperand(l.b.get(local))
      : {
          kind: 'optional',
          tag: l.b.get(tag),
          value: l.b.get(local),
          ...(hint.undefined !== hint.null && { only: hint.undefined ? 'undefined' : 'null' }),
        };
}
