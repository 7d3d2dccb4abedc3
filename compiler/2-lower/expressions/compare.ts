/** `== != === !== < <= > >=` (ECMA-262 7.2.13–7.2.15). */
import { Node, SyntaxKind, ts, type BinaryExpression } from '../../ts-morph.ts';
import { fitsInteger } from '../../ir/scalars.ts';
import { isRecord, Tag, type RecordType, type Value } from '../../ir/types.ts';
import { isAbsent, skipParentheses } from '../conditions.ts';
import { convert, isPresent, toBigint, toF64, toType } from '../convert.ts';
import { isFunctionType, refuseIdentity } from '../functions/closures.ts';
import type { Lowering } from '../lowering.ts';
import { mayBe } from '../narrowed.ts';
import {
  jsType,
  valueOperand,
  type JsType,
  type Operand,
  type OptionalOperand,
} from '../operands.ts';
import { mixedTypes, notAnArray, sidesOf, sourceOf } from '../refusals.ts';
import { isBigint, settled } from './bigint.ts';
import { elementOf, uncheckedIndex } from './elements.ts';
import { lower, lowerTested } from './index.ts';
import { throwIfAbsent } from './optional.ts';
import { unitString } from './strings.ts';
import { isText } from './text.ts';

const relations: Partial<Record<SyntaxKind, Relation>> = {
  [SyntaxKind.LessThanToken]: 'lt',
  [SyntaxKind.LessThanEqualsToken]: 'le',
  [SyntaxKind.GreaterThanToken]: 'gt',
  [SyntaxKind.GreaterThanEqualsToken]: 'ge',
};

const equalities: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.EqualsEqualsToken,
  SyntaxKind.EqualsEqualsEqualsToken,
  SyntaxKind.ExclamationEqualsToken,
  SyntaxKind.ExclamationEqualsEqualsToken,
]);

export const comparisonOperators: ReadonlySet<SyntaxKind> = new Set([
  ...equalities,
  ...Object.keys(relations).map((kind) => Number(kind) as SyntaxKind),
]);

export function lowerComparison(l: Lowering, node: BinaryExpression): Operand {
  const operator = node.getOperatorToken().getKind();
  const op = relations[operator];
  const ofUnit = comparedUnit(l, node, op);
  if (ofUnit) return ofUnit;
  if (op !== undefined) {
    const [left, right] = l.both(
      () => lower(l, node.getLeft()),
      () => lower(l, node.getRight()),
    );
    l.at(node);
    return valueOperand(relation(l, op, left, right, node));
  }
  const loose =
    operator === SyntaxKind.EqualsEqualsToken || operator === SyntaxKind.ExclamationEqualsToken;
  const negated =
    operator === SyntaxKind.ExclamationEqualsToken ||
    operator === SyntaxKind.ExclamationEqualsEqualsToken;
  const absentLeft = isAbsent(node.getLeft());
  const absentRight = isAbsent(node.getRight());
  const [left, right] = l.both(
    () => (absentRight ? lowerTested(l, node.getLeft()) : lower(l, node.getLeft())),
    () => (absentLeft ? lowerTested(l, node.getRight()) : lower(l, node.getRight())),
  );
  l.at(node);
  const equal =
    loose && (absentLeft || absentRight)
      ? looselyAbsent(l, absentRight ? left : right)
      : strictlyEqual(l, left, right, node, loose);
  return valueOperand(negated ? l.b.op('not', [equal]) : equal);
}

/**
 * `text[i] === '='`, `text[i] >= '0'`: behind the end of a text it is `undefined` that is compared, which equals no
 * string and is in no order to one.
 */
