/** Expressions of the hinted bigint types. */
import { made, type Tree } from '../tree.ts';
import { wideOf, type WideType } from '../types.ts';
import { assignmentTree, updateTree } from './assignments.ts';
import { booleanTree } from './booleans.ts';
import { callTree } from './calls.ts';
import { Context, choose, type Form } from './context.ts';
import { bigintElement } from './elements.ts';
import { heapValue } from './heap/reads.ts';
import { integerTree } from './integers.ts';
import { bigintText, edgeBigint } from './literals.ts';
import { comma } from './numbers.ts';

/**
 * A bigint that fits the type, nearly always.
 * @param solid its own type is known to be `type`, so it is no bare literal
 */
export function bigintTree(c: Context, type: WideType, depth: number, solid = false): Tree {
  const own = heapValue(c, depth, type);
  if (own) return own;
  return choose(c, depth, type === 'i64' ? signedForms : unsignedForms, () =>
    solid ? solidLeaf(c, type) : leaf(c, type),
  );
}

const bits = (type: WideType): string => (type === 'i64' ? 'BigInt.asIntN' : 'BigInt.asUintN');

function solidLeaf(c: Context, type: WideType): Tree {
  const variable = c.pick(c.variables((candidate) => candidate.type === type));
  if (variable && c.chance(0.85)) return made(type)`${variable.name}`;
  return made(type)`${bits(type)}(64, ${bigintText(edgeBigint(c.random, type))})`;
}

function leaf(c: Context, type: WideType): Tree {
  if (c.chance(0.7)) return solidLeaf(c, type);
  return made(type)`${bigintText(edgeBigint(c.random, type))}`;
}

/** The forms that both types have. All of them are solid. */
const formsOf = (type: WideType): (readonly [number, Form])[] => [
  [8, (c, depth) => made(type)`${bits(type)}(64, ${modularTree(c, depth)})`],
  [
    2,
    (c, depth) =>
      made(
        type,
      )`${bits(type)}(${c.random.pick([1, 8, 16, 31, 32, 33, 53, 63])}, ${modularTree(c, depth)})`,
  ],
  [
    3,
    (c, depth) =>
      made(
        type,
      )`(${bigintTree(c, type, depth, true)} ${c.random.pick(['&', '|', '^'])} ${bigintTree(c, type, depth)})`,
  ],
  [2, (c, depth) => shiftedDown(c, type, depth)],
  [2, (c, depth) => exact(c, type, depth)],
  [2, (c, depth) => divided(c, type, depth)],
  [
    2,
    (c, depth) =>
      made(
        type,
      )`(${booleanTree(c, depth)} ? ${bigintTree(c, type, depth, true)} : ${bigintTree(c, type, depth)})`,
  ],
  [3, (c, depth) => bigintElement(c, depth, type)],
  [1, (c, depth) => comma(c, depth, (inner, left) => bigintTree(inner, type, left, true))],
  [1, (c, depth) => assignmentTree(c, depth, type)],
  [1, (c) => updateTree(c, type)],
  [2, (c, depth) => callTree(c, depth, type)],
];

const signedForms: readonly (readonly [number, Form])[] = [
  ...formsOf('i64'),
  [1, (c, depth) => made('i64')`BigInt.asIntN(64, BigInt(${integerTree(c, depth)}))`],
  [1, (c, depth) => made('i64')`(~${bigintTree(c, 'i64', depth, true)})`],
  [1, (c, depth) => made('i64')`(-${small(c, 'i64', depth)})`],
];

const unsignedForms: readonly (readonly [number, Form])[] = formsOf('u64');

/** Below 2^31, so that sums and products of two fit. */
const small = (c: Context, type: WideType, depth: number): Tree =>
  made(type)`${bits(type)}(${c.random.pick([8, 30, 31])}, ${modularTree(c, depth)})`;

function exact(c: Context, type: WideType, depth: number): Tree {
  const operator = type === 'u64' ? c.random.pick(['+', '*']) : c.random.pick(['+', '-', '*']);
  if (c.chance(0.05)) {
    return made(
      type,
    )`(${bigintTree(c, type, depth, true)} ${operator} ${bigintTree(c, type, depth)})`;
  }
  if (c.chance(0.1))
    return made(
      type,
    )`(${bits(type)}(${type === 'i64' ? 16 : 15}, ${modularTree(c, depth)}) ** ${c.random.below(5)}n)`;
  return made(type)`(${small(c, type, depth)} ${operator} ${small(c, type, depth)})`;
}

function divided(c: Context, type: WideType, depth: number): Tree {
  const divisor = bigintTree(c, type, depth, true);
  const operator = c.random.pick(['/', '%']);
  const left = bigintTree(c, type, depth, true);
  return c.chance(0.08)
    ? made(type)`(${left} ${operator} ${divisor})`
    : made(type)`(${left} ${operator} (${divisor} | 1n))`;
}

function shiftedDown(c: Context, type: WideType, depth: number): Tree {
  const left = bigintTree(c, type, depth, true);
  if (c.chance(0.6)) return made(type)`(${left} >> ${c.random.below(70)}n)`;
  return made(type)`(${left} >> (${bigintTree(c, type, depth, true)} & 63n))`;
}

/** A bigint of any size whose low 64 bits count. */
function modularTree(c: Context, depth: number): Tree {
  if (depth <= 0 || c.room <= 0 || c.chance(0.3)) {
    const type = c.random.pick(['i64', 'u64'] as const);
    return bigintTree(c, type, depth - 1);
  }
  c.room--;
  const inner = (): Tree => modularTree(c, depth - 1);
  return c.random.weighted<() => Tree>([
    [
      8,
      () => made('i64')`(${inner()} ${c.random.pick(['+', '-', '*', '&', '|', '^'])} ${inner()})`,
    ],
    [2, () => made('i64')`(${inner()} << ${c.random.below(70)}n)`],
    [1, () => made('i64')`(-${inner()})`],
    [1, () => made('i64')`(~${inner()})`],
    [
      1,
      () =>
        made(
          'i64',
        )`(${bigintTree(c, 'i64', depth - 1, true)} << (${bigintTree(c, 'i64', depth - 1, true)} & 63n))`,
    ],
  ])();
}

/** A bigint for an array's elements: stores take it modulo 2^64. */
export const storedBigint = (
  c: Context,
  array: 'BigInt64Array' | 'BigUint64Array',
  depth: number,
): Tree => bigintTree(c, c.chance(0.8) ? wideOf(array) : c.random.pick(['i64', 'u64']), depth);
