/** `& | ^ ~ << >> >>>`: 32-bit on numbers (ECMA-262 13.12), exact on bigints. */
import { SyntaxKind, type Node } from '../../ts-morph.ts';
import type { OpName } from '../../ir/ops.ts';
import { convert, toModulo } from '../convert.ts';
import type { Lowering } from '../lowering.ts';
import { valueOperand, type Operand } from '../operands.ts';
import { mixedTypes, sidesOf } from '../refusals.ts';
import { bigintBits, complementBigint, isBigint } from './bigint.ts';

const ops: Partial<Record<SyntaxKind, OpName>> = {
  [SyntaxKind.AmpersandToken]: 'and',
  [SyntaxKind.BarToken]: 'or',
  [SyntaxKind.CaretToken]: 'xor',
  [SyntaxKind.LessThanLessThanToken]: 'shl',
  [SyntaxKind.GreaterThanGreaterThanToken]: 'shr',
  [SyntaxKind.GreaterThanGreaterThanGreaterThanToken]: 'shr',
};

export const bitOperators: ReadonlySet<SyntaxKind> = new Set(
  Object.keys(ops).map((kind) => Number(kind) as SyntaxKind),
);

export function lowerBits(
  l: Lowering,
  operator: SyntaxKind,
  left: Operand,
  right: Operand,
  node: Node,
): Operand {
  if (isBigint(left) && isBigint(right)) return bigintBits(l, operator, left, right, node);
  if (isBigint(left) !== isBigint(right)) mixedTypes(l, left, right, node);
  const op = ops[operator];
  if (op === undefined) throw new Error('not a bit operator');
  const unsigned = operator === SyntaxKind.GreaterThanGreaterThanGreaterThanToken;
  const type = unsigned ? 'u32' : 'i32';
  const [leftNode, rightNode] = sidesOf(node);
  const a = toModulo(l, left, type, leftNode);
  const b = toModulo(l, right, type, rightNode);
  const neutral =
    l.constantOf(b) === 0 && (op === 'or' || op === 'xor' || op === 'shr' || op === 'shl');
  if (neutral) return valueOperand(a);
  return valueOperand(l.b.op(op, [a, b]));
}

export function lowerComplement(l: Lowering, operand: Operand, node: Node): Operand {
  if (isBigint(operand)) return complementBigint(l, operand, node);
  const value = toModulo(l, operand, 'i32', node);
  const constant = l.constantOf(value);
  if (typeof constant === 'number') return valueOperand(l.constant('i32', ~constant));
  return valueOperand(l.b.op('not', [convert(l, value, 'i32')]));
}
