/** Expressions whose value is a number. */
import { as, integer, number, single, ts, type Tree } from '../tree.ts';
import { fits, isIntType, type IntType, type Type, type ValueKind } from '../types.ts';
import { atTree, elementLeaf, elementTree, lengthTree, searchTree, dataTree } from './arrays.ts';
import { assignmentTree, effectTree, updateTree } from './assignments.ts';
import { bigintTree } from './bigints.ts';
import { booleanTree, testedNumber } from './booleans.ts';
import { callTree } from './calls.ts';
import { choose, type Context, type Form } from './context.ts';
import { edgeInteger, edgeNumber, numberText } from './literals.ts';

/** A number of any kind. */
export function numberTree(c: Context, depth: number): Tree {
  return choose(c, depth, numberForms, numberLeaf);
}

/** A number of the kind that a variable of the type can hold without a check's throwing. */
export function numberFor(c: Context, type: Type, depth: number): Tree {
  if (type === 'f32') return singleTree(c, depth);
  return isIntType(type) ? integerFor(c, type, depth) : numberTree(c, depth);
}

function numberLeaf(c: Context): Tree {
  const variable = c.pick(c.variables(({ kind }) => fits(kind, 'number')));
  if (variable && c.chance(0.75)) return { kind: variable.kind, parts: [variable.name] };
  const element = c.chance(variable ? 0.1 : 0.6) ? elementLeaf(c) : undefined;
  if (element) return element;
  const name = c.chance(0.06) && c.random.pick(namedNumbers);
  return name ? number`${name}` : literal(edgeNumber(c.random));
}

const namedNumbers = [
  'NaN',
  'Infinity',
  'Number.MAX_SAFE_INTEGER',
  'Number.MIN_VALUE',
  'Number.MAX_VALUE',
  'Number.EPSILON',
  'Math.PI',
  'Math.E',
  'Float64Array.BYTES_PER_ELEMENT',
];

export function literal(value: number): Tree {
  const text = numberText(value);
  const whole = Number.isInteger(value) && !Object.is(value, -0) && Math.abs(value) <= 2 ** 32;
  return whole ? integer`${text}` : number`${text}`;
}

const numberForms: readonly (readonly [number, Form])[] = [
  [13, arithmetic],
  [5, integerTree],
  [6, integerArithmetic],
  [2, negated],
  [3, (c, depth) => number`(${booleanTree(c, depth)} ? ${numberTree(c, depth)} : ${numberTree(c, depth)})`],
  [2, logical],
  [3, coalesced],
  [2, (c, depth) => comma(c, depth, numberTree)],
  [3, (c, depth) => assignmentTree(c, depth, 'number')],
  [2, (c) => updateTree(c, 'number')],
  [8, (c, depth) => elementTree(c, depth, 'number')],
  [5, mathCall],
  [4, (c, depth) => callTree(c, depth, 'number')],
  [1, (c, depth) => number`Number(${booleanTree(c, depth)})`],
  [1, (c, depth) => number`Number(${bigintTree(c, c.random.pick(['i64', 'u64']), depth)})`],
  [2, dataTree],
  [1, searchTree],
  [1, atTree],
  [1, singleTree],
  [1, approximated],
];

function arithmetic(c: Context, depth: number): Tree {
  const operator = c.random.weighted([
    [5, '+'],
    [5, '-'],
    [5, '*'],
    [3, '/'],
    [2, '%'],
  ]);
  if (c.chance(0.03)) return number`(${numberTree(c, depth)} ** 2)`;
  return number`(${numberTree(c, depth)} ${operator} ${numberTree(c, depth)})`;
}

/** Arithmetic on integers whose result may be −0, a fraction, or too large for an integer. */
function integerArithmetic(c: Context, depth: number): Tree {
  const [a, b] = [integerTree(c, depth), integerTree(c, depth)];
  switch (c.random.below(7)) {
    case 0:
      return number`(-${a})`;
    case 1:
      return number`(${a} % ${b})`;
    case 2:
      return number`(${a} / ${b})`;
    case 3:
      return number`Math.${c.random.pick(['trunc', 'floor', 'ceil', 'round'])}(${a} / ${b})`;
    case 4:
      return number`Math.${c.random.pick(['min', 'max'])}(${a}, ${b})`;
    default:
      return number`(${a} * ${b})`;
  }
}

