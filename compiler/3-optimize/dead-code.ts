/** Removes what is never reached, and operations and locals that nothing uses. */
import { opInfo } from '../ir/ops.ts';
import type { Constant, IrFunction, Node } from '../ir/types.ts';
import { regionsOf, usedValues, walkNodes, walkOps } from '../ir/walk.ts';

/** @param constants known values by id; an `if` on one of them becomes the region it takes */
export function removeDeadCode(fn: IrFunction, constants: ReadonlyMap<number, Constant>): boolean {
  let changed = removeUnreachable(fn.body, constants);
  while (removeUnused(fn)) changed = true;
  return changed;
}

function removeUnreachable(nodes: Node[], constants: ReadonlyMap<number, Constant>): boolean {
  let changed = false;
  const kept: Node[] = [];
  const keep = (node: Node): void => {
    const taken = node.kind === 'if' ? constants.get(node.condition.id) : undefined;
    if (node.kind === 'if' && taken !== undefined) {
      changed = true;
      for (const inner of taken ? node.then : node.else) if (!ended(kept)) keep(inner);
      return;
    }
    for (const region of regionsOf(node)) if (removeUnreachable(region, constants)) changed = true;
    kept.push(node);
  };
  for (const node of nodes) {
    if (!ended(kept)) keep(node);
    else changed = true;
  }
  if (changed) nodes.splice(0, nodes.length, ...kept);
  return changed;
}

/** Whether nothing behind these nodes is ever run. */
export function ended(nodes: readonly Node[]): boolean {
  const last = nodes.at(-1);
  switch (last?.kind) {
    case 'break':
    case 'return':
    case 'throw':
      return true;
    case 'if':
      return ended(last.then) && ended(last.else);
    case 'try':
      return ended(last.body) && ended(last.handler);
    case 'rethrow':
      return true;
    case 'loop':
      return !isLeft(last.body, last.label);
    case 'block':
      return ended(last.body) && !isLeft(last.body, last.label);
    default:
      return false;
  }
}

/** Whether a break with this label is among the nodes. Labels inside are all different from it. */
function isLeft(nodes: readonly Node[], label: string): boolean {
  let left = false;
  walkNodes(nodes, (node) => {
    if (node.kind === 'break' && node.label === label) left = true;
  });
  return left;
}

/** Removes operations whose results nothing uses, and the setting of locals that nothing reads. */
function removeUnused(fn: IrFunction): boolean {
  const read = new Set<string>();
  walkOps(fn.body, ({ op, attributes: { local } }) => {
    if (op === 'local.get' && local !== undefined) read.add(local);
  });
  const used = new Set<number>();
  let changed = false;

  /** Uses come behind definitions, so one walk backwards sees them all first. */
  const sweep = (nodes: Node[]): void => {
    const kept: Node[] = [];
    for (const node of [...nodes].reverse()) {
      for (const region of [...regionsOf(node)].reverse()) sweep(region);
      if (isUseless(node)) continue;
      for (const { id } of usedValues(node)) used.add(id);
      kept.push(node);
    }
    if (kept.length === nodes.length) return;
    changed = true;
    nodes.splice(0, nodes.length, ...kept.reverse());
  };
  const isUseless = (node: Node): boolean => {
    switch (node.kind) {
      case 'op': {
        if (node.op === 'local.set') return !read.has(node.attributes.local ?? '');
        const { effect } = opInfo(node.op);
        // A string of one unit or a part of one can be left out; others may be too long.
        const isPart = node.op === 'str.char' || node.op === 'str.sub';
        const isKeeper = node.op === 'view.keep';
        const pure = effect === 'none' || effect === 'read' || isPart || isKeeper;
        return pure && node.results.every(({ id }) => !used.has(id));
      }
      case 'if':
        return node.then.length === 0 && node.else.length === 0;
      case 'block':
      case 'try':
        return node.body.length === 0;
      default:
        return false;
    }
  };
  sweep(fn.body);
  const locals = fn.locals.filter(({ name }) => read.has(name));
  if (locals.length < fn.locals.length) {
    fn.locals = locals;
    changed = true;
  }
  return changed;
}
