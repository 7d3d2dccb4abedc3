/**
 * Bigints hinted `i64` or `u64`: exact, with RangeError where a result doesn't fit its type;
 * modulo 2^64 inside `BigInt.asIntN` and `BigInt.asUintN`.
 */
import { Node, SyntaxKind } from '../../ts-morph.ts';
import { placeOf } from '../../1-read/places.ts';
import { codes } from '../../diagnostics/codes.ts';
import type { OpName } from '../../ir/ops.ts';
import { fitsInteger, wrap } from '../../ir/scalars.ts';
import type { Value } from '../../ir/types.ts';
import { skipParentheses } from '../conditions.ts';
import { modulo64, present, toBigint } from '../convert.ts';
import type { Lowering } from '../lowering.ts';
import { mixedBigints, sidesOf, sourceOf } from '../refusals.ts';
import {
  jsType,
  valueOperand,
  type BigintOperand,
  type Operand,
  type ValueOperand,
} from '../operands.ts';
import { lower } from './index.ts';

type Wide = 'i64' | 'u64';
type BigintLike = BigintOperand | (ValueOperand & { readonly value: { readonly type: Wide } });

export const isBigint = (operand: Operand): operand is BigintLike =>
  operand.kind === 'bigint' ||
  (operand.kind === 'value' && jsType(operand.value.type) === 'bigint');

/** A bigint that may be absent has to be there to be computed with, as in JavaScript. */
export const settled = (l: Lowering, operand: Operand, node: Node): Operand =>
  operand.kind === 'optional' && jsType(operand.value.type) === 'bigint'
    ? present(l, operand, sourceOf(node))
    : operand;

/** The type that both operands have, literals taking the other's. */
export function commonType(l: Lowering, left: BigintLike, right: BigintLike, node: Node): Wide {
  const typeOf = (operand: BigintLike): Wide | undefined =>
    operand.kind === 'bigint' ? undefined : operand.value.type;
  const a = typeOf(left);
  const b = typeOf(right);
  if (a !== undefined && b !== undefined && a !== b) {
    return mixedBigints(l, a === 'u64', node);
  }
  return a ?? b ?? 'i64';
}

const exactOps: Partial<Record<SyntaxKind, OpName>> = {
  [SyntaxKind.PlusToken]: 'add.exact',
  [SyntaxKind.MinusToken]: 'sub.exact',
  [SyntaxKind.AsteriskToken]: 'mul.exact',
};

export function bigintArithmetic(
  l: Lowering,
  operator: SyntaxKind,
  left: BigintLike,
  right: BigintLike,
  node: Node,
): Operand {
  if (left.kind === 'bigint' && right.kind === 'bigint')
    return foldLiterals(l, operator, left, right, node);
  const type = commonType(l, left, right, node);
  const a = toBigint(l, left, type, node);
  const b = toBigint(l, right, type, node);
  const exact = exactOps[operator];
  if (exact !== undefined) {
    const unchecked = l.native.options.overflow === 'unchecked';
    return valueOperand(l.b.op(unchecked ? (exact.split('.')[0] as OpName) : exact, [a, b]));
  }
  if (operator === SyntaxKind.SlashToken) return valueOperand(divide(l, a, b, type));
  if (operator === SyntaxKind.PercentToken) return valueOperand(remainder(l, a, b, type));
  const [power] = l.b.call(type === 'i64' ? 'std.powI64' : 'std.powU64', [a, b], [type]);
  if (!power) throw new Error('a power has one result');
  return valueOperand(power);
}

function foldLiterals(
  l: Lowering,
  operator: SyntaxKind,
  left: BigintOperand,
  right: BigintOperand,
  node: Node,
): Operand {
  const a = left.value;
  const b = right.value;
  const literal = (value: bigint): Operand => ({ kind: 'bigint', value });
  switch (operator) {
    case SyntaxKind.PlusToken:
      return literal(a + b);
    case SyntaxKind.MinusToken:
      return literal(a - b);
    case SyntaxKind.AsteriskToken:
      return literal(a * b);
    case SyntaxKind.AsteriskAsteriskToken:
      if (b >= 0n && b <= 64n) return literal(a ** b);
      break;
    case SyntaxKind.SlashToken:
      if (b !== 0n) return literal(a / b);
      break;
    case SyntaxKind.PercentToken:
      if (b !== 0n) return literal(a % b);
      break;
  }
  return l.refuse(codes.impossibleConstant(placeOf(node), { text: node.getText() }));
}

