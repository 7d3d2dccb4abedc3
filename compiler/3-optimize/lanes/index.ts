/**
 * Outer loops in vectors: where each round of a loop computes floats in a loop of its own, as for each point of the
 * Mandelbrot set how long it stays, several rounds are computed at the same time, one in each lane of vectors. Lanes that
 * are done wait for the others.
 *
 * Each lane does the very operations of its round, so results are the same, bit for bit. What follows behind the
 * inner loop, such as a store or a sum, is done for one round after the other, in order. LLVM vectorises innermost
 * loops alone, and none that data ends.
 *
 * Here what can be computed so becomes a `block lanes`, which means the same as without that word; `4-emit/lanes/`
 * writes vectors for it. (Allen and Kennedy, "Optimizing Compilers for Modern Architectures", 2001, on control
 * dependence by masks; Karrenberg and Hack, "Whole-Function Vectorization", 2011.)
 */
import { opInfo } from '../../ir/ops.ts';
import {
  type Block,
  type IrFunction,
  type Loop,
  type Node,
  type Operation,
  type Value,
} from '../../ir/types.ts';
import {
  definitionsOf,
  regionsOf,
  replaceValues,
  usesOf,
  walkNodes,
  walkOps,
} from '../../ir/walk.ts';
import type { Pass, PassContext } from '../pass.ts';
import { countsTo } from '../short-loops.ts';
import { assignedIn } from './assigned.ts';
import { liveBehind } from './live.ts';
import { isChain, isForLanes, mayLeave } from './computes.ts';
import { conflicts } from './conflicts.ts';
import { countedLoop, inside, type Counted } from './counted.ts';

/** LLVM unrolls loops of so few rounds, and vectorises the loop around them itself. */
const fewRounds = 32;

export const lanes: Pass = (fn, context) => {
  let changed = false;
  const region = (nodes: readonly Node[]): void => {
    for (const node of nodes) {
      if (node.kind === 'op' || (node.kind === 'loop' && node.rare)) continue;
      if (node.kind === 'loop' && inLanes(fn, node, context)) changed = true;
      else regionsOf(node).forEach(region);
    }
  };
  region(fn.body);
  return changed;
};

function inLanes(fn: IrFunction, loop: Loop, { note }: PassContext): boolean {
  const definitions = definitionsOf(fn.body);
  const counted = countedLoop(loop, definitions);
  if (!counted) return false;
  const { body } = loop;
  const other = body.findIndex((node, index) => index > counted.test && !isForLanes(node));
  const end = other < 0 ? body.length : other;
  const isWorthIt = (node: Node): boolean => {
    let found = false;
    walkNodes([node], (inner) => {
      if (inner.kind === 'loop' && isChain(inner))
        found ||= !countsTo(fewRounds, inner, fn, definitions);
    });
    return found;
  };
  const last = body.findLastIndex((node, index) => index < end && isWorthIt(node));
  if (last <= counted.test) return false;
  const head = body.slice(counted.test + 1, last + 1);
  const tail = body.slice(last + 1);
  if (mayLeave(head, () => false) || mayLeave(tail, mayThrow)) return false;
  if (conflicts(head, tail, { counted, own: inside(body), definitions })) return false;
  const ending = head.at(-1);
  const renamed = ending && ownLocals(fn, head, loop, liveBehind(fn, ending), counted.local);
  if (!renamed) return false;
  walkOps(head, (op) => {
    const local = renamed.get(op.attributes.local ?? '');
    if (local !== undefined) op.attributes = { ...op.attributes, local };
  });
  body.splice(counted.test + 1, head.length, ...block(fn, loop, head, tail, counted));
  const [inner] = head.filter(isWorthIt);
  note?.({
    kind: 'loop',
    span: loop.span,
    outcome: 'Several rounds at once',
    parts: [
      'Its rounds are computed in the lanes of vectors, several at the same time, until each has left ',
      inner?.span ? `the loop of line ${inner.span.line}` : 'the loop inside',
      '; what follows there is done for one after the other.',
    ],
  });
  return true;
}

const mayThrow = ({ op }: Operation): boolean => {
  const { effect } = opInfo(op);
  return effect === 'throw' || effect === 'call' || effect === 'allocate';
};

/**
 * Has a round use locals of its own for what nothing behind it reads; undefined where it reads what other rounds set, or
 * may leave unset what is read behind it.
 */
