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
import type { IrFunction, Loop, Node, Operation } from '../../ir/types.ts';
import { definitionsOf, regionsOf, walkNodes, walkOps } from '../../ir/walk.ts';
import type { Pass, PassContext } from '../pass.ts';
import { countsTo } from '../short-loops.ts';
import { laneBlock } from './block.ts';
import { isChain, isForLanes, mayLeave } from './computes.ts';
import { conflicts } from './conflicts.ts';
import { countedLoop, inside } from './counted.ts';
import { liveBehind } from './live.ts';
import { ownLocals } from './own-locals.ts';

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
  body.splice(counted.test + 1, head.length, ...laneBlock(fn, loop, head, tail, counted));
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
