/** `+ - * / % **`, unary `+` and `-`: on numbers in double, on bigints exactly. */
import { exactPower } from '../../1-read/fold.ts';
import { SyntaxKind, type Node } from '../../ts-morph.ts';
import type { OpName } from '../../ir/ops.ts';
import { toF64, toNumber } from '../convert.ts';
import { refuseConstruct } from '../constructs.ts';
import type { Lowering } from '../lowering.ts';
import { jsType, valueOperand, type Operand } from '../operands.ts';
import { mixedTypes, notANumber, sidesOf } from '../refusals.ts';
import { bigintArithmetic, isBigint, negateBigint } from './bigint.ts';

const floatOps: Partial<Record<SyntaxKind, OpName>> = {
  [SyntaxKind.PlusToken]: 'add',
  [SyntaxKind.MinusToken]: 'sub',
  [SyntaxKind.AsteriskToken]: 'mul',
  [SyntaxKind.SlashToken]: 'div',
  [SyntaxKind.PercentToken]: 'rem',
};

export function lowerArithmetic(
  l: Lowering,
  operator: SyntaxKind,
  left: Operand,
  right: Operand,
  node: Node,
): Operand {
  if (isBigint(left) && isBigint(right)) return bigintArithmetic(l, operator, left, right, node);
  if (isBigint(left) !== isBigint(right)) mixedTypes(l, left, right, node);
  const [leftNode, rightNode] = sidesOf(node);
  const a = toF64(l, left, leftNode);
  const b = toF64(l, right, rightNode);
  if (operator === SyntaxKind.AsteriskAsteriskToken) return valueOperand(power(l, a, b));
  const op = floatOps[operator];
  if (op === undefined) {
    return refuseConstruct(l, node);
  }
  return valueOperand(l.b.op(op, [a, b]));
}

/**
 * `x ** y`, which ECMA-262 leaves approximate; a square is the product, which is correctly
 * rounded.
 */
export function power(
  l: Lowering,
  base: ReturnType<typeof toF64>,
  exponent: typeof base,
): typeof base {
  const constant = l.constantOf(exponent);
  if (constant === 2) return l.b.op('mul', [base, base]);
  if (constant === 1) return base;
  const from = l.constantOf(base);
  const known =
    typeof from === 'number' && typeof constant === 'number'
      ? exactPower(from, constant)
      : undefined;
  if (known !== undefined) return l.constant('f64', known);
  const [result] = l.b.call('std.pow', [base, exponent], ['f64']);
  if (!result) throw new Error('std.pow has one result');
  return result;
}

/** Unary `+`: ToNumber. */
export function lowerPlus(l: Lowering, operand: Operand, node: Node): Operand {
  if (isBigint(operand)) {
    // ECMA-262 13.5.4: a bigint is a TypeError, so TypeScript refuses it first.
    return notANumber(l, operand, node);
  }
  return valueOperand(toNumber(l, operand, node));
}

export function lowerNegation(l: Lowering, operand: Operand, node: Node): Operand {
  if (isBigint(operand)) return negateBigint(l, operand);
  if (operand.kind === 'value' && jsType(operand.value.type) === 'number') {
    const constant = l.constantOf(operand.value);
    if (typeof constant === 'number') return valueOperand(l.constant('f64', -constant));
    // A single's negation is a single.
    if (operand.value.type === 'f32') return valueOperand(l.b.op('neg', [operand.value]));
  }
  return valueOperand(l.b.op('neg', [toF64(l, operand, node)]));
}