function refuseZeroDivisor(l: Lowering, divisor: Value): void {
  if (l.constantOf(divisor) !== undefined && l.constantOf(divisor) !== 0n) return;
  l.b.if(l.b.op('eq', [divisor, l.b.const(divisor.type as Wide, 0n)]), () =>
    l.b.throw('RangeError', ['Division by zero']),
  );
}

/** −1 is apart, since the smallest `i64` divided by it doesn't fit. */
function byMinusOne(
  l: Lowering,
  a: Value,
  b: Value,
  special: () => Value,
  usual: () => Value,
): Value {
  const constant = l.constantOf(b);
  if (a.type === 'u64' || (constant !== undefined && constant !== -1n)) return usual();
  const result = l.b.local('quotient', a.type);
  l.b.if(
    l.b.op('eq', [b, l.b.const('i64', -1n)]),
    () => l.b.set(result, special()),
    () => l.b.set(result, usual()),
  );
  return l.b.get(result);
}

function divide(l: Lowering, a: Value, b: Value, type: Wide): Value {
  refuseZeroDivisor(l, b);
  return byMinusOne(
    l,
    a,
    b,
    () => l.b.op('sub.exact', [l.b.const(type, 0n), a]),
    () => l.b.op('div', [a, b]),
  );
}

function remainder(l: Lowering, a: Value, b: Value, type: Wide): Value {
  refuseZeroDivisor(l, b);
  return byMinusOne(
    l,
    a,
    b,
    () => l.b.const(type, 0n),
    () => l.b.op('rem', [a, b]),
  );
}

/** The negative of a `u64` is an `i64`: only 0 stays one of both. */
export function negateBigint(l: Lowering, operand: BigintLike): Operand {
  if (operand.kind === 'bigint') return { kind: 'bigint', value: -operand.value };
  const { value } = operand;
  if (value.type === 'i64') return valueOperand(l.b.op('sub.exact', [l.b.const('i64', 0n), value]));
  l.b.if(l.b.op('gt', [value, l.b.const('u64', 2n ** 63n)]), () =>
    l.b.failCheck('RangeError', ['-', value, ' does not fit i64']),
  );
  return valueOperand(l.b.op('sub', [l.b.const('i64', 0n), l.b.op('conv', [value], 'i64')]));
}

const asSigned = (l: Lowering, value: Value): Value =>
  value.type === 'i64' ? value : l.b.op('check.range', [value], 'i64', { subject: 'bigint' });

export function complementBigint(l: Lowering, operand: BigintLike, _node: Node): Operand {
  if (operand.kind === 'bigint') return { kind: 'bigint', value: ~operand.value };
  return valueOperand(l.b.op('not', [asSigned(l, operand.value)]));
}

export function bigintBits(
  l: Lowering,
  operator: SyntaxKind,
  left: BigintLike,
  right: BigintLike,
  node: Node,
): Operand {
  const shiftsLeft = operator === SyntaxKind.LessThanLessThanToken;
  if (shiftsLeft || operator === SyntaxKind.GreaterThanGreaterThanToken) {
    return shift(l, shiftsLeft, left, right, node, 'exact');
  }
  if (left.kind === 'bigint' && right.kind === 'bigint') {
    const [a, b] = [left.value, right.value];
    if (operator === SyntaxKind.AmpersandToken) return { kind: 'bigint', value: a & b };
    return { kind: 'bigint', value: operator === SyntaxKind.BarToken ? a | b : a ^ b };
  }
  const type = commonType(l, left, right, node);
  const op = bitOps[operator];
  if (op === undefined) {
    return l.unsupported(node, {
      what: '`>>>` of bigints',
      why: 'Bigints have no width whose bits could move in from the left; JavaScript throws a TypeError.',
      rewrite: `BigInt.asUintN(64, ${sourceOf(sidesOf(node)[0])}) >> ${sourceOf(sidesOf(node)[1])}`,
    });
  }
  return valueOperand(l.b.op(op, [toBigint(l, left, type, node), toBigint(l, right, type, node)]));
}

