/** Property reads: lengths of views, constants of Math, Number and the array classes. */
import type { PropertyAccessExpression } from '../../ts-morph.ts';
import {
  elementSize,
  isList,
  isRecord,
  isView,
  viewClass,
  viewKind,
  type RecordType,
  type Value,
} from '../../ir/types.ts';
import { callMember } from '../classes/dispatch.ts';
import { convert } from '../convert.ts';
import { narrowed } from '../narrowed.ts';
import type { Lowering } from '../lowering.ts';
import { describe, valueOperand, type Operand } from '../operands.ts';
import { arrayClass } from './construct.ts';
import { errorProperty } from './errors.ts';
import { isGlobal } from './globals.ts';
import { lower } from './index.ts';
import { listLength } from './lists.ts';
import { lowerConstant } from './names.ts';
import { memberOf, readMember } from './objects.ts';
import { lowerObject } from './optional.ts';
import { refuseMember } from './unknown.ts';

const mathConstants: Readonly<Record<string, number>> = {
  E: Math.E,
  LN10: Math.LN10,
  LN2: Math.LN2,
  LOG10E: Math.LOG10E,
  LOG2E: Math.LOG2E,
  PI: Math.PI,
  SQRT1_2: Math.SQRT1_2,
  SQRT2: Math.SQRT2,
};

const numberConstants: Readonly<Record<string, number>> = {
  EPSILON: Number.EPSILON,
  MAX_SAFE_INTEGER: Number.MAX_SAFE_INTEGER,
  MAX_VALUE: Number.MAX_VALUE,
  MIN_SAFE_INTEGER: Number.MIN_SAFE_INTEGER,
  MIN_VALUE: Number.MIN_VALUE,
  NaN: NaN,
  NEGATIVE_INFINITY: -Infinity,
  POSITIVE_INFINITY: Infinity,
};

export function lowerMember(l: Lowering, node: PropertyAccessExpression): Operand {
  const object = node.getExpression();
  const name = node.getName();
  const constants = isGlobal(object, 'Math')
    ? mathConstants
    : isGlobal(object, 'Number')
      ? numberConstants
      : undefined;
  if (constants) {
    const constant = constants[name];
    if (constant !== undefined) return valueOperand(l.constant('f64', constant));
    return refuseMember(l, node, object.getText(), Object.keys(constants));
  }
  const kind = arrayClass(object);
  if (kind !== undefined && name === 'BYTES_PER_ELEMENT') {
    return valueOperand(l.constant('f64', elementSize(kind)));
  }
  const constant = lowerConstant(l, node);
  if (constant) return constant;
  const operand = lowerObject(l, lower(l, object), node, name);
  l.at(node);
  if (operand.kind !== 'value') return refuseMember(l, node, describe(operand), []);
  const value = narrowed(l, operand.value, object);
  if (isRecord(value.type)) return recordProperty(l, value, name, node);
  if (value.type === 'error') return errorProperty(l, value, node);
  if (isList(value.type) && name === 'length') return valueOperand(listLength(l, value));
  if (value.type === 'str' && name === 'length')
    return valueOperand(convert(l, l.b.op('str.length', [value]), 'f64'));
  if (!isView(value.type)) return refuseMember(l, node, describe(operand), []);
  return valueOperand(viewProperty(l, value, name, node));
}

/** A member of an object, or the length of a tuple. */
function recordProperty(
  l: Lowering,
  object: Value,
  name: string,
  node: PropertyAccessExpression,
): Operand {
  const record = l.module.reading.records.get(object.type as RecordType);
  const member = memberOf(record, name);
  if (member) return readMember(l, object, member);
  const got = callMember(l, object, name, 'get', [], node);
  if (got) return got;
  if (record.kind === 'tuple' && name === 'length')
    return valueOperand(l.constant('f64', record.members.length));
  return refuseMember(
    l,
    node,
    record.sourceName,
    record.members.map((other) => other.name),
  );
}

function viewProperty(
  l: Lowering,
  view: Value,
  name: string,
  node: PropertyAccessExpression,
): Value {
  const kind = isView(view.type) ? viewKind(view.type) : 'u8';
  const length = (): Value => convert(l, l.b.op('view.length', [view]), 'f64');
  const isData = kind === 'dataview';
  if (name === 'length' && !isData) return length();
  if (name === 'byteLength') {
    const size = isData ? 1 : elementSize(kind);
    return size === 1 ? length() : l.b.op('mul', [length(), l.constant('f64', size)]);
  }
  if (name === 'byteOffset') return convert(l, l.b.op('view.byteOffset', [view]), 'f64');
  if (name === 'BYTES_PER_ELEMENT' && !isData) return l.constant('f64', elementSize(kind));
  const known = ['byteLength', 'byteOffset', ...(isData ? [] : ['length', 'BYTES_PER_ELEMENT'])];
  return refuseMember(l, node, viewClass[kind], known);
}
