/** Conversions between operands and machine types: ECMA-262 7.1 made explicit. */
import { Node } from '../ts-morph.ts';
import type { HintType } from '../1-read/model.ts';
import { storageOf } from '../ir/records.ts';
import { clampToUint8, fitsInteger, normalize, toIntegerModulo, wrap } from '../ir/scalars.ts';
import {
  Tag,
  bitWidth,
  elementType,
  isFloat,
  isInteger,
  isList,
  isRecord,
  isReference,
  type BoundaryType,
  type IrType,
  type ReferenceType,
  type ScalarType,
  type Value,
  type ViewKind,
} from '../ir/types.ts';
import { asFunction } from './functions/closures.ts';
import type { Lowering } from './lowering.ts';
import { asRecord, isSubtype, mayBe } from './narrowed.ts';
import {
  jsType,
  typeName,
  valueOperand,
  widens,
  type Operand,
  type OptionalOperand,
  type ValueOperand,
} from './operands.ts';
import {
  literalOutOfRange,
  noCommonType,
  otherElements,
  otherShape,
  notABigint,
  notANumber,
  notSingle,
  sourceOf,
  wrongType,
} from './refusals.ts';

/** ToNumber for what TypeScript lets be a number: numbers, booleans, strings, `undefined` (NaN) and `null` (0). */
export function toNumber(l: Lowering, operand: Operand, node: Node): Value {
  switch (operand.kind) {
    case 'value':
      if (jsType(operand.value.type) === 'number') return operand.value;
      if (operand.value.type === 'bool') return l.b.op('conv', [operand.value], 'f64');
      if (operand.value.type === 'str') return numberOfText(l, operand.value);
      break;
    case 'absent':
      return l.constant('f64', operand.absent === 'null' ? 0 : NaN);
    case 'optional': {
      const { tag, value } = operand;
      const isNull = l.b.op('eq', [tag, l.constant('u8', Tag.null)]);
      const absent = l.b.op('select', [isNull, l.constant('f64', 0), l.constant('f64', NaN)]);
      if (value.type === 'str') {
        const number = l.b.local('number', 'f64');
        l.b.if(
          isPresent(l, tag),
          () => l.b.set(number, numberOfText(l, value)),
          () => l.b.set(number, absent),
        );
        return l.b.get(number);
      }
      if (jsType(value.type) !== 'number' && value.type !== 'bool') break;
      const number = l.b.op('conv', [value], 'f64');
      return l.b.op('select', [isPresent(l, tag), number, absent]);
    }
    case 'bigint':
      break;
  }
  return notANumber(l, operand, node);
}

/** ECMA-262 7.1.4.1 StringToNumber. */
function numberOfText(l: Lowering, text: Value): Value {
  const constant = l.textOf(text);
  if (constant !== undefined) return l.constant('f64', Number(constant));
  const [number] = l.b.call('std.textToNumber.str', [text], ['f64']);
  if (!number) throw new Error('std.textToNumber has a result');
  return number;
}

export function toF64(l: Lowering, operand: Operand, node: Node): Value {
  return convert(l, toNumber(l, operand, node), 'f64');
}

/** ToInt32 or ToUint32, or the like for narrower integers. */
export function toModulo(
  l: Lowering,
  operand: Operand,
  type: Exclude<ScalarType, 'bool' | 'f32' | 'f64'>,
  node: Node,
): Value {
  return modulo(l, toNumber(l, operand, node), type);
}

/** A number modulo 2^width, as stores to integer arrays and bit operations convert. */
export function modulo(l: Lowering, value: Value, type: ScalarType): Value {
  if (value.type === type) return value;
  const constant = l.constantOf(value);
  if (typeof constant === 'number') return l.constant(type, toIntegerModulo(type, constant));
  return l.b.op(isFloat(value.type) ? 'toint' : 'conv', [value], type);
}

/** The same value, or the nearest, in another machine type; not from float to integer. */
export function convert(l: Lowering, value: Value, type: ScalarType): Value {
  if (value.type === type) return value;
  const constant = l.constantOf(value);
  if (constant !== undefined) return l.constant(type, normalize(type, constant));
  return l.b.op('conv', [value], type);
}

