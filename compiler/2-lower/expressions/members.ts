/** Property reads: lengths of views, constants of Math, Number and the array classes. */
import type { Node, PropertyAccessExpression } from '../../ts-morph.ts';
import {
  elementSize,
  isList,
  isRecord,
  isView,
  viewClass,
  viewKind,
  type RecordType,
  type Value,
  type ViewKind,
} from '../../ir/types.ts';
import { isSuper, lowerSuperAccessor } from '../classes/constructor.ts';
import { callMember } from '../classes/dispatch.ts';
import { firstOfTable } from './collections.ts';
import { convert } from '../convert.ts';
import { narrowed } from '../narrowed.ts';
import type { Lowering } from '../lowering.ts';
import { describe, typeName, valueOperand, type Operand } from '../operands.ts';
import { arrayClass } from './construct.ts';
import { errorProperty } from './errors.ts';
import { isGlobal } from './globals.ts';
import { lower, lowerTested } from './index.ts';
import { listLength } from './lists.ts';
import { lowerConstant } from './names.ts';
import { commonMember, commonType, memberOf, readCommon, readMember } from './objects.ts';
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

const constantsOf: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  Math: mathConstants,
  Number: numberConstants,
};

/** The number that `Math.PI` or the like is; undefined for all other members of globals. */
export function globalConstant(l: Lowering, path: string): Operand | undefined {
  const [global = '', name = ''] = path.split('.');
  const constants = Object.hasOwn(constantsOf, global) ? constantsOf[global] : undefined;
  const constant =
    constants !== undefined && Object.hasOwn(constants, name) ? constants[name] : undefined;
  return constant === undefined ? undefined : valueOperand(l.constant('f64', constant));
}

export function lowerMember(l: Lowering, node: PropertyAccessExpression): Operand {
  const object = node.getExpression();
  const name = node.getName();
  if (isSuper(object)) return lowerSuperAccessor(l, name, 'get', [], node);
  const global = object.getText();
  if (isGlobal(object, global) && Object.hasOwn(constantsOf, global)) {
    const constant = globalConstant(l, `${global}.${name}`);
    return constant ?? refuseMember(l, node, global, Object.keys(constantsOf[global] ?? {}));
  }
  const kind = arrayClass(l, object);
  if (kind !== undefined && name === 'BYTES_PER_ELEMENT') {
    return valueOperand(l.constant('f64', elementSize(kind)));
  }
  const constant = lowerConstant(l, node);
  if (constant) return constant;
  const first = firstOfTable(l, node);
  if (first) return first;
  const from = node.hasQuestionDotToken() ? lowerTested(l, object) : lower(l, object);
  const operand = lowerObject(l, from, node, name);
  l.at(node);
  if (operand.kind !== 'value') return refuseMember(l, node, describe(operand), []);
  const value = narrowed(l, operand.value, object);
  if (value.type === 'error') return errorProperty(l, value, node);
  const found = propertyOf(l, value, name, node);
  return found.kind === 'unknown' ? refuseMember(l, node, found.object, found.known) : found;
}

/** What native code has of an object instead of a property that it lacks. */
export interface UnknownProperty {
  readonly kind: 'unknown';
  /** How messages call the object. */
  readonly object: string;
  readonly known: readonly string[];
}

/** The property of a name, of an object that is there; `node` is where it is read. */
export function propertyOf(
  l: Lowering,
  object: Value,
  name: string,
  node: Node,
): Operand | UnknownProperty {
  const { type } = object;
  if (isRecord(type)) return recordProperty(l, object, type, name, node);
  if (isList(type) && name === 'length') return valueOperand(listLength(l, object));
  if (type === 'str' && name === 'length')
    return valueOperand(convert(l, l.b.op('str.length', [object]), 'f64'));
  if (isView(type)) return viewProperty(l, object, viewKind(type), name);
  return { kind: 'unknown', object: typeName(type), known: [] };
}

/** A member of an object, or the length of a tuple. */
function recordProperty(
  l: Lowering,
  object: Value,
  type: RecordType,
  name: string,
  node: Node,
): Operand | UnknownProperty {
  const record = l.module.reading.records.get(type);
  if ((record.kind === 'map' || record.kind === 'set') && name !== 'size')
    return { kind: 'unknown', object: record.sourceName, known: ['size'] };
  const member = memberOf(record, name);
  if (member) return readMember(l, object, member);
  const common = commonMember(l, type, name);
  const hint = common && commonType(l, common, name);
  if (common && hint) return readCommon(l, object, common, hint, node);
  const got = callMember(l, object, name, 'get', [], node);
  if (got) return got;
  if (record.kind === 'tuple' && name === 'length')
    return valueOperand(l.constant('f64', record.members.length));
  const known = record.members.map((other) => other.name);
  return { kind: 'unknown', object: record.sourceName, known };
}

function viewProperty(
  l: Lowering,
  view: Value,
  kind: ViewKind,
  name: string,
): Operand | UnknownProperty {
  const length = (): Value => convert(l, l.b.op('view.length', [view]), 'f64');
  const isData = kind === 'dataview';
  if (name === 'length' && !isData) return valueOperand(length());
  if (name === 'byteLength') {
    const size = isData ? 1 : elementSize(kind);
    return valueOperand(size === 1 ? length() : l.b.op('mul', [length(), l.constant('f64', size)]));
  }
  if (name === 'byteOffset')
    return valueOperand(convert(l, l.b.op('view.byteOffset', [view]), 'f64'));
  if (name === 'BYTES_PER_ELEMENT' && !isData)
    return valueOperand(l.constant('f64', elementSize(kind)));
  const known = ['byteLength', 'byteOffset', ...(isData ? [] : ['length', 'BYTES_PER_ELEMENT'])];
  return { kind: 'unknown', object: viewClass[kind], known };
}
