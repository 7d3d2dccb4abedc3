/** What the runtime's library can do beyond the language: `runtime/std/intrinsics.ts` as operations. */
import { Node, type CallExpression, type Identifier } from '../../ts-morph.ts';
import type { OpName } from '../../ir/ops.ts';
import { elementOf } from '../../ir/records.ts';
import {
  elementType,
  isList,
  isRecord,
  isView,
  viewKind,
  type Attributes,
  type IrType,
  type Value,
} from '../../ir/types.ts';
import { inArrays } from '../../1-read/hints.ts';
import { isGenerated } from '../../1-read/kernels/index.ts';
import { comparison, wordComparison } from '../../library-template.ts';
import { convert, toBigint, toElement, toF64, toModulo, toNumber, toStored } from '../convert.ts';
import type { Lowering } from '../lowering.ts';
import { valueOperand, type Operand } from '../operands.ts';
import { lower } from './index.ts';

type Intrinsic = (l: Lowering, args: readonly Node[], call: CallExpression) => Operand;

const float = (l: Lowering, node: Node | undefined): Value => {
  if (!node) throw new Error('an intrinsic lacks an argument');
  return toF64(l, lower(l, node), node);
};

const plain = (l: Lowering, node: Node | undefined): Value => {
  const operand = node && lower(l, node);
  if (operand?.kind !== 'value') throw new Error('an intrinsic needs a value');
  return operand.value;
};

const word = (l: Lowering, node: Node | undefined): Value => {
  if (!node) throw new Error('an intrinsic lacks an argument');
  return toModulo(l, lower(l, node), 'u32', node);
};

const integer = (l: Lowering, node: Node): Value =>
  convert(l, toNumber(l, lower(l, node), node), 'i32');

/** An index or a count: a double that is known to be an integer. */
const count = (l: Lowering, node: Node | undefined): Value => {
  if (!node) throw new Error('an intrinsic lacks an argument');
  const number = toNumber(l, lower(l, node), node);
  return l.b.op(number.type === 'f64' ? 'fptoint' : 'conv', [number], 'i64');
};

/** A 64-bit integer without sign; literals become one. */
const unsigned = (l: Lowering, node: Node | undefined): Value => {
  if (!node) throw new Error('an intrinsic lacks an argument');
  return toBigint(l, lower(l, node), 'u64', node);
};

/** How far to shift: a number below 64. */
const shiftCount = (l: Lowering, node: Node | undefined): Value =>
  convert(l, count(l, node), 'u64');

const made = (l: Lowering, op: 'bits' | 'fptoint' | 'conv', value: Value, type: IrType): Operand =>
  valueOperand(l.b.op(op, [value], type));

function done(l: Lowering, op: OpName, args: Value[]): Operand {
  l.b.effect(op, args);
  return { kind: 'absent', absent: 'undefined' };
}

/** What copies of the templates that sort have a call of a comparison function in the place of. */
function compared(l: Lowering, [order, a, b]: readonly Node[]): Operand {
  const args = [plain(l, a), plain(l, b), plain(l, order)];
  const isOfWords = args[0]?.type === 'u64';
  const [result] = l.b.call(isOfWords ? wordComparison : comparison, args, ['bool']);
  if (!result) throw new Error('a comparison has a result');
  return valueOperand(result);
}

const bitsOf = (l: Lowering, x: Value): Value => l.b.op('bits', [x], 'i64');

function loaded(l: Lowering, [data, place]: readonly Node[], attributes?: Attributes): Operand {
  const array = plain(l, data);
  if (!isView(array.type)) throw new Error('load needs a typed array');
  const at = placeOf(l, place);
  const type = elementType(viewKind(array.type));
  return valueOperand(l.b.op('view.load', [array, at], type, attributes));
}

function stored(
  l: Lowering,
  [data, place, value]: readonly Node[],
  attributes?: Attributes,
): Operand {
  const array = plain(l, data);
  if (!isView(array.type) || !value) throw new Error('store needs a typed array and a value');
  const at = placeOf(l, place);
  const element = toElement(l, lower(l, value), viewKind(array.type), value);
  if (data) l.at(data);
  l.b.effect('view.store', [array, at, element], attributes);
  return { kind: 'absent', absent: 'undefined' };
}