function negated(c: Context, depth: number): Tree {
  return c.chance(0.7) ? number`(-${numberTree(c, depth)})` : number`(+${numberTree(c, depth)})`;
}

function logical(c: Context, depth: number): Tree {
  const left = testedNumber(c, depth);
  // The type of `x && 0` is the literal's, which the type of a variable would be too.
  return c.chance(0.5)
    ? number`(${left} && (${numberTree(c, depth)}${ts(' as number')}))`
    : number`(${left} || ${numberTree(c, depth)})`;
}

/** `x ?? y` of what may be absent. */
function coalesced(c: Context, depth: number): Tree | undefined {
  const optional = c.pick(
    c.visible().filter(({ kind, absent }) => absent !== undefined && fits(kind, 'number')),
  );
  if (optional && c.chance(0.7)) {
    if (c.chance(0.2)) return number`(${optional.name}${ts('!')} ${c.random.pick(['+', '*', '|'])} ${numberTree(c, depth)})`;
    return number`(${optional.name} ?? ${numberTree(c, depth)})`;
  }
  const call = c.chance(0.4) ? callTree(c, depth, 'number', true) : undefined;
  const left = call ?? elementTree(c, depth, 'number', true);
  const operator = c.random.pick(['??', '??', '||']);
  return left && number`((${left}${ts(' as number | undefined')}) ${operator} ${numberTree(c, depth)})`;
}

/** An effect, then a value. */
export function comma(
  c: Context,
  depth: number,
  make: (c: Context, depth: number) => Tree,
): Tree | undefined {
  const effect = effectTree(c, depth);
  if (!effect) return undefined;
  const value = make(c, depth);
  return { kind: value.kind, parts: ['(', effect, ', ', value, ')'] };
}

const unary = ['abs', 'ceil', 'floor', 'round', 'sign', 'sqrt', 'trunc'];

function mathCall(c: Context, depth: number): Tree {
  const argument = (): Tree => numberTree(c, depth);
  if (c.chance(0.7)) return number`Math.${c.random.pick(unary)}(${argument()})`;
  const name = c.random.pick(['min', 'max']);
  return c.chance(0.2)
    ? number`Math.${name}(${argument()}, ${argument()}, ${argument()})`
    : number`Math.${name}(${argument()}, ${argument()})`;
}

const approximatedUnary =
  'acos acosh asin asinh atan atanh cbrt cos cosh exp expm1 log log10 log1p log2 sin sinh tan tanh'.split(' ');

function approximated(c: Context, depth: number): Tree | undefined {
  if (!c.program.approximate) return undefined;
  const argument = (): Tree => numberTree(c, depth);
  if (c.chance(0.6)) return number`Math.${c.random.pick(approximatedUnary)}(${argument()})`;
  if (c.chance(0.3)) return number`(${argument()} ** ${argument()})`;
  return number`Math.${c.random.pick(['pow', 'atan2', 'hypot'])}(${argument()}, ${argument()})`;
}

/** An integer within ±2^53 that is no −0. */
export function integerTree(c: Context, depth: number): Tree {
  return choose(c, depth, integerForms, integerLeaf);
}

export function integerLeaf(c: Context): Tree {
  const variable = c.pick(c.variables(({ kind }) => kind === 'integer'));
  if (variable && c.chance(0.75)) return integer`${variable.name}`;
  return literal(edgeInteger(c.random, c.chance(0.8) ? 'i8' : 'i32'));
}

const integerForms: readonly (readonly [number, Form])[] = [
  [12, bits],
  [1, (c, depth) => integer`(~${numberTree(c, depth)})`],
  [5, sum],
  [2, (c, depth) => integer`Math.imul(${numberTree(c, depth)}, ${numberTree(c, depth)})`],
  [1, (c, depth) => integer`Math.clz32(${numberTree(c, depth)})`],
  [2, (c, depth) => integer`((${integerTree(c, depth)} / ${integerTree(c, depth)}) | 0)`],
  [2, (c, depth) => integer`(${booleanTree(c, depth)} ? ${integerTree(c, depth)} : ${integerTree(c, depth)})`],
  [2, lengthTree],
  [2, (c, depth) => elementTree(c, depth, 'integer')],
  [1, (c, depth) => comma(c, depth, integerTree)],
  [2, (c, depth) => callTree(c, depth, 'integer')],
  [1, (c, depth) => assignmentTree(c, depth, 'integer')],
  [1, (c) => updateTree(c, 'integer')],
];