const bitOps: Partial<Record<SyntaxKind, OpName>> = {
  [SyntaxKind.AmpersandToken]: 'and',
  [SyntaxKind.BarToken]: 'or',
  [SyntaxKind.CaretToken]: 'xor',
};

/**
 * `x << n` is x·2^n and `x >> n` is ⌊x / 2^n⌋, for any n, also a negative one (ECMA-262 6.1.6.2.9). `exact`
 * throws where the product doesn't fit; `modular` drops the bits above.
 */
function shift(
  l: Lowering,
  isLeft: boolean,
  left: BigintLike,
  right: BigintLike,
  node: Node,
  mode: 'exact' | 'modular',
): Operand {
  if (
    left.kind === 'bigint' &&
    right.kind === 'bigint' &&
    right.value >= -64n &&
    right.value <= 64n
  ) {
    return {
      kind: 'bigint',
      value: isLeft ? left.value << right.value : left.value >> right.value,
    };
  }
  const type: Wide = left.kind === 'value' ? left.value.type : 'i64';
  const value = toBigint(l, left, type, node);
  const count = right.kind === 'value' ? right.value : l.constant('i64', clampCount(right.value));
  const constant = l.constantOf(count);
  const multiply = (by: Value): Value => shiftUp(l, value, by, type, mode);
  const divideBy = (by: Value): Value => shiftDown(l, value, by, type);
  if (typeof constant === 'bigint') {
    const up = isLeft === constant >= 0n;
    const by = l.constant(type, wrap(type, constant < 0n ? -constant : constant));
    return valueOperand(up ? multiply(by) : divideBy(by));
  }
  const result = l.b.local('shifted', type);
  refuseHugeShift(l, isLeft, value, count);
  if (count.type === 'u64') {
    const by = l.b.op('min', [count, l.b.const('u64', 64n)]);
    const same = l.b.op('conv', [by], type);
    return valueOperand(isLeft ? multiply(same) : divideBy(same));
  }
  // Counts beyond ±64 do what ±64 does.
  const low = l.b.op('max', [count, l.b.const('i64', -64n)]);
  const clamped = l.b.op('min', [low, l.b.const('i64', 64n)]);
  const opposite = l.b.op('sub', [l.b.const('i64', 0n), clamped]);
  const positive = l.b.op('conv', [clamped], type);
  const negative = l.b.op('conv', [opposite], type);
  l.b.if(
    l.b.op('ge', [clamped, l.b.const('i64', 0n)]),
    () => l.b.set(result, isLeft ? multiply(positive) : divideBy(positive)),
    () => l.b.set(result, isLeft ? divideBy(negative) : multiply(negative)),
  );
  return valueOperand(l.b.get(result));
}

/** V8 makes no bigint of 2^30 bits or more, and throws instead. */
function refuseHugeShift(l: Lowering, isLeft: boolean, value: Value, count: Value): void {
  const limit = 1n << 30n;
  if (!isLeft && count.type === 'u64') return;
  const type = count.type as Wide;
  const huge = isLeft
    ? l.b.op('ge', [count, l.b.const(type, limit)])
    : l.b.op('le', [count, l.b.const(type, -limit)]);
  const some = l.b.op('ne', [value, l.b.const(value.type as Wide, 0n)]);
  l.b.if(l.b.op('and', [huge, some]), () =>
    l.b.throw('RangeError', ['Maximum BigInt size exceeded']),
  );
}

const clampCount = (count: bigint): bigint => (count > 64n ? 64n : count < -64n ? -64n : count);

/** x·2^by for 0 ≤ by ≤ 64. */
function shiftUp(
  l: Lowering,
  value: Value,
  by: Value,
  type: Wide,
  mode: 'exact' | 'modular',
): Value {
  const zero = l.b.const(type, 0n);
  const inside = l.b.op('lt', [by, l.b.const(type, 64n)]);
  const shifted = l.b.op('select', [inside, l.b.op('shl', [value, by]), zero]);
  if (mode === 'exact') {
    const back = l.b.op('select', [inside, l.b.op('shr', [shifted, by]), zero]);
    l.b.if(l.b.op('ne', [back, value]), () =>
      l.b.failCheck('RangeError', ['The shifted bigint does not fit ', type]),
    );
  }
  return shifted;
}