function comparedUnit(
  l: Lowering,
  node: BinaryExpression,
  op: (typeof relations)[SyntaxKind],
): Operand | undefined {
  const [left, right] = [skipParentheses(node.getLeft()), skipParentheses(node.getRight())];
  const access = Node.isElementAccessExpression(left) ? left : right;
  const literal = access === left ? right : left;
  if (!Node.isElementAccessExpression(access) || access.hasQuestionDotToken()) return undefined;
  if (!Node.isStringLiteral(literal)) return undefined;
  if (!(l.typeOf(access.getExpression()).flags & ts.TypeFlags.StringLike)) return undefined;
  if (ts.isOptionalChain(access.compilerNode)) return undefined;
  if (l.native.options.bounds === 'unchecked') return undefined;
  const element = elementOf(l, access);
  const { array, index, tag } = element;
  if (array.type !== 'str') return notAnArray(l, valueOperand(array), access.getExpression());
  if (tag) throwIfAbsent(l, tag, 'read', index);
  l.at(node);
  const isNegated = op === undefined && !sameTokens.has(node.getOperatorToken().getKind());
  const local = l.b.local('compared', 'bool');
  l.b.if(
    l.b.op('in.bounds', [index, l.b.op('str.length', [array])]),
    () => {
      const unit = valueOperand(unitString(l, array, uncheckedIndex(l, index)));
      const other = lower(l, literal);
      const [a, b] = access === left ? [unit, other] : [other, unit];
      const compared =
        op === undefined ? strictlyEqual(l, a, b, node) : relation(l, op, a, b, node);
      l.b.set(local, isNegated ? l.b.op('not', [compared]) : compared);
    },
    () => l.b.set(local, l.constant('bool', isNegated)),
  );
  return valueOperand(l.b.get(local));
}

const sameTokens: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.EqualsEqualsToken,
  SyntaxKind.EqualsEqualsEqualsToken,
]);

/** `x == null`: `undefined` and `null` are loosely equal to each other and to nothing else. */
function looselyAbsent(l: Lowering, operand: Operand): Value {
  if (operand.kind === 'absent') return l.constant('bool', true);
  if (operand.kind === 'optional') return l.b.op('not', [isPresent(l, operand.tag)]);
  return l.constant('bool', false);
}

/** `left === right`. With `loose`, numbers and booleans are compared as numbers. */
export function strictlyEqual(
  l: Lowering,
  left: Operand,
  right: Operand,
  node: Node,
  loose = false,
): Value {
  if (left.kind === 'absent' && right.kind === 'absent') {
    return l.constant('bool', left.absent === right.absent);
  }
  if (left.kind === 'absent') return strictlyEqual(l, right, left, node, loose);
  if (right.kind === 'absent') {
    if (left.kind !== 'optional') return l.constant('bool', false);
    return l.b.op('eq', [left.tag, l.constant('u8', Tag[right.absent])]);
  }
  if (left.kind === 'optional' || right.kind === 'optional') {
    const absent = l.b.op('not', [isPresent(l, tagOf(l, left))]);
    // `undefined == null`, but not `undefined === null`.
    const tags = loose
      ? l.b.op('eq', [absent, l.b.op('not', [isPresent(l, tagOf(l, right))])])
      : l.b.op('eq', [tagOf(l, left), tagOf(l, right)]);
    if (left.kind === 'optional' && right.kind === 'optional' && isNumbers(left, right))
      return equalNumbers(l, tags, left, right, () =>
        strictlyEqual(l, plain(left), plain(right), node, loose),
      );
    if (needsPresence(left) || needsPresence(right))
      return equalIfThere(l, tags, absent, () =>
        strictlyEqual(l, plain(left), plain(right), node, loose),
      );
    const values = strictlyEqual(l, plain(left), plain(right), node, loose);
    return l.b.op('and', [tags, l.b.op('or', [absent, values])]);
  }
  if (isBigint(left) && isBigint(right)) return relation(l, 'eq', left, right, node);
  if (left.kind === 'value' && right.kind === 'value') {
    const a = jsType(left.value.type);
    const b = jsType(right.value.type);
    if (a === 'view' && b === 'view') {
      if (left.value.type === right.value.type) return l.b.op('eq', [left.value, right.value]);
      // A Buffer is a Uint8Array too, so one object could be both.
      const kinds = [left.value.type, right.value.type];
      const mayBeOne = kinds.includes('view.u8') && kinds.includes('view.buffer');
      if (!mayBeOne) return l.constant('bool', false);
    }
    if (a === 'string' && b === 'string') return sameText(l, left.value, right.value);
    if (isFunctionType(l, left.value.type)) return refuseIdentity(l, node);
    if (a === b && (a === 'object' || a === 'array'))
      return sameReference(l, left.value, right.value);
    if (a === 'boolean' && b === 'boolean') return l.b.op('eq', [left.value, right.value]);
    if (a === 'number' && b === 'number') return relation(l, 'eq', left, right, node);
    const isNumeric = (type: JsType): boolean => ['number', 'bigint', 'boolean'].includes(type);
    if (loose && isNumeric(a) && isNumeric(b)) return relation(l, 'eq', left, right, node);
  }
  return mixedTypes(l, left, right, node);
}