function bits(c: Context, depth: number): Tree {
  const operator = c.random.weighted([
    [4, '&'],
    [4, '|'],
    [4, '^'],
    [2, '<<'],
    [2, '>>'],
    [2, '>>>'],
  ]);
  const left = numberTree(c, depth);
  if (operator.length > 1 && c.chance(0.8)) return integer`(${left} ${operator} ${c.random.below(34)})`;
  return integer`(${left} ${operator} ${numberTree(c, depth)})`;
}

/** Sums of integers below 2^33 stay far below 2^53, as deep as expressions get. */
function sum(c: Context, depth: number): Tree {
  return integer`(${integerTree(c, depth)} ${c.random.pick(['+', '-'])} ${integerTree(c, depth)})`;
}

/** An integer from 0 to below `limit`, a power of two. */
export function maskedTree(c: Context, depth: number, limit: number): Tree {
  return integer`(${numberTree(c, depth)} & ${limit - 1})`;
}

/** An integer that fits the type; now and then one that may not. */
export function integerFor(c: Context, type: IntType, depth: number): Tree {
  const same = c.pick(c.variables((variable) => variable.type === type && variable.kind === 'integer'));
  if (same && c.chance(0.12)) return integer`${same.name}`;
  if (c.chance(0.15)) return literal(edgeInteger(c.random, type));
  if (c.chance(0.03) && depth > 0) return integer`(${integerTree(c, depth)} + ${integerTree(c, depth)})`;
  return wrapped(type, numberTree(c, depth));
}

/** A number modulo the width of a type. */
function wrapped(type: IntType, value: Tree): Tree {
  switch (type) {
    case 'i8':
      return integer`((${value} << 24) >> 24)`;
    case 'u8':
      return integer`(${value} & 255)`;
    case 'i16':
      return integer`((${value} << 16) >> 16)`;
    case 'u16':
      return integer`(${value} & 65535)`;
    case 'i32':
      return integer`(${value} | 0)`;
    case 'u32':
      return integer`(${value} >>> 0)`;
  }
}

/** A single-precision number. */
export function singleTree(c: Context, depth: number): Tree {
  return choose(c, depth, singleForms, singleLeaf);
}

function singleLeaf(c: Context): Tree {
  const variable = c.pick(c.variables(({ kind }) => kind === 'single'));
  return variable && c.chance(0.8)
    ? single`${variable.name}`
    : single`Math.fround(${numberText(c.random.pick([0, -0, 1, 0.5, -1.5, 0.1, 16777217, 2 ** 31, 1e30]))})`;
}

const singleForms: readonly (readonly [number, Form])[] = [
  [
    6,
    (c, depth) =>
      single`Math.fround(${singleTree(c, depth)} ${c.random.pick(['+', '-', '*', '/'])} ${singleTree(c, depth)})`,
  ],
  [2, (c, depth) => single`Math.fround(${numberTree(c, depth)})`],
  [1, (c, depth) => single`Math.fround(Math.sqrt(${singleTree(c, depth)}))`],
  [3, (c, depth) => elementTree(c, depth, 'single')],
  [1, (c, depth) => single`Math.fround(${booleanTree(c, depth)} ? ${singleTree(c, depth)} : ${singleTree(c, depth)})`],
  [1, (c, depth) => assignmentTree(c, depth, 'single')],
  [1, (c, depth) => callTree(c, depth, 'single')],
];

/** A number that is no NaN, where its bits could be seen. */
export function plainTree(c: Context, depth: number): Tree {
  return as('plain', number`nn(${numberTree(c, depth)})`);
}

/** What a store to an array of floats may store. */
export function storable(c: Context, depth: number): Tree {
  return c.program.guarded ? plainTree(c, depth) : numberTree(c, depth);
}

/** A value for a hole of a kind of number. */
export function numberOfKind(c: Context, kind: ValueKind, depth: number): Tree {
  if (kind === 'integer') return integerTree(c, depth);
  return kind === 'single' ? singleTree(c, depth) : numberTree(c, depth);
}
