/** Checks one operation against its row of the table, and the rules that a row can't say. */
import { isWide, normalize } from './scalars.ts';
import { isAtomic, opInfo, type OpInfo, type TypeClass } from './ops.ts';
import { elementOf as elementOfList, recordName, slotsOf, type Slot } from './records.ts';
import {
  bitWidth,
  elementSize,
  elementType,
  isFloat,
  isInteger,
  isList,
  isNumeric,
  isRecord,
  isReference,
  isScalar,
  isView,
  viewKind,
  type Attributes,
  type IrRecord,
  type IrType,
  type Operation,
  type Value,
} from './types.ts';

/** What an operation's names refer to. Undefined tables aren't checked. */
export interface Surroundings {
  readonly locals: ReadonlyMap<string, IrType>;
  readonly records: ReadonlyMap<string, IrRecord> | undefined;
  readonly globals: ReadonlyMap<string, IrType> | undefined;
  readonly tables: ReadonlyMap<string, IrType> | undefined;
  readonly functions:
    | ReadonlyMap<
        string,
        { readonly params: readonly IrType[]; readonly results: readonly IrType[] }
      >
    | undefined;
}

/** What is wrong with an operation, apart from where its operands come from. */
export function operationProblems(op: Operation, around: Surroundings): string[] {
  const info = opInfo(op.op);
  const missing = (info.attributes ?? []).filter(
    (name) => op.attributes[name as keyof Attributes] === undefined,
  );
  if (missing.length > 0) return missing.map((name) => `attribute ${name} is missing`);
  if (op.op === 'call') return callProblems(op, around);
  if (op.op === 'parallel') return parallelProblems(op, around);
  if (op.op === 'extern.target')
    return !around.functions || around.functions.has(op.attributes.callee ?? '')
      ? []
      : [`there is no function ${op.attributes.callee}`];
  if (op.op === 'rec.new') return newProblems(op, around);
  const problems = [...operandProblems(op, info), ...resultProblems(op, info)];
  // The special rules rely on the table's.
  return problems.length > 0 ? problems : specialProblems(op, around);
}

/** Whether a type belongs to a class of the table. */
export function isOfClass(type: IrType, name: TypeClass): boolean {
  switch (name) {
    case 'any':
      return true;
    case 'scalar':
      return isScalar(type);
    case 'numeric':
      return isNumeric(type);
    case 'integer':
      return isInteger(type);
    case 'float':
      return isFloat(type);
    case 'bits':
      return type === 'bool' || isInteger(type);
    case 'reference':
      return isReference(type);
    case 'record':
      return isRecord(type);
    case 'list':
      return isList(type);
    case 'view':
      return isView(type);
    case 'array':
      return isView(type) && type !== 'view.dataview';
  }
}

const classes: Readonly<Record<TypeClass, true>> = {
  any: true,
  scalar: true,
  numeric: true,
  integer: true,
  float: true,
  bits: true,
  reference: true,
  view: true,
  array: true,
  record: true,
  list: true,
};

/** Whether an operand type of the table is a class. */
export const isClass = (type: string): type is TypeClass => Object.hasOwn(classes, type);

/** The type that stands for `T` in an operation. */
const typeOfT = (op: Operation, info: OpInfo): IrType | undefined =>
  op.args[info.operands.indexOf('T')]?.type;

/** Two strings or more, or units and integers; what grows is a string. */
function joinedProblems({ args, attributes: { replaces } }: Operation): string[] {
  if (args.length < 2) return [`has ${args.length} operands, not 2`];
  const isPart = ({ type }: Value, index: number): boolean =>
    type === 'str' || (!(replaces && index === 0) && (type === 'u16' || type === 'i64'));
  return args.every(isPart) ? [] : ['joins more than strings'];
}

function operandProblems(op: Operation, info: OpInfo): string[] {
  const { operands } = info;
  if (op.op === 'str.concat') return joinedProblems(op);
  if (op.args.length !== operands.length)
    return [`has ${op.args.length} operands, not ${operands.length}`];
  const T = typeOfT(op, info);
  const problems: string[] = [];
  if (T !== undefined && info.T !== undefined && !isOfClass(T, info.T))
    problems.push(`T is ${T}, not of class ${info.T}`);
  operands.forEach((expected, index) => {
    const type = op.args[index]?.type;
    if (type === undefined) return;
    const fits = isClass(expected)
      ? isOfClass(type, expected)
      : type === (expected === 'T' ? T : expected);
    if (!fits) problems.push(`operand ${index} is ${type}, not ${expected === 'T' ? T : expected}`);
  });
  return problems;
}

