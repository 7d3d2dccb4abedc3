/** Checks one operation against its row of the table, and the rules that a row can't say. */
import { isWide, normalize } from './scalars.ts';
import { opInfo, type OpInfo, type TypeClass } from './ops.ts';
import {
  bitWidth,
  elementSize,
  elementType,
  isFloat,
  isInteger,
  isNumeric,
  isScalar,
  isView,
  viewKind,
  type Attributes,
  type IrType,
  type Operation,
} from './types.ts';

/** What an operation's names refer to. Undefined tables aren't checked. */
export interface Surroundings {
  readonly locals: ReadonlyMap<string, IrType>;
  readonly globals: ReadonlyMap<string, IrType> | undefined;
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
    case 'view':
      return isView(type);
    case 'array':
      return isView(type) && type !== 'view.dataview';
  }
}

/** Whether an operand type of the table is a class. */
export const isClass = (type: string): type is TypeClass =>
  ['any', 'scalar', 'numeric', 'integer', 'float', 'bits', 'view', 'array'].includes(type);

/** The type that stands for `T` in an operation. */
const typeOfT = (op: Operation, info: OpInfo): IrType | undefined =>
  op.args[info.operands.indexOf('T')]?.type;

function operandProblems(op: Operation, info: OpInfo): string[] {
  const { operands } = info;
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

/** Where the table says `attribute`, or types that depend on each other. */
function specialProblems(op: Operation, around: Surroundings): string[] {
  const { attributes } = op;
  const [a, , third] = op.args.map((value) => value.type);
  const [result] = op.results.map((value) => value.type);
  if (attributes.exact && !mayBeExact(op)) return [`${op.op} of ${a} is not marked as exact`];
  const same = (what: string, type: IrType | undefined, expected: IrType | undefined): string[] =>
    type === expected ? [] : [`${what} is ${type}, not ${expected}`];
  const ofClass = (name: TypeClass): string[] =>
    result !== undefined && isOfClass(result, name) ? [] : [`the result is ${result}, not ${name}`];
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
    case 'view.null':
    case 'view.new':
      return ofClass('view');
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

function mayBeExact({ op, args: [a], results: [result] }: Operation): boolean {
  if (op === 'conv')
    return a !== undefined && isInteger(a.type) && isInteger(result?.type ?? 'bool');
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

const elementOf = (type: IrType | undefined): IrType | undefined =>
  type && isView(type) ? elementType(viewKind(type)) : undefined;

const sizeOf = (type: IrType | undefined): number | undefined =>
  type && isView(type) ? elementSize(viewKind(type)) : undefined;