/** ⌊x / 2^by⌋ for 0 ≤ by ≤ 64. */
function shiftDown(l: Lowering, value: Value, by: Value, type: Wide): Value {
  const inside = l.b.op('lt', [by, l.b.const(type, 64n)]);
  const far = type === 'i64' ? l.b.op('shr', [value, l.b.const(type, 63n)]) : l.b.const(type, 0n);
  return l.b.op('select', [inside, l.b.op('shr', [value, by]), far]);
}

const modularOps: Partial<Record<SyntaxKind, OpName>> = {
  [SyntaxKind.PlusToken]: 'add',
  [SyntaxKind.MinusToken]: 'sub',
  [SyntaxKind.AsteriskToken]: 'mul',
  ...bitOps,
};

/**
 * A bigint expression modulo 2^64, as the `i64` of the same bits: what is inside `BigInt.asIntN(64, …)`
 * never needs its exact intermediate, since 2^64 divides the difference.
 */
export function modular(l: Lowering, node: Node): Value {
  const inner = skipParentheses(node);
  if (Node.isBinaryExpression(inner)) {
    const operator = inner.getOperatorToken().getKind();
    const op = modularOps[operator];
    if (op !== undefined) {
      const left = modular(l, inner.getLeft());
      const right = modular(l, inner.getRight());
      l.at(inner);
      return l.b.op(op, [left, right]);
    }
    if (operator === SyntaxKind.LessThanLessThanToken) {
      if (Node.isBigIntLiteral(skipParentheses(inner.getRight()))) {
        // A left shift by a literal is a product, so its operand may be modular too.
        const left = modular(l, inner.getLeft());
        const right = lower(l, inner.getRight());
        const count = right.kind === 'bigint' ? clampCount(right.value) : 64n;
        return shiftUp(l, left, l.constant('i64', count), 'i64', 'modular');
      }
      const left = lower(l, inner.getLeft());
      const right = lower(l, inner.getRight());
      l.at(inner);
      if (isBigint(left) && isBigint(right)) {
        return modulo64(l, shift(l, true, left, right, inner, 'modular'), 'i64', inner);
      }
    }
  }
  if (Node.isPrefixUnaryExpression(inner)) {
    const operator = inner.getOperatorToken();
    if (operator === SyntaxKind.MinusToken) {
      return l.b.op('sub', [l.b.const('i64', 0n), modular(l, inner.getOperand())]);
    }
    if (operator === SyntaxKind.TildeToken) return l.b.op('not', [modular(l, inner.getOperand())]);
  }
  return modulo64(l, lower(l, inner), 'i64', inner);
}

/** `BigInt.asIntN(bits, e)` and `BigInt.asUintN(bits, e)` for a constant number of bits up to 64. */
export function lowerAsN(l: Lowering, signed: boolean, bits: number, node: Node): Operand {
  const type: Wide = signed ? 'i64' : 'u64';
  const whole = modular(l, node);
  if (bits === 0) return valueOperand(l.constant(type, 0n));
  const value = type === 'i64' ? whole : l.b.op('conv', [whole], 'u64');
  if (bits === 64) return valueOperand(value);
  const by = l.b.const(type, BigInt(64 - bits));
  return valueOperand(l.b.op('shr', [l.b.op('shl', [value, by]), by]));
}

/** ECMA-262 21.2.1.1.1 NumberToBigInt: RangeError where it is no integer; tsnative's also beyond 64 bits. */
export function bigintFromNumber(l: Lowering, number: Value): Operand {
  const constant = l.constantOf(number);
  if (typeof constant === 'number' && fitsInteger('i64', constant)) {
    return { kind: 'bigint', value: BigInt(constant) };
  }
  if (number.type !== 'f64' && number.type !== 'f32')
    return valueOperand(l.b.op('conv', [number], 'i64'));
  const isInteger = l.b.op('eq', [l.b.op('trunc', [number]), number]);
  const finite = l.b.op('lt', [l.b.op('abs', [number]), l.b.const(number.type, Infinity)]);
  l.b.if(
    l.b.op('and', [isInteger, finite]),
    () => {},
    () =>
      l.b.throw('RangeError', [
        'The number ',
        number,
        ' cannot be converted to a BigInt because it is not an integer',
      ]),
  );
  return valueOperand(l.b.op('check.range', [number], 'i64', { subject: 'BigInt(…)' }));
}