/** ToBoolean. */
export function toBoolean(l: Lowering, operand: Operand): Value {
  switch (operand.kind) {
    case 'absent':
      return l.constant('bool', false);
    case 'bigint':
      return l.constant('bool', operand.value !== 0n);
    case 'optional':
      return presentTruth(l, operand);
    case 'value':
      return truth(l, operand.value);
  }
}

function presentTruth(l: Lowering, { tag, value }: OptionalOperand): Value {
  const isThere = isPresent(l, tag);
  // What stands beside another tag is no string.
  const tested = value.type === 'str' ? l.b.op('select', [isThere, value, l.text('')]) : value;
  return l.b.op('and', [isThere, truth(l, tested)]);
}

function truth(l: Lowering, value: Value): Value {
  const { type } = value;
  if (type === 'bool') return value;
  const text = l.textOf(value);
  if (text !== undefined) return l.constant('bool', text !== '');
  if (type === 'str') return l.b.op('ne', [l.b.op('str.length', [value]), l.b.const('i64', 0n)]);
  if (isReference(type)) return l.constant('bool', true);
  // NaN and both zeros are false: only an absolute value above 0 is true.
  if (isFloat(type)) return l.b.op('gt', [l.b.op('abs', [value]), l.constant(type, 0)]);
  return l.b.op('ne', [value, l.constant(type, wrap(type, 0n))]);
}

export function isPresent(l: Lowering, tag: Value): Value {
  return l.b.op('eq', [tag, l.constant('u8', Tag.value)]);
}

/**
 * The value of an operand that has to be there; TypeError where it isn't. TypeScript saw a type without
 * `undefined` here: that of an element, of a variable it narrowed, or one behind a `!`.
 *
 * @param subject what the message calls it
 */
export function present(l: Lowering, operand: OptionalOperand, subject: string): ValueOperand {
  l.b.if(l.b.op('not', [isPresent(l, operand.tag)]), () =>
    l.b.failCheck('TypeError', [`'${subject}' can't be undefined`]),
  );
  return { kind: 'value', value: operand.value };
}

/**
 * What a store to an array converts to (ECMA-262 10.4.5.16 TypedArraySetElement): modulo, clamped,
 * or rounded to single.
 */
export function toElement(l: Lowering, operand: Operand, kind: ViewKind, node: Node): Value {
  const type = elementType(kind);
  if (type === 'i64' || type === 'u64') return modulo64(l, operand, type, node);
  const number = toNumber(l, operand, node);
  if (kind === 'u8c') return clamped(l, number);
  return isFloat(type) ? convert(l, number, type) : modulo(l, number, type);
}

function clamped(l: Lowering, number: Value): Value {
  const constant = l.constantOf(number);
  if (typeof constant === 'number') return l.constant('u8', clampToUint8(constant));
  if (number.type === 'u8') return number;
  return l.b.op('clamp8', [convert(l, number, 'f64')]);
}

/** A bigint modulo 2^64, as BigInt64Array and BigUint64Array store it. */
export function modulo64(l: Lowering, operand: Operand, type: 'i64' | 'u64', node: Node): Value {
  if (operand.kind === 'bigint') return l.constant(type, wrap(type, operand.value));
  if (operand.kind === 'optional')
    return modulo64(l, present(l, operand, sourceOf(node)), type, node);
  if (operand.kind === 'value' && jsType(operand.value.type) === 'bigint') {
    return convert(l, operand.value, type);
  }
  return notABigint(l, operand, node);
}

/** A bigint as a hinted type; what the type can't hold throws RangeError, or is refused when it is a literal. */
export function toBigint(
  l: Lowering,
  operand: Operand,
  type: 'i64' | 'u64',
  node: Node,
  subject = node.getText(),
): Value {
  if (operand.kind === 'bigint') {
    if (!fitsInteger(type, operand.value)) literalOutOfRange(l, operand.value, type, node);
    return l.constant(type, operand.value);
  }
  if (operand.kind === 'optional')
    return toBigint(l, present(l, operand, subject), type, node, subject);
  if (operand.kind === 'value' && jsType(operand.value.type) === 'bigint') {
    if (operand.value.type === type) return operand.value;
    return l.b.op('check.range', [operand.value], type, { subject });
  }
  return notABigint(l, operand, node);
}

