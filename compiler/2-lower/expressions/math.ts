/**
 * `Math`: the exact functions as operations, the approximated ones (ECMA-262 21.3.2) as calls into the
 * runtime's library.
 */
import type { CallExpression, Node } from '../../ts-morph.ts';
import { Node as MorphNode, SyntaxKind } from '../../ts-morph.ts';
import { placeOf } from '../../1-read/places.ts';
import { codes } from '../../diagnostics/codes.ts';
import type { OpName } from '../../ir/ops.ts';
import { isInteger, type Value } from '../../ir/types.ts';
import { skipParentheses } from '../conditions.ts';
import { convert, modulo, toF64, toModulo, toNumber } from '../convert.ts';
import type { Lowering } from '../lowering.ts';
import { valueOperand, widens, type Operand } from '../operands.ts';
import { power } from './arithmetic.ts';
import { lower } from './index.ts';
import { iteratedOperand } from './iterated.ts';
import { forEachIterated, hasSpread } from './lists.ts';
import { refuseCallee } from './unknown.ts';

/** Functions of one number in the runtime's library. */
const library: ReadonlySet<string> = new Set(
  'acos acosh asin asinh atan atanh cbrt cos cosh exp expm1 log log10 log1p log2 sin sinh tan tanh'.split(
    ' ',
  ),
);

type OfNumber = (l: Lowering, x: Value) => Value;
type MathFunction = (l: Lowering, args: readonly Node[], node: Node) => Value;

/** Rounding of a number that may be an integer already, or a single whose rounding is a single. */
const rounding =
  (op: OpName): OfNumber =>
  (l, x) =>
    isInteger(x.type) ? x : l.b.op(op, [x]);

/** Exact functions of one number. */
const ofOne: Readonly<Record<string, OfNumber>> = {
  abs: (l, x) => l.b.op('abs', [isInteger(x.type) ? convert(l, x, 'f64') : x]),
  floor: rounding('floor'),
  ceil: rounding('ceil'),
  trunc: rounding('trunc'),
  round: (l, x) => (isInteger(x.type) ? x : round(l, convert(l, x, 'f64'))),
  sqrt: (l, x) => l.b.op('sqrt', [convert(l, x, 'f64')]),
  sign: (l, given) => {
    const x = convert(l, given, 'f64');
    const zero = l.constant('f64', 0);
    // NaN and both zeros are their own sign.
    const negative = l.b.op('select', [l.b.op('lt', [x, zero]), l.constant('f64', -1), x]);
    return l.b.op('select', [l.b.op('gt', [x, zero]), l.constant('f64', 1), negative]);
  },
  fround: (l, x) => convert(l, convert(l, x, 'f64'), 'f32'),
  clz32: (l, x) => l.b.op('clz', [modulo(l, x, 'u32')]),
};

/** Whether `Math` has a function of one number by that name; all others take more, or as many as there are. */
export const isMathOfOne = (name: string): boolean =>
  library.has(name) || Object.hasOwn(ofOne, name);

/** `Math.sqrt` and the like as a callback: of its arguments it takes the first. @param name as `isMathOfOne` has it */
export function mathOfOne(l: Lowering, name: string, given: Operand, node: Node): Operand {
  const x = toNumber(l, given, node);
  const exact = Object.hasOwn(ofOne, name) ? ofOne[name] : undefined;
  return valueOperand(exact ? exact(l, x) : call(l, `std.${name}`, [convert(l, x, 'f64')]));
}

const functions: Readonly<Record<string, MathFunction>> = {
  fround: (l, args, node) => fround(l, args[0], node),
  imul: (l, args, node) => l.b.op('mul', [int32(l, args[0], node), int32(l, args[1], node)]),
  min: (l, args, node) => extreme(l, 'min', args, node),
  max: (l, args, node) => extreme(l, 'max', args, node),
  pow: (l, args, node) => power(l, float(l, args[0], node), float(l, args[1], node)),
  atan2: (l, args, node) =>
    call(l, 'std.atan2', [float(l, args[0], node), float(l, args[1], node)]),
  hypot: (l, args, node) =>
    hypot(
      l,
      args.map((arg) => float(l, arg, node)),
    ),
};

export function lowerMath(l: Lowering, name: string, node: CallExpression): Operand {
  const args = node.getArguments();
  if (name === 'random') return l.refuse(codes.random(placeOf(node), {}));
  const lowerFunction = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (lowerFunction) return valueOperand(lowerFunction(l, args, node));
  if (!isMathOfOne(name)) return refuseCallee(l, node.getExpression());
  const given = operand(l, args[0]);
  l.at(node);
  return mathOfOne(l, name, given, args[0] ?? node);
}

/** An argument; a missing one is `undefined`. */
const operand = (l: Lowering, arg: Node | undefined): Operand =>
  arg ? lower(l, arg) : { kind: 'absent', absent: 'undefined' };

const number = (l: Lowering, arg: Node | undefined, node: Node): Value =>
  toNumber(l, operand(l, arg), arg ?? node);

const float = (l: Lowering, arg: Node | undefined, node: Node): Value =>
  toF64(l, operand(l, arg), arg ?? node);