/** The tag of an operand, also of one that is always there. */
export const tagOf = (l: Lowering, operand: Operand): Value =>
  operand.kind === 'optional' ? operand.tag : l.constant('u8', Tag.value);

/** An operand's value, whatever its tag is. */
export const plain = (operand: Operand): Operand =>
  operand.kind === 'optional' ? valueOperand(operand.value) : operand;

/** Whether an operand's value may be looked at only where it is there: a string has no text elsewhere. */
const needsPresence = (operand: Operand): boolean =>
  operand.kind === 'optional' && operand.value.type === 'str';

/** Tags that are alike, and where they say that there are values, those alike too. */
function equalIfThere(l: Lowering, tags: Value, absent: Value, values: () => Value): Value {
  const equal = l.b.local('equal', 'bool');
  l.b.set(equal, tags);
  l.b.if(l.b.op('and', [tags, l.b.op('not', [absent])]), () => l.b.set(equal, values()));
  return l.b.get(equal);
}

const isNumbers = (...operands: readonly OptionalOperand[]): boolean =>
  operands.every(({ value }) => jsType(value.type) === 'number');

/**
 * Numbers of which both may be missing. Hardly ever one is, so that is asked by jumps: they are predicted, and
 * LLVM knows where an element was outside. The one that was read last is asked first.
 */
function equalNumbers(
  l: Lowering,
  tags: Value,
  left: OptionalOperand,
  right: OptionalOperand,
  values: () => Value,
): Value {
  const equal = l.b.local('equal', 'bool');
  const byTags = (): void => l.b.set(equal, tags);
  l.b.if(
    isPresent(l, right.tag),
    () => l.b.if(isPresent(l, left.tag), () => l.b.set(equal, values()), byTags),
    byTags,
  );
  return l.b.get(equal);
}

/** Objects and arrays by identity. */
function sameReference(l: Lowering, a: Value, b: Value): Value {
  if (a.type === b.type) return l.b.op('eq', [a, b]);
  // An array of another element type, or an object that can't be of the same record, is another one.
  if (!isRecord(a.type) || !isRecord(b.type)) return l.constant('bool', false);
  const { records } = l.module.reading;
  const as = (value: Value, type: RecordType): Value => l.b.op('rec.as', [value], type);
  // JavaScript may hand over one object as both.
  if (records.extend(a.type, b.type)) return l.b.op('eq', [as(a, b.type), b]);
  if (records.extend(b.type, a.type)) return l.b.op('eq', [a, as(b, a.type)]);
  if (!mayBe(l, a.type, b.type) && !mayBe(l, b.type, a.type)) return l.constant('bool', false);
  const union = records.unionOf([a.type, b.type], 'object');
  const cast = (value: Value): Value => (value.type === union ? value : as(value, union));
  return l.b.op('eq', [cast(a), cast(b)]);
}

