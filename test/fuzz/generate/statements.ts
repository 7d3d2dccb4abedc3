/** Statements but loops. */
import { block, made, number, statement, ts, type Block, type Tree } from '../tree.ts';
import { isArray, isBigintArray, isFloatArray, isHeap, isView } from '../types.ts';
import { arrayCall } from './array-calls.ts';
import { elementValue } from './arrays.ts';
import {
  anyAssignment,
  arrayAssignment,
  elementStore,
  updateTree,
  valueFor,
} from './assignments.ts';
import { booleanTree, condition } from './booleans.ts';
import { callTree } from './calls.ts';
import { Context } from './context.ts';
import { dataWrite } from './data-views.ts';
import { declaration, integerDeclaration, shadowing } from './declarations.ts';
import { indexTree } from './elements.ts';
import { heapDeclaration, heapForms } from './heap/statements.ts';
import { integerTree } from './integers.ts';
import { kernel } from './kernels.ts';
import { loop } from './loops.ts';
import { numberTree } from './numbers.ts';
import { parallelStatement } from './parallel.ts';
import { switchStatement } from './switch.ts';

/** How deep the expressions of a statement are. */
export const depthOf = (c: Context): number =>
  c.random.weighted([
    [3, 1],
    [5, 2],
    [3, 3],
    [1, 4],
  ]);

export type StatementForm = (c: Context) => Tree | readonly Tree[] | undefined;

const forms: readonly (readonly [number, StatementForm])[] = [
  [10, declaration],
  [9, assignment],
  [7, store],
  [2, (c) => effect(c, updateTree(c, 'number'))],
  [3, (c) => effect(c, arrayCall(c, depthOf(c) - 1))],
  [2, (c) => effect(c, dataWrite(c, depthOf(c) - 1))],
  [2, (c) => effect(c, callTree(c, depthOf(c) - 1, undefined))],
  [8, ifStatement],
  [10, loop],
  [2, kernel],
  [3, switchStatement],
  [1, labelledBlock],
  [1, (c) => statement`${innerBlock(c, 2)}`],
  [2, jump],
  [1, exit],
  [1, throwing],
  [2, hoistedVar],
  [1, logicalStore],
  [3, integerDeclaration],
  [2, guardedStore],
  [3, (c) => effect(c, arrayAssignment(c, 2))],
];

const effect = (c: Context, tree: Tree | undefined): Tree | undefined => {
  c.spend(1);
  return tree && statement`${tree};`;
};

/** Some statements of a block that begins a scope. */
export function innerBlock(c: Context, most: number): Block {
  return c.scoped(() => {
    const shadow = c.chance(0.08) ? shadowing(c) : undefined;
    const own = statements(c, c.random.between(1, most));
    return block(shadow ? [shadow, ...own] : own);
  });
}

/** Statements that nothing else than their number bounds. */
export function statements(c: Context, count: number): Tree[] {
  const made: Tree[] = [];
  for (let i = 0; i < count && (i === 0 || c.room > 0); i++) {
    const onHeap = c.program.heap !== undefined && c.chance(0.6);
    const next =
      (c.program.parallel && c.chance(0.5) ? parallelStatement(c) : undefined) ??
      c.random.weighted(onHeap ? heapForms : forms)(c) ??
      (onHeap ? heapDeclaration(c) : (assignment(c) ?? declaration(c)));
    if ('kind' in next) made.push(next);
    else made.push(...next);
  }
  return made;
}

function assignment(c: Context): Tree | undefined {
  c.spend(2);
  const made = anyAssignment(c, depthOf(c));
  return made && statement`${made};`;
}

function store(c: Context): Tree | undefined {
  c.spend(2);
  const made = elementStore(c, depthOf(c));
  return made && statement`${made};`;
}

/** A store behind a test that its index is inside. */
function guardedStore(c: Context): Tree | undefined {
  const array = c.pick(c.variables(({ type }) => isArray(type)));
  const index = c.pick(c.variables(({ kind }) => kind === 'integer'));
  if (!array || !index || !isArray(array.type)) return undefined;
  const [a, i] = [array.name, index.name];
  const test = c.random.pick([
    `${i} >= 0 && ${i} < ${a}.length`,
    `${i} < ${a}.length && ${i} >= 0`,
    `!(${i} < 0 || ${i} >= ${a}.length)`,
    `${i} > -1 && ${i} <= ${a}.length - 1`,
  ]);
  return statement`if (${test}) ${block([statement`${a}[${i}] = ${elementValue(c, array.type, 2)};`])}`;
}

