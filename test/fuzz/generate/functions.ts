/** Functions: signatures and bodies. */
import type { Parameter, ProgramFunction } from '../program.ts';
import { Random } from '../random.ts';
import { crossesBoundary } from '../shapes.ts';
import { block, number, statement, type Block, type Tree } from '../tree.ts';
import {
  bigintArrays,
  intTypes,
  isArray,
  isFloatArray,
  isHeap,
  isNumberArray,
  isView,
  isWide,
  kindOf,
  numberArrays,
  type ArrayType,
  type Type,
} from '../types.ts';
import { newArray } from './arrays.ts';
import { valueFor } from './assignments.ts';
import { booleanTree } from './booleans.ts';
import { Context, type Helper, type ProgramContext } from './context.ts';
import { numberText } from './literals.ts';
import { innerBlock, returnStatement, statements } from './statements.ts';

/** Arrays' types for parameters, those of the program's other functions more often. */
export type ArrayPicker = () => ArrayType;

export function arrayPicker(random: Random): ArrayPicker {
  const favourites = Array.from({ length: random.between(1, 3) }, () =>
    random.chance(0.87) ? random.pick(numberArrays) : random.pick(bigintArrays),
  );
  return () => (random.chance(0.8) ? random.pick(favourites) : random.pick(numberArrays));
}

/** A heap type that can be where the function is called from: for exported ones not all can. */
function someHeapType({ random, heap }: ProgramContext, exported: boolean): Type | undefined {
  if (!heap) return undefined;
  const types = heap.types.filter((type) => !exported || crossesBoundary(heap.shapes, type));
  return types.length === 0 ? undefined : random.pick(types);
}

export function parameters(
  program: ProgramContext,
  arrays: ArrayPicker,
  entry: boolean,
  exported = entry,
): Parameter[] {
  const { random } = program;
  const count = random.weighted([
    [entry ? 0.3 : 1, 0],
    [entry ? 1 : 3, 1],
    [5, 2],
    [4, 3],
    [2, 4],
    [1, 5],
  ]);
  const params: Parameter[] = [];
  let optional = false;
  for (let i = 0; i < count; i++) {
    // With a number at least, and with an array where there are two, something can be computed.
    const own = i > 0 && random.chance(0.5) ? someHeapType(program, exported) : undefined;
    const type =
      own ??
      (i === 0 && entry ? 'number' : i === 1 && entry ? arrays() : parameterType(random, arrays));
    // Behind an optional parameter there are only optional ones.
    optional ||= i > 0 && random.chance(0.1);
    params.push(parameter(program, `p${i}`, type, optional, entry, params));
  }
  return params;
}

function parameterType(random: Random, arrays: ArrayPicker): Type {
  return random.weighted<() => Type>([
    [9, arrays],
    [6, () => 'number'],
    [1, () => 'f64'],
    [3, () => 'i32'],
    [2, () => random.pick(intTypes)],
    [1, () => 'f32'],
    [1, () => 'boolean'],
    [2, () => random.pick(['i64', 'u64'])],
    [1, () => 'DataView'],
  ])();
}

function parameter(
  program: ProgramContext,
  name: string,
  type: Type,
  optional: boolean,
  entry: boolean,
  before: readonly Parameter[],
): Parameter {
  const { random } = program;
  const sure = isArray(type) ? random.pick([16, 8, 8, 8, 4, 0]) : 0;
  const base = {
    name,
    type,
    initial: undefined,
    absent: undefined,
    sure: entry ? sure : Math.min(sure, 8),
  };
  if (optional) {
    if (random.chance(0.5) && type !== 'DataView') {
      const c = new Context(program, {
        bounds: 'throw',
        result: undefined,
        resultAbsent: undefined,
        room: 3,
      });
      declareParameters(c, before);
      const initial = isArray(type) ? newArray(c, type, 1).tree : valueFor(c, type, 1);
      return { ...base, annotation: `: ${type}`, initial, absent: 'undefined', sure: 0 };
    }
    return { ...base, annotation: `?: ${type}`, absent: 'undefined' };
  }
  if (!isView(type) && random.chance(isHeap(type) ? 0.12 : 0.04))
    return { ...base, annotation: `: ${type} | null`, absent: 'null' };
  if (!entry && type === 'number' && random.chance(0.5))
    return { ...base, annotation: ': number', limit: random.pick([4, 8, 8, 16]) };
  return { ...base, annotation: `: ${type}` };
}

/** What a function's parameters are inside it. */
function declareParameters(c: Context, params: readonly Parameter[]): void {
  for (const { name, type, initial, absent, sure, limit } of params) {
    c.declare({
      name,
      type,
      writable: type !== 'DataView' && limit === undefined,
      ...(limit !== undefined && { kind: 'integer', limit }),
      absent: initial ? undefined : absent,
      ...(isArray(type) && { sure }),
    });
  }
}

export interface Result {
  readonly type: Type | undefined;
  readonly absent: 'undefined' | 'null' | undefined;
}

export function resultOf(program: ProgramContext, arrays: ArrayPicker, exported: boolean): Result {
  const { random } = program;
  const own = program.heap && random.chance(0.55) ? someHeapType(program, exported) : undefined;
  const type =
    own ??
    random.weighted<() => Type | undefined>([
      [9, () => 'number'],
      [3, () => 'i32'],
      [2, () => random.pick(intTypes)],
      [1, () => 'f64'],
      [1, () => 'f32'],
      [2, () => 'boolean'],
      [2, () => random.pick(['i64', 'u64'])],
      [2, arrays],
      [1, () => undefined],
    ])();
  const scalar = type !== undefined && !isView(type);
  return {
    type,
    absent: scalar && random.chance(0.08) ? random.pick(['undefined', 'null']) : undefined,
  };
}

