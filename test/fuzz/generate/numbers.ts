/** Expressions whose value is a number. */
import { as, integer, number, ts, type Tree } from '../tree.ts';
import { fits, isIntType, type Type, type ValueKind } from '../types.ts';
import { assignmentTree, effectTree, updateTree } from './assignments.ts';
import { bigintTree } from './bigints.ts';
import { booleanTree, testedNumber } from './booleans.ts';
import { callTree } from './calls.ts';
import { Context, choose, type Form } from './context.ts';
import { dataTree } from './data-views.ts';
import { atTree, elementLeaf, elementTree, searchTree } from './elements.ts';
import { heapValue } from './heap/reads.ts';
import { integerFor, integerTree } from './integers.ts';
import { edgeNumber, numberText } from './literals.ts';
import { singleTree } from './singles.ts';

/** A number of any kind. */
export function numberTree(c: Context, depth: number): Tree {
  return heapValue(c, depth, 'number') ?? choose(c, depth, numberForms, numberLeaf);
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
  [
    3,
    (c, depth) =>
      number`(${booleanTree(c, depth)} ? ${numberTree(c, depth)} : ${numberTree(c, depth)})`,
  ],
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
    if (c.chance(0.2))
      return number`(${optional.name}${ts('!')} ${c.random.pick(['+', '*', '|'])} ${numberTree(c, depth)})`;
    return number`(${optional.name} ?? ${numberTree(c, depth)})`;
  }
  const call = c.chance(0.4) ? callTree(c, depth, 'number', true) : undefined;
  const left = call ?? elementTree(c, depth, 'number', true);
  const operator = c.random.pick(['??', '??', '||']);
  return (
    left && number`((${left}${ts(' as number | undefined')}) ${operator} ${numberTree(c, depth)})`
  );
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
  'acos acosh asin asinh atan atanh cbrt cos cosh exp expm1 log log10 log1p log2 sin sinh tan tanh'.split(
    ' ',
  );

function approximated(c: Context, depth: number): Tree | undefined {
  if (!c.program.approximate) return undefined;
  const argument = (): Tree => numberTree(c, depth);
  if (c.chance(0.6)) return number`Math.${c.random.pick(approximatedUnary)}(${argument()})`;
  if (c.chance(0.3)) return number`(${argument()} ** ${argument()})`;
  return number`Math.${c.random.pick(['pow', 'atan2', 'hypot'])}(${argument()}, ${argument()})`;
}

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