/** `a[i] ||= x`, which is no expression of native code. */
function logicalStore(c: Context): Tree | undefined {
  const array = c.pick(
    c.variables(
      ({ type }) =>
        isArray(type) && !isBigintArray(type) && !(c.program.guarded && isFloatArray(type)),
    ),
  );
  const index = array && indexTree(c, 1, array);
  if (!array || !index || !isArray(array.type)) return undefined;
  const operator = c.random.pick(['||=', '&&=', '??=']);
  // An index that TypeScript doesn't know keeps it from telling whether the element is there.
  return statement`${array.name}[(${index} | 0)] ${operator} ${elementValue(c, array.type, 2)};`;
}

function ifStatement(c: Context): Tree {
  const test = condition(c, depthOf(c));
  const then = innerBlock(c, 3);
  if (c.chance(0.5)) return statement`if (${test}) ${then}`;
  if (c.chance(0.2))
    return statement`if (${test}) ${then} else if (${condition(c, 2)}) ${innerBlock(c, 2)} else ${innerBlock(c, 2)}`;
  return statement`if (${test}) ${then} else ${innerBlock(c, 3)}`;
}

function labelledBlock(c: Context): Tree {
  const name = c.fresh('b');
  c.labels.push({ name, loop: false });
  const body = innerBlock(c, 3);
  c.labels.pop();
  return statement`${name}: ${body}`;
}

/** `if (…) break;`, with a label or without. */
function jump(c: Context): Tree | undefined {
  const targets: string[] = c.labels.flatMap(({ name, loop }) =>
    loop ? [`break ${name}`, `continue ${name}`] : [`break ${name}`],
  );
  if (c.breakable > 0) targets.push('break', 'break');
  if (c.loopDepth > 0) targets.push('continue', 'continue');
  const target = c.pick(targets);
  return target === undefined ? undefined : statement`if (${condition(c, depthOf(c))}) ${target};`;
}

export function returnStatement(c: Context, depth: number): Tree {
  if (c.result === undefined) return statement`return;`;
  if (c.resultAbsent !== undefined && c.chance(0.35)) return statement`return ${c.resultAbsent};`;
  return statement`return ${valueFor(c, c.result, depth)};`;
}

function exit(c: Context): Tree {
  return statement`if (${condition(c, depthOf(c))}) ${returnStatement(c, 2)}`;
}

function throwing(c: Context): Tree {
  const error = c.random.pick(['Error', 'RangeError', 'TypeError', 'SyntaxError']);
  const shown = c.pick(
    c.variables(({ type }) => !isView(type) && (!isHeap(type) || type === 'string')),
  );
  const value =
    shown && c.chance(0.7)
      ? made(shown.kind)`${c.bounds === 'js' && shown.kind === 'number' ? '+' : ''}${shown.name}`
      : number`(+${numberTree(c, 1)})`;
  const message = c.random.pick([
    statement`'stop'`,
    statement`\`got \${${value}}\``,
    statement`'value ' + ${value}`,
    statement`\`\${${value}} and \${${integerTree(c, 1)}}!\``,
  ]);
  const test = c.chance(0.7)
    ? number`${booleanTree(c, 2)} && ${booleanTree(c, 2)}`
    : condition(c, 2);
  return statement`if (${test}) throw new ${error}(${message});`;
}

/**
 * A `var` that is declared in an inner block and has been assigned to before. Its first assignment
 * is made here; its declaration stands wherever the function's end finds a place for it.
 */
function hoistedVar(c: Context): readonly Tree[] | undefined {
  if (c.loopDepth > 0 || c.breakable > 0 || c.labels.length > 0) return undefined;
  const type = c.random.pick(['number', 'i32', 'boolean', 'number'] as const);
  const name = c.fresh('w');
  const first = statement`${name} = ${valueFor(c, type, 2)};`;
  c.declare({ name, type, writable: true });
  const annotation = ts(`: ${type}`);
  const inner = c.scoped(() =>
    c.chance(0.4)
      ? statement`var ${name}${annotation};`
      : statement`var ${name}${annotation} = ${valueFor(c, type, 2)};`,
  );
  return [
    first,
    statement`if (${condition(c, 2)}) ${block([inner, ...c.scoped(() => statements(c, 1))])}`,
  ];
}