const int32 = (l: Lowering, arg: Node | undefined, node: Node): Value =>
  toModulo(l, operand(l, arg), 'i32', arg ?? node);

function call(l: Lowering, callee: string, args: Value[]): Value {
  const [result] = l.b.call(callee, args, ['f64']);
  if (!result) throw new Error(`${callee} has one result`);
  return result;
}

/**
 * ECMA-262 21.3.2.28: to the nearest integer, halves up; −0 for what rounds to 0 from below. The distance
 * to the floor is exact where it matters: for |x| < 2^52.
 */
function round(l: Lowering, x: Value): Value {
  const below = l.b.op('floor', [x]);
  const up = l.b.op('ge', [l.b.op('sub', [x, below]), l.constant('f64', 0.5)]);
  const rounded = l.b.op('select', [up, l.b.op('add', [below, l.constant('f64', 1)]), below]);
  return l.b.op('copysign', [rounded, x]);
}

function extreme(l: Lowering, op: 'min' | 'max', args: readonly Node[], node: Node): Value {
  if (hasSpread(args)) return extremeOfAll(l, op, args);
  const values = args.map((arg) => number(l, arg, node));
  const [first] = values;
  if (!first) return l.constant('f64', op === 'min' ? Infinity : -Infinity);
  const same = values.every((value) => value.type === first.type);
  const alike = same ? values : values.map((value) => convert(l, value, 'f64'));
  return alike.reduce((best, value) => l.b.op(op, [best, value]));
}

/** Of arguments of which some are spread: each takes its turn, so that nothing is kept of what they go over. */
function extremeOfAll(l: Lowering, op: 'min' | 'max', args: readonly Node[]): Value {
  const best = l.b.local(op, 'f64');
  const take = (value: Value): void => l.b.set(best, l.b.op(op, [l.b.get(best), value]));
  l.b.set(best, l.constant('f64', op === 'min' ? Infinity : -Infinity));
  for (const arg of args) {
    if (!MorphNode.isSpreadElement(arg)) {
      take(float(l, arg, arg));
      continue;
    }
    const source = arg.getExpression();
    const iterated = iteratedOperand(l, source);
    l.at(source);
    forEachIterated(l, iterated, source, undefined, (element) => take(toF64(l, element, source)));
  }
  return l.b.get(best);
}

const singleOps: Partial<Record<SyntaxKind, OpName>> = {
  [SyntaxKind.PlusToken]: 'add',
  [SyntaxKind.MinusToken]: 'sub',
  [SyntaxKind.AsteriskToken]: 'mul',
  [SyntaxKind.SlashToken]: 'div',
};

/**
 * `Math.fround(a * b)` of singles is one single operation: rounding the double result of + − × ÷ or √ of
 * singles gives the correctly rounded single (Figueroa, "When is double rounding innocuous?", 1995).
 */
function fround(l: Lowering, arg: Node | undefined, node: Node): Value {
  const inner = arg && skipParentheses(arg);
  if (MorphNode.isBinaryExpression(inner)) {
    const op = singleOps[inner.getOperatorToken().getKind()];
    if (op !== undefined) {
      const a = number(l, inner.getLeft(), node);
      const b = number(l, inner.getRight(), node);
      l.at(node);
      const [x, y] = [asSingle(l, a), asSingle(l, b)];
      if (x && y) return l.b.op(op, [x, y]);
      const double = l.b.op(op, [convert(l, a, 'f64'), convert(l, b, 'f64')]);
      return convert(l, double, 'f32');
    }
  }
  if (MorphNode.isCallExpression(inner) && inner.getExpression().getText() === 'Math.sqrt') {
    const x = number(l, inner.getArguments()[0], node);
    const single = asSingle(l, x);
    if (single) return l.b.op('sqrt', [single]);
    return convert(l, l.b.op('sqrt', [convert(l, x, 'f64')]), 'f32');
  }
  return convert(l, convert(l, number(l, arg, node), 'f64'), 'f32');
}

/** A number as a single where it is known to be one. */
function asSingle(l: Lowering, value: Value): Value | undefined {
  const constant = l.constantOf(value);
  if (typeof constant === 'number') {
    return Object.is(Math.fround(constant), constant) ? l.constant('f32', constant) : undefined;
  }
  return widens(value.type, 'f32') ? convert(l, value, 'f32') : undefined;
}

/** ECMA-262 21.3.2.18; more than three numbers go through an array. */
function hypot(l: Lowering, values: Value[]): Value {
  const [x, y, z] = values;
  if (!x) return l.constant('f64', 0);
  if (!y) return l.b.op('abs', [x]);
  if (!z) return call(l, 'std.hypot2', [x, y]);
  if (values.length === 3) return call(l, 'std.hypot3', [x, y, z]);
  const array = l.b.op('view.new', [l.b.const('i64', BigInt(values.length))], 'view.f64');
  values.forEach((value, index) =>
    l.b.effect('view.store', [array, l.b.const('i64', BigInt(index)), value]),
  );
  return call(l, 'std.hypotN', [array]);
}