/**
 * A value for a variable, parameter or result of that machine type. Values that an integer
 * type cannot hold throw RangeError at run time.
 *
 * @param subject what messages call the variable
 */
export function toType(
  l: Lowering,
  operand: Operand,
  type: IrType,
  node: Node,
  subject: string,
): Value {
  if (operand.kind === 'optional') {
    return toType(l, present(l, operand, subject), type, node, subject);
  }
  if (operand.kind === 'absent' && Node.isCallExpression(node) && node.getType().isNever()) {
    // TypeScript has made sure that what is called never comes back.
    l.b.failCheck('TypeError', [`'${subject}' can't be anything`]);
    return zero(l, type);
  }
  if (type === 'i64' || type === 'u64') return toBigint(l, operand, type, node, subject);
  if (isReference(type)) return toReference(l, operand, type, node);
  if (type === 'bool') {
    if (operand.kind === 'value' && operand.value.type === 'bool') return operand.value;
    return wrongType(l, 'boolean', operand, node);
  }
  if (operand.kind !== 'value' || jsType(operand.value.type) !== 'number') {
    return wrongType(l, 'number', operand, node);
  }
  return toNumericType(l, operand.value, type, node, subject);
}

function toNumericType(
  l: Lowering,
  value: Value,
  type: Exclude<ScalarType, 'bool'>,
  node: Node,
  subject: string,
): Value {
  if (type === 'f64') return convert(l, value, 'f64');
  const constant = l.constantOf(value);
  if (type === 'f32') {
    const single = constant !== undefined && Object.is(Math.fround(Number(constant)), constant);
    if (single || Number.isNaN(constant)) return l.constant('f32', Number(constant));
    if (widens(value.type, 'f32')) return convert(l, value, 'f32');
    return notSingle(l, subject, node);
  }
  if (constant !== undefined && isInteger(type)) {
    if (fitsInteger(type, constant)) return l.constant(type, wrap(type, BigInt(constant)));
    return literalOutOfRange(l, Number(constant), type, node);
  }
  if (widens(value.type, type)) return l.b.op('conv', [value], type);
  return l.b.op('check.range', [value], type, { subject });
}

function toReference(
  l: Lowering,
  operand: Operand,
  type: ReferenceType,
  node: Node,
  mayBeNull = false,
): Value {
  if (operand.kind === 'value') {
    const { value } = operand;
    if (value.type === type) return value;
    if (isRecord(value.type) && isRecord(type)) {
      const fn = asFunction(l, value, type);
      if (fn) return fn;
      if (l.module.widen(value.type, type, node) || isSubtype(l, value.type, type))
        return l.b.op('rec.as', [value], type);
      // TypeScript has narrowed what it lets stand for this.
      if (mayBe(l, value.type, type)) return asRecord(l, value, type, node, mayBeNull);
      return otherShape(l, value.type, type, node);
    }
    if (isList(value.type) && isList(type)) return otherElements(l, value.type, type, node);
  }
  return wrongType(l, typeName(type), operand, node);
}

/** The tag and value for an optional variable; a value alone where nothing but it is allowed. */
export function toHint(
  l: Lowering,
  operand: Operand,
  hint: HintType,
  node: Node,
  subject: string,
): Value[] {
  if (hint.type === undefined) return [];
  if (!hint.undefined && !hint.null) return [toType(l, operand, hint.type, node, subject)];
  switch (operand.kind) {
    case 'absent':
      return [l.constant('u8', Tag[operand.absent]), zero(l, hint.type)];
    case 'optional': {
      // A value under another tag is the zero of its type, which converts without a throw.
      const value = valueOperand(operand.value);
      return [
        operand.tag,
        isReference(hint.type)
          ? toReference(l, value, hint.type, node, true)
          : toType(l, value, hint.type, node, subject),
      ];
    }
    default:
      return [l.constant('u8', Tag.value), toType(l, operand, hint.type, node, subject)];
  }
}