function resultProblems(op: Operation, info: OpInfo): string[] {
  const [result] = op.results;
  const count = info.result === 'none' ? 0 : 1;
  if (op.results.length !== count) return [`has ${op.results.length} results, not ${count}`];
  const expected = info.result === 'T' ? typeOfT(op, info) : info.result;
  if (!result || expected === 'attribute' || expected === result.type) return [];
  return [`the result is ${result.type}, not ${expected}`];
}

function callProblems({ args, results, attributes }: Operation, around: Surroundings): string[] {
  if (!around.functions) return [];
  const callee = around.functions.get(attributes.callee ?? '');
  if (!callee) return [`there is no function ${attributes.callee}`];
  const compare = (
    what: string,
    types: readonly IrType[],
    expected: readonly IrType[],
  ): string[] =>
    types.join() === expected.join()
      ? []
      : [`${what} (${types.join(', ')}), the function has (${expected.join(', ')})`];
  return [
    ...compare(
      'passes',
      args.map((value) => value.type),
      callee.params,
    ),
    ...compare(
      'results are',
      results.map((value) => value.type),
      callee.results,
    ),
  ];
}

/** A region is a call of its function for a part of the range. */
function parallelProblems(op: Operation, around: Surroundings): string[] {
  const [count] = op.args;
  if (count?.type !== 'i64') return [`the count is ${count?.type}, not i64`];
  const captured = op.args.slice(1).filter(({ type }) => !isScalar(type) && !isView(type));
  if (captured.length > 0) return captured.map(({ type }) => `${type} in several threads`);
  return callProblems({ ...op, args: [count, ...op.args] }, around);
}

/** Where the table says `attribute`, or types that depend on each other. */
function specialProblems(op: Operation, around: Surroundings): string[] {
  const { attributes } = op;
  const [a, second, third] = op.args.map((value) => value.type);
  const [result] = op.results.map((value) => value.type);
  if (attributes.exact && !mayBeExact(op)) return [`${op.op} of ${a} is not marked as exact`];
  const same = (what: string, type: IrType | undefined, expected: IrType | undefined): string[] =>
    type === expected ? [] : [`${what} is ${type}, not ${expected}`];
  const ofClass = (name: TypeClass): string[] =>
    result !== undefined && isOfClass(result, name) ? [] : [`the result is ${result}, not ${name}`];
  if (isAtomic(op.op)) return atomicProblems(op);
  switch (op.op) {
    case 'const':
      return constantProblems(attributes, result);
    case 'local.get':
    case 'local.set': {
      const local = around.locals.get(attributes.local ?? '');
      if (local === undefined) return [`there is no local ${attributes.local}`];
      return same(`local ${attributes.local}`, local, op.op === 'local.get' ? result : a);
    }
    case 'global.get': {
      if (!around.globals) return [];
      const global = around.globals.get(attributes.global ?? '');
      if (global === undefined) return [`there is no global ${attributes.global}`];
      return same('the result', result, global);
    }
    case 'state.get':
    case 'state.set': {
      if (!around.globals) return [];
      const kept = around.globals.get(attributes.global ?? '');
      if (kept === undefined) return [`there is no global ${attributes.global}`];
      return same(`global ${attributes.global}`, kept, op.op === 'state.get' ? result : a);
    }
    case 'mark.get':
    case 'mark.set':
      return a !== undefined && (isRecord(a) || isList(a)) ? [] : [`${a} has no mark`];
    case 'table.load': {
      if (!around.tables) return [];
      const table = around.tables.get(attributes.table ?? '');
      if (table === undefined) return [`there is no table ${attributes.table}`];
      return same('the result', result, table);
    }
    case 'null':
      return ofClass('reference');
    case 'view.new':
    case 'view.given':
      return ofClass('view');
    case 'rec.get':
    case 'rec.set': {
      const slot = slotOf(op, around);
      if (typeof slot === 'string') return [slot];
      return slot ? same('the slot', slot.type, op.op === 'rec.get' ? result : second) : [];
    }
    case 'rec.is': {
      const { record } = attributes;
      return around.records && !around.records.has(record ?? '')
        ? [`there is no record ${record}`]
        : [];
    }
    case 'rec.as':
      return ofClass('record');
    case 'list.new':
      return ofClass('list');
    case 'list.load':
      return same('the result', result, listElement(a));
    case 'list.store':
      return same('operand 2', third, listElement(a));
    case 'list.push':
      return same('operand 1', second, listElement(a));
    case 'list.view': {
      const element = listElement(a);
      return element && isNumeric(element)
        ? same('the result', result, `view.${element}`)
        : [`${a} has no numbers`];
    }
    case 'str.of':
      return a === 'view.u8' || a === 'view.u16' ? [] : [`${a} has no units`];
    case 'data.load':
      return ofClass('numeric');
    case 'toint':
    case 'fptoint':
    case 'check.range':
      return ofClass('integer');
    case 'bits': {
      const [problem] = ofClass('numeric');
      if (problem !== undefined) return [problem];
      return a && result && isScalar(a) && isScalar(result) && bitWidth(a) === bitWidth(result)
        ? []
        : [`${a} and ${result} differ in width`];
    }
    case 'conv': {
      const [problem] = ofClass('numeric');
      if (problem !== undefined) return [problem];
      return a && result && isFloat(a) && isInteger(result)
        ? [`${a} to ${result} needs toint, fptoint or check.range`]
        : [];
    }
    case 'view.load':
      return same('the result', result, elementOf(a));
    case 'view.store':
      return same('operand 2', third, elementOf(a));
    case 'view.move':
      return sizeOf(a) === sizeOf(third) ? [] : [`elements of ${a} and ${third} differ in size`];
    default:
      return [];
  }
}