const resultText = ({ type, absent }: Result): string =>
  `${type ?? 'void'}${absent === undefined ? '' : ` | ${absent}`}`;

export interface FunctionShape {
  readonly name: string;
  readonly tag: string | undefined;
  readonly bounds: 'throw' | 'js';
  readonly params: readonly Parameter[];
  readonly result: Result;
  /** How many statements there are, and about how many expressions in all. */
  readonly statements: number;
  readonly room: number;
  /** The names of the functions that it calls in turn, with parameters and result like its own; empty for none. */
  readonly circle: readonly string[];
  /** In a call of the program. */
  readonly runsOnce?: boolean;
}

/** Makes a function and says what a call of it is like. */
export function makeFunction(program: ProgramContext, shape: FunctionShape): Helper {
  const { random } = program;
  const { name, result } = shape;
  const fuelName = 'fuel';
  const recursive = shape.circle.length > 0;
  const params: readonly Parameter[] = recursive
    ? [
        {
          name: fuelName,
          type: 'i32',
          annotation: `: ${random.pick(['i32', 'number', 'u8'])}`,
          initial: undefined,
          absent: undefined,
          sure: 0,
        },
        ...shape.params,
      ]
    : shape.params;
  const c = new Context(program, {
    bounds: shape.bounds,
    result: result.type,
    resultAbsent: result.absent,
    room: shape.room,
    runsOnce: shape.runsOnce ?? false,
  });
  declareParameters(c, shape.params);
  const arrow = !recursive && random.chance(0.1);
  const body = recursive
    ? recursiveBody(c, shape, fuelName)
    : block([...c.scoped(() => [...statements(c, shape.statements), ...digest(c), ending(c)])]);
  const fn: ProgramFunction = {
    name,
    tag: shape.tag,
    arrow,
    params,
    result: resultText(result),
    body,
  };
  // A recursive call is made at most twice in a call, and at most six deep.
  const cost = recursive ? c.cost * 64 : c.cost;
  return { fn, result: result.type, absent: result.absent, cost, recursive };
}

/** Stores of variables where they can be seen from outside. */
function digest(c: Context): Tree[] {
  const arrays = c.variables(
    ({ type, name, sure }) => isNumberArray(type) && /^[pK]/.test(name) && (sure ?? 0) > 3,
  );
  const values = c.variables(
    ({ type, name }) => /^[vnpw]/.test(name) && !isView(type) && !isWide(type) && !isHeap(type),
  );
  const array = c.pick(arrays);
  if (!array) return [];
  const guard = c.program.guarded && isFloatArray(array.type) ? 'nn' : '';
  return values
    .slice(-3)
    .map(
      ({ name, type }, index) =>
        statement`${array.name}[${index}] = ${guard}(${type === 'boolean' ? `${name} ? 1 : 0` : name});`,
    );
}

function ending(c: Context): Tree {
  if (c.program.heap) c.room = Math.max(c.room, 8);
  return c.result === undefined ? statement`` : returnStatement(c, 3);
}

/** Statements, calls of itself with less fuel, and statements. */
function recursiveBody(c: Context, shape: FunctionShape, fuel: string): Block {
  const { random } = c;
  const base = c.result === undefined ? statement`return;` : returnStatement(c, 1);
  const first = statement`if (${fuel} <= 0) ${base}`;
  const before = statements(c, 1);
  const calls = Array.from({ length: random.between(1, 2) }, (): Tree[] =>
    selfCall(c, shape, fuel),
  );
  const guarded = random.chance(0.5)
    ? [statement`if (${booleanTree(c, 2)}) ${block(calls[0] ?? [])}`, ...(calls[1] ?? [])]
    : calls.flat();
  return block([first, ...before, ...guarded, statement`${innerBlock(c, 1)}`, ending(c)]);
}

/** A call of itself, or of another in its circle, whose result goes to a variable of the function. */
function selfCall(c: Context, { circle, params, result }: FunctionShape, fuel: string): Tree[] {
  const args = params.map(({ type, name: own, absent, limit }) => {
    if (limit !== undefined)
      return c.random.pick([
        number`${own}`,
        number`(${own} + 1) % ${limit}`,
        number`${limit - 1} - ${own}`,
        number`${own} > 0 ? ${own} - 1 : ${limit - 1}`,
        number`${c.random.between(0, limit - 1)}`,
      ]);
    const smaller = isArray(type) && absent === undefined && c.chance(0.15);
    if (smaller) return statement`${own}.subarray(0)`;
    if (type === 'number' && absent === undefined && c.chance(0.4)) return step(c, own);
    return isView(type) || c.chance(0.4) ? statement`${own}` : valueFor(c, type, 2);
  });
  const list = args.flatMap((arg) => [', ', arg]);
  const call: Tree = {
    kind: 'statement',
    parts: [`${c.random.pick(circle)}(${fuel} - 1`, ...list, ')'],
  };
  const target =
    result.type === undefined || result.absent !== undefined || isView(result.type)
      ? undefined
      : c.pick(
          c.variables(
            ({ writable, type, kind }) => writable && type === result.type && kind === kindOf(type),
          ),
        );
  return [target ? statement`${target.name} = ${call};` : statement`${call};`];
}

/** What recursion makes of a number parameter from one call to the next. */
function step({ random }: Context, own: string): Tree {
  const amount = numberText(random.pick([1, 1, 2, 2 ** 31, 2 ** 32, 2 ** 53 - 1]));
  return random.pick([
    number`${own} + ${amount}`,
    number`${own} - ${amount}`,
    number`${own} * ${random.pick(['2', '-1', '0.5', '65536'])}`,
    number`Math.floor(${own} / 2)`,
    number`(${own} + 1) % 8`,
    number`-${own}`,
  ]);
}
