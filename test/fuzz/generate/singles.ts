/** Expressions whose value is a single. */
import { single, type Tree } from '../tree.ts';
import { assignmentTree } from './assignments.ts';
import { booleanTree } from './booleans.ts';
import { callTree } from './calls.ts';
import { Context, choose, type Form } from './context.ts';
import { elementTree } from './elements.ts';
import { heapValue } from './heap/reads.ts';
import { numberText } from './literals.ts';
import { numberTree } from './numbers.ts';

/** A single-precision number. */
export function singleTree(c: Context, depth: number): Tree {
  return heapValue(c, depth, 'single') ?? choose(c, depth, singleForms, singleLeaf);
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
  [
    1,
    (c, depth) =>
      single`Math.fround(${booleanTree(c, depth)} ? ${singleTree(c, depth)} : ${singleTree(c, depth)})`,
  ],
  [1, (c, depth) => assignmentTree(c, depth, 'single')],
  [1, (c, depth) => callTree(c, depth, 'single')],
];
