/** The loops of a function as the source has them, with the operations that are left in them. */
import { opInfo } from '../ir/ops.ts';
import type { If, IrFunction, IrModule, Loop, Node, Operation, Span, Value } from '../ir/types.ts';
import { definitionsOf, regionsOf, walkOps } from '../ir/walk.ts';

export interface SourceLoop {
  readonly span: Span;
  /** 1 for a loop that is in no other. */
  readonly depth: number;
  readonly innermost: boolean;
  /** The last line with an operation of it. */
  readonly lastLine: number;
  /** A `throw`, `break` or `return` inside, besides the loop's own condition. */
  readonly leavesEarly: boolean;
  /** It is in what is computed for several rounds of a loop around it at the same time. */
  readonly inLanes: boolean;
}

export interface PlacedOperation {
  readonly op: Operation;
  /** Around it, the outermost first. */
  readonly loops: readonly Loop[];
  /** In a copy that seldom runs. */
  readonly rare: boolean;
}

/** Whether a node chooses between a function's fast copy and its careful one; it has the function's own place. */
const isChoice = (fn: IrFunction, node: Node): node is If =>
  node.kind === 'if' && fn.span !== undefined && node.span === fn.span;

/** All operations of a function with the loops around them. */
export function placedOperations(fn: IrFunction): PlacedOperation[] {
  const all: PlacedOperation[] = [];
  const visit = (nodes: readonly Node[], loops: readonly Loop[], rare: boolean): void => {
    for (const node of nodes) {
      if (node.kind === 'op') all.push({ op: node, loops, rare });
      else if (node.kind === 'loop') visit(node.body, [...loops, node], rare || node.rare === true);
      else
        for (const region of regionsOf(node))
          visit(region, loops, rare || (isChoice(fn, node) && region === node.else));
    }
  };
  visit(fn.body, [], false);
  return all;
}

/** Tells whether a loop has others inside, also in what it calls. */
export type HoldsLoop = (loop: Loop) => boolean;

/** `HoldsLoop` for the loops of a module's functions. */
export function loopFinder(module: IrModule): HoldsLoop {
  const functions = new Map(module.functions.map((fn) => [fn.name, fn]));
  const known = new Map<string, boolean>();
  const repeats = (name: string): boolean => {
    const answer = known.get(name);
    if (answer !== undefined) return answer;
    known.set(name, false); // for recursion, which is no loop
    const found = visit(functions.get(name)?.body ?? []);
    known.set(name, found);
    return found;
  };
  const visit = (nodes: readonly Node[]): boolean =>
    nodes.some((node) => {
      if (node.kind === 'loop') return true;
      if (node.kind !== 'op') return regionsOf(node).some(visit);
      return node.attributes.callee !== undefined && repeats(node.attributes.callee);
    });
  return (loop) => visit(loop.body);
}

/** Whether a value may change from round to round of a loop: it is made of something that is set, read or called in it. */
export function variesIn(loop: Loop, value: Value): boolean {
  const set = new Set<string>();
  walkOps(loop.body, ({ op, attributes: { local } }) => {
    if (op === 'local.set' && local !== undefined) set.add(local);
  });
  const definitions = definitionsOf(loop.body);
  const varies = (inner: Value): boolean => {
    const op = definitions.get(inner.id);
    if (!op) return false;
    if (op.op === 'local.get') return set.has(op.attributes.local ?? '');
    if (op.op === 'call' || opInfo(op.op).effect !== 'none') return true;
    return op.args.some(varies);
  };
  return varies(value);
}

/** The loops in order of their places; one that passes made copies of is there once. */
export function sourceLoops(fn: IrFunction, holdsLoop: HoldsLoop): SourceLoop[] {
  const loops = new Map<string, SourceLoop>();
  const visit = (nodes: readonly Node[], depth: number, inLanes: boolean): void => {
    for (const node of nodes) {
      if (node.kind === 'op') continue;
      const inside = node.kind === 'loop' ? depth + 1 : depth;
      if (node.kind === 'loop' && node.span && !node.rare) {
        const key = `${node.span.line}:${node.span.column}`;
        if (!loops.has(key)) {
          const innermost = !holdsLoop(node);
          loops.set(key, { ...describe(node, node.span), depth: inside, innermost, inLanes });
        }
      }
      const areLanes = inLanes || (node.kind === 'block' && node.lanes === true);
      for (const region of regionsOf(node)) visit(region, inside, areLanes);
    }
  };
  visit(fn.body, 0, false);
  return [...loops.values()].sort(
    (a, b) => a.span.line - b.span.line || a.span.column - b.span.column,
  );
}

function describe(loop: Loop, span: Span): Pick<SourceLoop, 'span' | 'lastLine' | 'leavesEarly'> {
  let lastLine = span.line;
  let exits = 0;
  const visit = (nodes: readonly Node[]): void => {
    for (const node of nodes) {
      if (node.span && node.span.file === span.file) lastLine = Math.max(lastLine, node.span.line);
      if (node.kind === 'throw' || node.kind === 'return') exits++;
      // The loop's own condition is its first break.
      if (node.kind === 'break' && node.label === loop.label) exits++;
      if (node.kind !== 'op') regionsOf(node).forEach(visit);
    }
  };
  visit(loop.body);
  return { span, lastLine, leavesEarly: exits > 1 };
}

/** The innermost loop that a line is in. */
export const loopAt = (loops: readonly SourceLoop[], line: number): SourceLoop | undefined =>
  loops
    .filter(({ span, lastLine }) => span.line <= line && line <= lastLine)
    .sort((a, b) => b.depth - a.depth || b.span.line - a.span.line)[0];
