/** Statements of programs with values on the heap. */
import { number, statement, ts, type Tree } from '../../tree.ts';
import { isHeap, type Type } from '../../types.ts';
import { booleanTree } from '../booleans.ts';
import { Context } from '../context.ts';
import { depthOf, innerBlock, type StatementForm } from '../statements.ts';
import { callbackStatement, localFunction } from './callbacks.ts';
import { instanceBranch, methodCall } from './classes.ts';
import { collectionCall } from './collections.ts';
import { destructuring } from './destructuring.ts';
import { valueCall } from './function-values.ts';
import { throwStatement, tryStatement } from './errors.ts';
import { listCall } from './lists.ts';
import { heapLoop } from './loops.ts';
import { memberStore, shortText } from './paths.ts';
import { choiceSwitch, narrowing } from './unions.ts';
import { declareViews, heapOf, nullable, shapeIn, storedTree } from './values.ts';

const effect = (c: Context, tree: Tree | undefined): Tree | undefined => {
  c.spend(2);
  return tree && statement`${tree};`;
};

export const heapForms: readonly (readonly [number, StatementForm])[] = [
  [12, heapDeclaration],
  [9, (c) => effect(c, memberStore(c, depthOf(c)))],
  [10, (c) => effect(c, listCall(c, depthOf(c)))],
  [6, (c) => effect(c, collectionCall(c, depthOf(c)))],
  [4, (c) => effect(c, methodCall(c, depthOf(c)))],
  [8, heapLoop],
  [5, heapAssignment],
  [2, appending],
  [4, tryStatement],
  [1, throwStatement],
  [4, narrowing],
  [2, choiceSwitch],
  [2, instanceBranch],
  [4, destructuring],
  [3, presence],
  [4, (c) => callbackStatement(c)],
  [3, (c) => localFunction(c)],
  [4, (c) => effect(c, valueCall(c, depthOf(c)))],
];

/** A new variable of a heap type, which may be absent now and then. */
export function heapDeclaration(c: Context): Tree {
  const type = c.random.pick(heapOf(c).types);
  const name = c.fresh('z');
  if (c.chance(0.2)) {
    const absent = c.random.pick(['undefined', 'null'] as const);
    const value = number`${booleanTree(c, 2)} ? ${storedTree(c, type, depthOf(c))} : ${absent}`;
    const keyword = c.chance(0.6) ? 'let' : 'const';
    c.declare({ name, type, writable: keyword === 'let', absent });
    return statement`${keyword} ${name}${ts(`: ${type} | ${absent}`)} = ${value};`;
  }
  const value = storedTree(c, type, depthOf(c));
  const keyword = c.chance(0.5) ? 'let' : 'const';
  c.declare({ name, type, writable: keyword === 'let' });
  const shape = shapeIn(c, type);
  if (keyword === 'const' && (shape.kind === 'class' || shape.kind === 'object'))
    declareViews(c, name, shape.members);
  return statement`${keyword} ${name}${ts(`: ${type}`)} = ${value};`;
}

function heapAssignment(c: Context): Tree | undefined {
  const variable = c.pick(c.visible().filter(({ type, writable }) => writable && isHeap(type)));
  if (!variable || !isHeap(variable.type)) return undefined;
  const { name, type, absent } = variable;
  c.spend(2);
  if (absent !== undefined) {
    if (c.chance(0.3)) return statement`${name} = ${absent};`;
    if (c.chance(0.3)) return statement`${name} ??= ${storedTree(c, type, depthOf(c))};`;
  }
  return statement`${name} = ${storedTree(c, type, depthOf(c))};`;
}

/** `s += x` */
function appending(c: Context): Tree | undefined {
  const variable = c.pick(c.variables(({ type, writable }) => writable && type === 'string'));
  if (!variable || c.frozen > 0) return undefined;
  c.spend(4);
  return statement`${variable.name} += ${shortText(c, 1)};`;
}

/** A branch that is taken where a variable holds a value. */
function presence(c: Context): readonly Tree[] | undefined {
  const variable = c.pick(
    c.visible().filter(({ type, absent }) => absent !== undefined && isHeap(type)),
  );
  if (!variable) return undefined;
  const { type, absent } = variable;
  const name = c.fresh('u');
  const test = c.random.pick([`!== ${absent}`, '!= null', ...(isTested(type) ? [''] : [])]);
  const inside = c.scoped(() => {
    c.declare({ name, type, writable: false });
    return innerBlock(c, 3);
  });
  return [
    statement`const ${name} = ${nullable(variable)};`,
    statement`if (${name} ${test}) ${inside}`,
  ];
}

/** Whether all values of a type are true. */
const isTested = (type: Type): boolean => !/^(string|E\d|.*['|].*)$/.test(type);
