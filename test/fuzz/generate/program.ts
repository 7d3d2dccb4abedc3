/** Whole programs. */
import { makeArguments } from '../arguments.ts';
import type { Constant, Program, ProgramFunction } from '../program.ts';
import { Random, derivedSeed } from '../random.ts';
import { block, number, statement, type Tree } from '../tree.ts';
import {
  bigintArrays,
  isArray,
  isBigintArray,
  isFloatArray,
  numberArrays,
  wideOf,
} from '../types.ts';
import type { Helper, ProgramContext, Variable } from './context.ts';
import { arrayPicker, makeFunction, parameters, resultOf, type ArrayPicker } from './functions.ts';
import { makeClasses } from './heap/classes.ts';
import { makeTypes } from './heap/types.ts';
import { bigintText, edgeBigint, edgeNumber, numberText } from './literals.ts';

/** Which arrays of an entry may be views of one buffer. */
export type Sharing = 'none' | 'same type' | 'any';

/** How many of the programs have values on the heap, where nobody says. */
export const usualHeapShare = 0.5;
/** How many have parallel loops. */
export const usualParallelShare = 0.05;

/**
 * @param seed of the whole run; the program depends on nothing but it, `index` and the shares
 * @param heapShare how many of the programs have values on the heap, from 0 to 1
 * @param parallelShare how many have parallel loops, and then no values on the heap
 */
export function makeProgram(
  seed: number,
  index: number,
  heapShare = usualHeapShare,
  parallelShare = usualParallelShare,
): Program {
  const random = new Random(derivedSeed(seed, index));
  const sharing = random.weighted<Sharing>([
    [5, 'none'],
    [3, 'same type'],
    [3, 'any'],
  ]);
  const constants = makeConstants(random);
  // Of a sequence of its own, so that the other programs don't change with the share.
  const parallel = new Random(derivedSeed(~seed, index)).chance(parallelShare);
  const types = random.chance(heapShare) && !parallel ? makeTypes(random) : undefined;
  const context: ProgramContext & { helpers: Helper[] } = {
    random,
    helpers: [],
    constants: constants.map(({ variable }) => variable),
    guarded: sharing === 'any',
    approximate: random.chance(0.03),
    parallel,
    heap: types?.heap,
  };
  if (types && random.chance(0.3)) makeClasses(context, types);
  const arrays = arrayPicker(random);
  const helpers = random.weighted([
    [3, 0],
    [4, 1],
    [3, 2],
  ]);
  for (let i = 0; i < helpers; i++) context.helpers.push(...makeHelpers(context, arrays, `h${i}`));
  const js = random.chance(0.15);
  const entry = makeFunction(context, {
    name: 'entry',
    tag: js ? 'bounds: js' : '',
    bounds: js ? 'js' : 'throw',
    params: parameters(context, arrays, true),
    result: resultOf(context, arrays, true),
    statements: random.between(2, types ? 9 : 6),
    room: random.between(12, types ? 120 : 60),
    circle: [],
    runsOnce: true,
  });
  const functions = [...context.helpers, entry].map(({ fn }) => fn);
  return {
    index,
    shapes: types?.heap.shapes ?? new Map(),
    declarations: types?.declarations ?? [],
    constants: constants.map(({ constant }) => constant),
    functions: [noNaN, ...functions],
    approximate: context.approximate,
    parallel,
    sets: makeArguments(random, entry.fn.params, sharing, types?.heap.shapes ?? new Map()),
  };
}

/** A function that others call, or two that call each other. */
function makeHelpers(context: ProgramContext, arrays: ArrayPicker, name: string): Helper[] {
  const { random } = context;
  const js = random.chance(0.08);
  const circle = random.weighted([
    [12, []],
    [4, [name]],
    [2, [name, `${name}x`]],
  ]);
  const tag = js ? 'bounds: js' : random.chance(0.1) ? '' : undefined;
  const exported = tag !== undefined;
  const shape = {
    bounds: js ? 'js' : 'throw',
    params: parameters(context, arrays, false, exported),
    result: resultOf(context, arrays, exported),
    circle,
    tag,
  } as const;
  return (circle.length > 0 ? circle : [name]).map((own) =>
    makeFunction(context, {
      ...shape,
      name: own,
      statements: random.between(1, 3),
      room: random.between(5, context.heap ? 35 : 20),
    }),
  );
}

/** Lets no NaN through. */
const noNaN: ProgramFunction = {
  name: 'nn',
  tag: undefined,
  arrow: false,
  params: [
    {
      name: 'x',
      type: 'number',
      annotation: ': number',
      initial: undefined,
      absent: undefined,
      sure: 0,
    },
  ],
  result: 'number',
  body: block([statement`return x === x ? x : 0;`]),
};

interface Declared {
  readonly constant: Constant;
  readonly variable: Variable;
}

function makeConstants(random: Random): Declared[] {
  const count = random.chance(0.35) ? random.between(1, 2) : 0;
  return Array.from({ length: count }, (_, place) => makeConstant(random, `K${place}`));
}

function makeConstant(random: Random, name: string): Declared {
  if (random.chance(0.5)) return makeTable(random, name);
  if (random.chance(0.2)) {
    const type = random.pick(['i64', 'u64'] as const);
    const value = number`${bigintText(edgeBigint(random, type))}`;
    return {
      constant: { name, annotation: type, value, array: undefined },
      variable: { name, type, kind: type, writable: false },
    };
  }
  const plain = numberText(edgeNumber(random));
  const value = random.pick([
    number`${plain}`,
    number`${plain}`,
    number`Math.sqrt(${plain})`,
    number`${plain} * 3 + 1`,
  ]);
  return {
    constant: { name, annotation: undefined, value, array: undefined },
    variable: { name, type: 'number', kind: 'number', writable: false },
  };
}

function makeTable(random: Random, name: string): Declared {
  const type = random.chance(0.9) ? random.pick(numberArrays) : random.pick(bigintArrays);
  const length = random.pick([3, 4, 8, 8]);
  const values = Array.from({ length }, (): Tree => {
    if (isBigintArray(type)) return number`${bigintText(edgeBigint(random, wideOf(type)))}`;
    const value = edgeNumber(random);
    return number`${numberText(isFloatArray(type) && Number.isNaN(value) ? 0 : value)}`;
  });
  const list = values.flatMap((value, place) => (place === 0 ? [value] : [', ', value]));
  const value: Tree = { kind: 'statement', parts: [`new ${type}([`, ...list, '])'] };
  return {
    constant: { name, annotation: undefined, value, array: isArray(type) ? type : undefined },
    variable: { name, type, kind: type, writable: false, sure: length },
  };
}