/** All numbers are elements of the array, which are integers that wrap. */
function atomicProblems({ op, args: [array, , ...values], results }: Operation): string[] {
  const element = elementOf(array?.type);
  if (array?.type === 'view.u8c' || element === undefined || !isInteger(element))
    return [`${op} of ${array?.type}`];
  return [...values, ...results]
    .filter(({ type }) => type !== element)
    .map(({ type }) => `${type} is not ${element}`);
}

function mayBeExact({ op, args: [a], results: [result] }: Operation): boolean {
  if (op === 'conv')
    return a !== undefined && isInteger(a.type) && isInteger(result?.type ?? 'bool');
  if (op === 'div') return a !== undefined && isInteger(a.type);
  return (op === 'add' || op === 'sub' || op === 'mul' || op === 'neg') && a?.type === 'i64';
}

function constantProblems({ value }: Attributes, type: IrType | undefined): string[] {
  if (type === undefined || !isScalar(type)) return [`the result is ${type}, not scalar`];
  const expected = type === 'bool' ? 'boolean' : isWide(type) ? 'bigint' : 'number';
  if (typeof value !== expected) return [`a constant of ${type} is a ${expected}`];
  // Integers have no −0, fraction or excess; singles no excess precision.
  const held =
    typeof value === 'number' && isInteger(type) && !Number.isInteger(value)
      ? undefined
      : normalize(type, value as number | bigint | boolean);
  return Object.is(held, value) ? [] : [`${type} cannot hold ${value}`];
}

/** The slot that a record operation names; text is what is wrong; undefined where records aren't known. */
function slotOf(op: Operation, around: Surroundings): Slot | string | undefined {
  if (!around.records) return undefined;
  const type = op.args[0]?.type;
  const record = type && isRecord(type) ? around.records.get(recordName(type)) : undefined;
  if (!record) return `there is no record ${type}`;
  if (record.kind === 'union') return `${type} is a union`;
  const slot = slotsOf(record).find(({ name }) => name === op.attributes.slot);
  return slot ?? `${type} has no slot ${op.attributes.slot}`;
}

/** `rec.new` has as many operands as its record has slots, or none. */
function newProblems({ args, results }: Operation, around: Surroundings): string[] {
  const [result] = results;
  if (!result || results.length !== 1 || !isRecord(result.type)) return ['the result is no record'];
  if (!around.records) return [];
  const record = around.records.get(recordName(result.type));
  if (!record || record.kind === 'union') return [`there is no record ${result.type} to make`];
  const slots = slotsOf(record).map(({ type }) => type);
  const given = args.map(({ type }) => type);
  return given.length === 0 || given.join() === slots.join()
    ? []
    : [`is given (${given.join(', ')}), the slots are (${slots.join(', ')})`];
}

const listElement = (type: IrType | undefined): IrType | undefined =>
  type && isList(type) ? elementOfList(type).type : undefined;

const elementOf = (type: IrType | undefined): IrType | undefined =>
  type && isView(type) ? elementType(viewKind(type)) : undefined;

const sizeOf = (type: IrType | undefined): number | undefined =>
  type && isView(type) ? elementSize(viewKind(type)) : undefined;