function ownLocals(
  fn: IrFunction,
  head: readonly Node[],
  loop: Loop,
  live: ReadonlySet<string>,
  counter: string,
): Map<string, string> | undefined {
  const { atEnd, readBefore } = assignedIn(head);
  if (atEnd === undefined) return undefined;
  const [own, all] = [localsSet(head), localsSet(loop.body)];
  const renamed = new Map<string, string>();
  for (const name of readBefore) if (all.has(name) && name !== counter) return undefined;
  for (const name of own) {
    if (live.has(name) && !atEnd.has(name)) return undefined;
    if (!live.has(name)) renamed.set(name, `${loop.label}.lanes.${name}`);
  }
  for (const { name, type } of [...fn.locals]) {
    const other = renamed.get(name);
    if (other !== undefined) fn.locals.push({ name: other, type });
  }
  return renamed;
}

function localsSet(nodes: readonly Node[]): Set<string> {
  const names = new Set<string>();
  walkOps(nodes, ({ op, attributes: { local } }) => {
    if (op === 'local.set' && local !== undefined) names.add(local);
  });
  return names;
}

/** The block, and behind it what the rest of the round needs of its values. */
function block(
  fn: IrFunction,
  loop: Loop,
  head: readonly Node[],
  tail: readonly Node[],
  { counter, limit, local, before }: Counted,
): Node[] {
  const { span } = loop;
  const fresh = (value: Value): Value => ({ ...value, id: fn.nextValue++ });
  const lane = fresh(counter);
  const own = new Map<number, Value>([[counter.id, lane]]);
  const again = copied(before, own, fresh);
  walkOps(head, ({ op, attributes, results: [result] }) => {
    if (op === 'local.get' && attributes.local === local && result) own.set(result.id, lane);
  });
  replaceValues(head, own);
  const made: Block = {
    kind: 'block',
    label: `${loop.label}.lanes`,
    lanes: true,
    body: [
      { kind: 'op', op: 'lane', args: [counter, limit], results: [lane], attributes: {}, span },
      ...again,
      ...head,
    ],
    span,
  };
  return [made, ...handedOn(fn, made, tail, counter)];
}

/** Copies of the operations that use some values, with others instead of those; their results are added to these. */
function copied(
  nodes: readonly Node[],
  instead: Map<number, Value>,
  fresh: (value: Value) => Value,
): Operation[] {
  return nodes.flatMap((op) => {
    if (op.kind !== 'op' || opInfo(op.op).effect !== 'none') return [];
    const [result] = op.results;
    if (!result || !op.args.some(({ id }) => instead.has(id))) return [];
    const made = fresh(result);
    instead.set(result.id, made);
    return [{ ...op, args: op.args.map((arg) => instead.get(arg.id) ?? arg), results: [made] }];
  });
}

/** Has values of a block be read behind it from locals; those that are made of the counter alone are computed again. */
function handedOn(fn: IrFunction, made: Block, tail: readonly Node[], counter: Value): Operation[] {
  const fresh = (value: Value): Value => ({ ...value, id: fn.nextValue++ });
  const [lane] = made.body;
  const uses = usesOf(tail);
  const instead = new Map<number, Value>();
  const behind: Operation[] = [];
  /** What is the same in front of the block, or computed again behind it. */
  const counts = new Map<number, Value>();
  const inBlock = new Set<number>();
  for (const node of made.body) {
    if (node.kind !== 'op') continue;
    const [result] = node.results;
    if (!result) continue;
    inBlock.add(result.id);
    if (node === lane) counts.set(result.id, counter);
    else if (
      opInfo(node.op).effect === 'none' &&
      node.args.every(({ id }) => !inBlock.has(id) || counts.has(id))
    ) {
      const value = fresh(result);
      behind.push({
        ...node,
        args: node.args.map((arg) => counts.get(arg.id) ?? arg),
        results: [value],
      });
      counts.set(result.id, value);
    }
  }
  for (const node of [...made.body]) {
    if (node.kind !== 'op') continue;
    const [result] = node.results;
    if (!result || !uses.has(result.id)) continue;
    const known = counts.get(result.id);
    if (known) {
      instead.set(result.id, known);
      continue;
    }
    const { span } = node;
    const local = `${made.label}.${result.id}`;
    fn.locals.push({ name: local, type: result.type });
    const value = fresh(result);
    const attributes = { local };
    made.body.push({ kind: 'op', op: 'local.set', args: [result], results: [], attributes, span });
    behind.push({ kind: 'op', op: 'local.get', args: [], results: [value], attributes, span });
    instead.set(result.id, value);
  }
  replaceValues(tail, instead);
  const used = usesOf([...behind, ...tail]);
  return behind.filter(({ results: [result] }) => result && used.has(result.id));
}