/** Whether two strings have the same units. */
function sameText(l: Lowering, a: Value, b: Value): Value {
  const [first, second] = [l.textOf(a), l.textOf(b)];
  return first !== undefined && second !== undefined
    ? l.constant('bool', first === second)
    : l.b.op('eq', [a, b]);
}

/** A string that has to be there, as TypeScript has it. */
const textOf = (l: Lowering, operand: Operand, node: Node): Value =>
  toType(l, operand, 'str', node, sourceOf(node));

/** A relation of two numbers, of two bigints or of two strings; of a string and a number as numbers. */
function relation(l: Lowering, op: Relation, a: Operand, b: Operand, node: Node): Value {
  const [leftNode, rightNode] = sidesOf(node);
  if (isText(a) && isText(b)) {
    const order = l.b.op('str.compare', [textOf(l, a, leftNode), textOf(l, b, rightNode)]);
    return l.b.op(op, [order, l.constant('i32', 0)]);
  }
  const left = settled(l, a, leftNode);
  const right = settled(l, b, rightNode);
  if (isBigint(left) && isBigint(right)) return bigintRelation(l, op, left, right, node);
  if (isBigint(left) !== isBigint(right)) mixedTypes(l, left, right, node);
  if (
    left.kind === 'value' &&
    right.kind === 'value' &&
    left.value.type === right.value.type &&
    jsType(left.value.type) === 'number'
  ) {
    return l.b.op(op, [left.value, right.value]);
  }
  return l.b.op(op, [toF64(l, left, leftNode), toF64(l, right, rightNode)]);
}

type BigintSide = Extract<Operand, { kind: 'bigint' | 'value' }>;

function bigintRelation(
  l: Lowering,
  op: Relation,
  left: BigintSide,
  right: BigintSide,
  node: Node,
): Value {
  // All values of a type have the order to a literal outside of both types that 0 has.
  const literalOf = (side: BigintSide, other: BigintSide): bigint | undefined =>
    side.kind === 'bigint' ? side.value : isOutside(other) ? 0n : undefined;
  const [a, b] = [literalOf(left, right), literalOf(right, left)];
  if (a !== undefined && b !== undefined) return l.constant('bool', order[op](a, b));
  const [first, second] = [typed(l, left, right, node), typed(l, right, left, node)];
  if (first.type === second.type) return l.b.op(op, [first, second]);
  // One signed, one unsigned: a negative one is below, the others compare as unsigned.
  const signedIsLeft = first.type === 'i64';
  const negative = l.b.op('lt', [signedIsLeft ? first : second, l.b.const('i64', 0n)]);
  const usual = l.b.op(op, [convert(l, first, 'u64'), convert(l, second, 'u64')]);
  const whenNegative = signedIsLeft ? order[op](-1n, 0n) : order[op](0n, -1n);
  return l.b.op('select', [negative, l.constant('bool', whenNegative), usual]);
}

const isOutside = (side: BigintSide): boolean =>
  side.kind === 'bigint' && !fitsInteger('i64', side.value) && !fitsInteger('u64', side.value);

/** A bigint of its type; a literal of the other side's type, where that has it. */
function typed(l: Lowering, side: BigintSide, other: BigintSide, node: Node): Value {
  if (side.kind === 'value') return side.value;
  const own = other.kind === 'value' && other.value.type === 'u64' ? 'u64' : 'i64';
  const fitting = fitsInteger(own, side.value) ? own : own === 'i64' ? 'u64' : 'i64';
  return toBigint(l, side, fitting, node);
}

type Relation = 'eq' | 'lt' | 'le' | 'gt' | 'ge';

const order: Readonly<Record<Relation, (a: bigint, b: bigint) => boolean>> = {
  eq: (a, b) => a === b,
  lt: (a, b) => a < b,
  le: (a, b) => a <= b,
  gt: (a, b) => a > b,
  ge: (a, b) => a >= b,
};