/** Those of `runtime/nd/intrinsics.ts`. */
const arrayIntrinsics: Readonly<Record<string, Intrinsic>> = {
  load: (l, args) => loaded(l, args),
  loadAlone: (l, args) => loaded(l, args, { alone: true }),
  store: (l, args) => stored(l, args),
  storeAlone: (l, args) => stored(l, args, { alone: true }),
  newLike: (l, args, call) => intrinsics['newLike']!(l, args, call), // it is there
  partAt: lowerPart,
  isApart: (l, [a, b]) => valueOperand(l.b.op('view.apart', [plain(l, a), plain(l, b)])),
  isNative: (l) => valueOperand(l.constant('bool', true)),
};

/**
 * The place of an element, which is within its array: that of `placeN(offset, index, size, stride, …)` is computed in
 * integers, which hold what indices within their axes come to; each index is checked before.
 */
function placeOf(l: Lowering, node: Node | undefined): Value {
  if (!Node.isCallExpression(node) || !/^\$?place\d$/.test(node.getExpression().getText()))
    return count(l, node);
  const [offset, ...axes] = node.getArguments();
  // Loops that the compiler has written count to the sizes.
  const isChecked = !isGenerated(node.compilerNode);
  let place = convert(l, plain(l, offset), 'i64');
  for (let axis = 0; 3 * axis < axes.length; axis++) {
    const [index, size, stride] = axes.slice(3 * axis, 3 * axis + 3);
    if (!index) throw new Error('an axis has an index');
    const at = isChecked ? checkedAt(l, index, size, axis) : count(l, index);
    const step = convert(l, plain(l, stride), 'i64');
    const exact = { exact: true } as const;
    place = l.b.op('add', [place, l.b.op('mul', [at, step], 'i64', exact)], 'i64', exact);
  }
  return place;
}

/** The array of one core, with its fields as they are given: who writes such a call has asked whether it fits. */
function lowerPart(l: Lowering, args: readonly Node[], call: CallExpression): Operand {
  const [data, place, ...fields] = args;
  const [written] = call.getTypeArguments();
  const hint = written && l.module.reading.hintOfNode(written.compilerNode);
  const type = hint && !('code' in hint) ? hint.type : undefined;
  if (type === undefined || !isRecord(type)) throw new Error('a part is an NdArray');
  const offset = l.b.op('conv', [placeOf(l, place)], 'i32', { exact: true });
  const more = l.b.op('null', [], l.module.reading.records.get(type).members.at(-1)?.type);
  const values = [plain(l, data), offset, ...fields.map((field) => integer(l, field)), more];
  return valueOperand(l.b.op('rec.new', values, type));
}