/** What stands beside a tag that says there is no value. */
export function zero(l: Lowering, type: IrType): Value {
  if (isReference(type)) return l.b.op('null', [], type);
  if (type === 'bool') return l.constant('bool', false);
  return l.constant(type, bitWidth(type) === 64 && isInteger(type) ? 0n : 0);
}

/** What is kept of an operand in a record's member or a list's element: a value alone, or a tag and the value. */
export function toStored(
  l: Lowering,
  operand: Operand,
  type: BoundaryType & { readonly optional?: boolean },
  node: Node,
  subject: string,
): Value[] {
  if (storageOf(type) !== 'nullable') return toHint(l, operand, type, node, subject);
  // Null stands for one kind of absence alone; TypeScript lets the other get here only unseen.
  const other = type.undefined ? 'null' : 'undefined';
  if (operand.kind === 'absent' && operand.absent === other)
    return wrongType(l, typeName(type.type), operand, node);
  if (operand.kind === 'optional' && operand.only !== (type.undefined ? 'undefined' : 'null'))
    l.b.if(l.b.op('eq', [operand.tag, l.constant('u8', Tag[other])]), () =>
      l.b.failCheck('TypeError', [`'${subject}' can't be ${other}`]),
    );
  return toHint(l, operand, type, node, subject).slice(1);
}

/** The operand of what is kept. @param tag where `storageOf` says that there is one */
export function fromStored(
  l: Lowering,
  type: BoundaryType & { readonly optional?: boolean },
  value: Value,
  tag?: Value,
): ValueOperand | OptionalOperand {
  const only = type.undefined === type.null ? undefined : type.undefined ? 'undefined' : 'null';
  switch (storageOf(type)) {
    case 'plain':
      return { kind: 'value', value };
    case 'nullable': {
      const absent = l.constant('u8', type.undefined ? Tag.undefined : Tag.null);
      const isNull = l.b.op('is.null', [value]);
      const selected = l.b.op('select', [isNull, absent, l.constant('u8', Tag.value)]);
      return { kind: 'optional', tag: selected, value, ...(only && { only }) };
    }
    case 'tagged':
      if (!tag) throw new Error('a tagged value without its tag');
      return { kind: 'optional', tag, value, ...(only && { only }) };
  }
}

/** The machine type that holds either operand, for results of `?:`, `&&`, `||` and `??`. */
export function unify(
  l: Lowering,
  a: Operand,
  b: Operand,
  nodes: { readonly whole: Node; readonly first: Node; readonly second: Node },
): HintType {
  const hint = (type: IrType | undefined, absent: boolean, isNull: boolean): HintType => ({
    type,
    undefined: absent,
    null: isNull,
  });
  const of = (operand: Operand): HintType => {
    switch (operand.kind) {
      case 'absent':
        return hint(undefined, operand.absent === 'undefined', operand.absent === 'null');
      case 'optional':
        return hint(operand.value.type, operand.only !== 'null', operand.only !== 'undefined');
      case 'bigint':
        return hint(
          operand.value < 0n || fitsInteger('i64', operand.value) ? 'i64' : 'u64',
          false,
          false,
        );
      case 'value':
        return hint(operand.value.type, false, false);
    }
  };
  const left = of(a);
  const right = of(b);
  const join = (): IrType | undefined => {
    if (left.type === undefined || right.type === undefined) return left.type ?? right.type;
    if (left.type === right.type) return left.type;
    if (a.kind === 'bigint' && jsType(right.type) === 'bigint') return right.type;
    if (b.kind === 'bigint' && jsType(left.type) === 'bigint') return left.type;
    if (jsType(left.type) === 'number' && jsType(right.type) === 'number') {
      if (widens(left.type, right.type)) return right.type;
      return widens(right.type, left.type) ? left.type : 'f64';
    }
    return noCommonType(l, a, b, nodes);
  };
  return hint(join(), left.undefined || right.undefined, left.null || right.null);
}
