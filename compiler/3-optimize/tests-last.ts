/**
 * Loops that compute floats until a test of them tells to stop compute first, and test last.
 *
 * Such a loop waits for the chain of its own results, one round after the other. The processor begins what
 * stands first in the code first, and LLVM moves nothing before a jump that may leave the loop. So what stands
 * behind the last such jump goes before it and before what only the jump asks for, where it is cheap and can't
 * fail. It then runs once in vain, when the loop is left, which finds the locals as they were. In lanes the test is last anyway.
 */
import type { OpName } from '../ir/ops.ts';
import {
  isFloat,
  isReference,
  type If,
  type IrFunction,
  type IrType,
  type Loop,
  type Node,
  type Operation,
  type Value,
} from '../ir/types.ts';
import { regionsOf, usesOf } from '../ir/walk.ts';
import { isComparison } from './comparisons.ts';
import { ended } from './dead-code.ts';
import type { Pass } from './pass.ts';

/** The most operations that run in vain when a loop is left. */
const mostInVain = 24;

export const testsLast: Pass = (fn) => {
  let changed = false;
  const region = (nodes: readonly Node[]): void => {
    for (const node of nodes) {
      if (node.kind === 'op' || (node.kind === 'block' && node.lanes)) continue;
      if (node.kind === 'loop' && !node.rare && testLast(fn, node)) changed = true;
      regionsOf(node).forEach(region);
    }
  };
  region(fn.body);
  return changed;
};

function testLast(fn: IrFunction, { body }: Loop): boolean {
  const at = body.findLastIndex(({ kind }) => kind !== 'op');
  const test = body[at];
  if (test?.kind !== 'if' || !testsFloats(test, body.slice(0, at))) return false;
  const [leaving, staying] = ended(test.then) ? [test.then, test.else] : [test.else, test.then];
  if (!ended(leaving) || ended(staying)) return false;
  const steps = movable([...staying, ...body.slice(at + 1)]);
  if (!steps) return false;
  const saved: Operation[] = [];
  const restored: Operation[] = [];
  const { span } = test;
  for (const [local, type] of localsSet(steps)) {
    const before: Value = { id: fn.nextValue++, type };
    const attributes = { local };
    saved.push({ kind: 'op', op: 'local.get', args: [], results: [before], attributes, span });
    restored.push({ kind: 'op', op: 'local.set', args: [before], results: [], attributes, span });
  }
  leaving.unshift(...restored);
  staying.length = 0;
  const question = onlyFor(test, body.slice(0, at), usesOf(fn.body));
  const others = body.slice(0, at).filter((node) => !question.has(node));
  body.splice(0, body.length, ...others, ...saved, ...steps, ...question, test);
  return true;
}

/** Operations that are cheap and have no preconditions but `exact`. */
const cheap: ReadonlySet<OpName> = new Set<OpName>([
  'const',
  'local.get',
  'local.set',
  'add',
  'sub',
  'mul',
  'neg',
  'abs',
  'copysign',
  'min',
  'max',
  'select',
  'and',
  'or',
  'xor',
  'not',
  'conv',
]);
const isCheap = (op: OpName): boolean => cheap.has(op) || isComparison(op);
const arithmetic: ReadonlySet<OpName> = new Set<OpName>(['add', 'sub', 'mul']);
const connectives: ReadonlySet<OpName> = new Set<OpName>(['and', 'or', 'not']);

/** Whether an `if` asks about floats that operations before it in the loop have computed. */
function testsFloats({ condition }: If, before: readonly Node[]): boolean {
  const asks = (id: number): boolean => {
    const made = before.find((node) => node.kind === 'op' && node.results[0]?.id === id);
    if (made?.kind !== 'op') return false;
    if (connectives.has(made.op)) return made.args.some((arg) => asks(arg.id));
    return isComparison(made.op) && made.args.some(({ type }) => isFloat(type));
  };
  return asks(condition.id);
}

/** The operations right before an `if` that are there only for its condition, in their order. */
function onlyFor(
  test: If,
  before: readonly Node[],
  uses: ReadonlyMap<number, readonly Node[]>,
): ReadonlySet<Node> {
  const found = new Set<Node>([test]);
  for (const node of [...before].reverse()) {
    if (node.kind !== 'op') break;
    if (!isCheap(node.op) || node.op === 'local.get' || node.op === 'local.set') continue;
    const users = node.results.flatMap(({ id }) => uses.get(id) ?? []);
    if (users.length > 0 && users.every((user) => found.has(user))) found.add(node);
  }
  found.delete(test);
  return new Set([...found].reverse());
}

/** The same operations, as they may run before the test; undefined where one may not, or where it isn't worth it. */
function movable(nodes: readonly Node[]): Operation[] | undefined {
  if (nodes.length > mostInVain) return undefined;
  const steps: Operation[] = [];
  let isChain = false;
  for (const node of nodes) {
    if (node.kind !== 'op' || !isCheap(node.op)) return undefined;
    if ([...node.args, ...node.results].some(({ type }) => isReference(type))) return undefined;
    if (arithmetic.has(node.op) && node.results.some(({ type }) => isFloat(type))) isChain = true;
    const { exact: _, ...attributes } = node.attributes;
    // What the test keeps from running needn't be exact.
    steps.push({ ...node, attributes });
  }
  return isChain ? steps : undefined;
}

/** The locals that operations set, with their types. */
function localsSet(ops: readonly Operation[]): Map<string, IrType> {
  const sets = new Map<string, IrType>();
  for (const { op, args, attributes } of ops) {
    const [value] = args;
    if (op === 'local.set' && attributes.local !== undefined && value)
      sets.set(attributes.local, value.type);
  }
  return sets;
}