function checkedAt(l: Lowering, index: Node, size: Node | undefined, axis: number): Value {
  const given = toNumber(l, lower(l, index), index);
  const limit = convert(l, plain(l, size), 'i64');
  return l.b.op('check.bounds', [given, limit], 'i64', { subject: `axis ${axis}` });
}

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  highWord: (l, [x]) => {
    const high = l.b.op('shr', [bitsOf(l, float(l, x)), l.b.const('i64', 32n)]);
    return made(l, 'conv', high, 'i32');
  },
  lowWord: (l, [x]) => made(l, 'conv', bitsOf(l, float(l, x)), 'i32'),
  fromWords: (l, [high, low]) => {
    const upper = l.b.op('conv', [word(l, high)], 'i64');
    const shifted = l.b.op('shl', [upper, l.b.const('i64', 32n)]);
    const lower32 = l.b.op('conv', [word(l, low)], 'i64');
    return made(l, 'bits', l.b.op('or', [shifted, lower32]), 'f64');
  },
  bitsOf: (l, [x]) => valueOperand(bitsOf(l, float(l, x))),
  fromBits: (l, [bits]) => made(l, 'bits', plain(l, bits), 'f64'),
  toI64: (l, [x]) => made(l, 'fptoint', float(l, x), 'i64'),
  toF64: (l, [x]) => made(l, 'conv', plain(l, x), 'f64'),
  toU64: (l, [x]) => {
    const number = plain(l, x);
    return made(l, number.type === 'f64' ? 'fptoint' : 'conv', number, 'u64');
  },
  toI32: (l, [x]) => made(l, 'conv', plain(l, x), 'i32'),
  mulHigh: (l, [a, b]) => valueOperand(l.b.op('mul.high', [unsigned(l, a), unsigned(l, b)])),
  shiftLeft: (l, [x, by]) => valueOperand(l.b.op('shl', [unsigned(l, x), shiftCount(l, by)])),
  shiftRight: (l, [x, by]) => valueOperand(l.b.op('shr', [unsigned(l, x), shiftCount(l, by)])),
  leadingZeros: (l, [x]) => made(l, 'conv', l.b.op('clz', [unsigned(l, x)]), 'i32'),
  copysign: (l, [x, y]) => valueOperand(l.b.op('copysign', [float(l, x), float(l, y)])),
  select: (l, [condition, a, b]) =>
    valueOperand(l.b.op('select', [plain(l, condition), float(l, a), float(l, b)])),
  newLike: (l, [array, length]) => {
    const like = plain(l, array);
    const size = count(l, length);
    if (!isView(like.type)) throw new Error('newLike needs an array');
    return valueOperand(l.b.op('view.new', [size], like.type));
  },
  subView: (l, [array, begin, length]) =>
    valueOperand(l.b.op('view.sub', [plain(l, array), count(l, begin), count(l, length)])),
  moveElements: (l, [target, to, source, from, length]) => {
    const args = [
      plain(l, target),
      count(l, to),
      plain(l, source),
      count(l, from),
      count(l, length),
    ];
    return done(l, 'view.move', args);
  },
  sameBuffer: (l, [a, b]) => valueOperand(l.b.op('view.sameBuffer', [plain(l, a), plain(l, b)])),
  newList: (l, [like, capacity]) =>
    valueOperand(l.b.op('list.new', [count(l, capacity)], plain(l, like).type)),
  setElement: (l, [array, index, value]) => {
    const list = plain(l, array);
    if (!isList(list.type) || !value) throw new Error('setElement needs a list and a value');
    const at = count(l, index);
    const stored = toStored(l, lower(l, value), elementOf(list.type), value, 'the list');
    return done(l, 'list.store', [list, at, ...stored]);
  },
  extendList: (l, [list, more]) => done(l, 'list.extend', [plain(l, list), count(l, more)]),
  truncateList: (l, [list, length]) => done(l, 'list.truncate', [plain(l, list), count(l, length)]),
  unitAt: (l, [text, index]) => valueOperand(l.b.op('str.unit', [plain(l, text), count(l, index)])),
  charOf: (l, [unit]) => {
    if (!unit) throw new Error('an intrinsic lacks an argument');
    return valueOperand(l.b.op('str.char', [toModulo(l, lower(l, unit), 'u16', unit)]));
  },
  partOf: (l, [text, from, to]) =>
    valueOperand(l.b.op('str.sub', [plain(l, text), count(l, from), count(l, to)])),
  stringOf: (l, [units, from, to]) =>
    valueOperand(l.b.op('str.of', [plain(l, units), count(l, from), count(l, to)])),
  copyText: (l, [text, units, at]) => {
    const source = plain(l, text);
    const length = l.b.op('str.length', [source]);
    const start = l.b.const('i64', 0n);
    return done(l, 'str.copy', [source, start, length, plain(l, units), count(l, at)]);
  },
  clearElement: (l, [list, index]) => {
    const cleared = plain(l, list);
    if (!isList(cleared.type)) throw new Error('clearElement needs a list');
    const nothing = l.b.op('null', [], elementOf(cleared.type).type);
    return done(l, 'list.store', [cleared, count(l, index), nothing]);
  },
  hashReference: (l, [value]) => valueOperand(l.b.op('ref.hash', [plain(l, value)])),
  isBefore: compared,
  isAfter: compared,
  isSame: (l, [a, b]) => valueOperand(l.b.op('eq', [plain(l, a), plain(l, b)])),
};

/** The operations for a call of an intrinsic; undefined when the callee is none. */
export function lowerIntrinsic(
  l: Lowering,
  callee: Identifier,
  node: CallExpression,
): Operand | undefined {
  const source = l.native.file;
  const isArrays = inArrays(source.getFilePath()) || isGenerated(node.compilerNode);
  if (!l.module.library && !isArrays) return undefined;
  const symbol = callee.getSymbol()?.getAliasedSymbol();
  const declaration = symbol?.getDeclarations()[0];
  if (!declaration?.getSourceFile().getBaseName().startsWith('intrinsics.')) return undefined;
  const known = isArrays ? arrayIntrinsics : intrinsics;
  return known[symbol?.getName() ?? '']?.(l, node.getArguments(), node);
}
