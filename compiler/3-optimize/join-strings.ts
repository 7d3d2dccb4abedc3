/**
 * Joins strings at once that are joined one after the other, as `${a}, ${b}` and `a + b + c` are: what lies between
 * is never made. Nor are strings of single units and of integers that are parts of others.
 */
import { opInfo } from '../ir/ops.ts';
import type { IrFunction, Node, Operation, Value } from '../ir/types.ts';
import { definitionsOf, mapNodes, regionsOf, usesOf, walkOps } from '../ir/walk.ts';
import type { Pass } from './pass.ts';

/** The most strings that one operation joins. */
const mostJoined = 32;

export const joinStrings: Pass = (fn: IrFunction) => {
  const uses = usesOf(fn.body);
  let changed = false;
  const region = (nodes: Node[]): void => {
    /** Joined strings that could as well be joined where they are used. */
    const open = new Map<number, Operation>();
    const gone = new Set<Node>();
    for (const node of nodes) {
      if (node.kind !== 'op') {
        open.clear();
        regionsOf(node).forEach(region);
        continue;
      }
      if (node.op !== 'str.concat') {
        if (hasEffect(node)) open.clear();
        continue;
      }
      const parts = node.args.map((arg) => open.get(arg.id) ?? arg);
      const args = parts.flatMap((part): readonly Value[] => ('kind' in part ? part.args : [part]));
      const joined = parts.filter((part) => 'kind' in part);
      if (joined.length > 0 && args.length <= mostJoined) {
        for (const part of joined) gone.add(part);
        node.args = args;
      }
      const [result] = node.results;
      if (result && uses.get(result.id)?.length === 1) open.set(result.id, node);
    }
    if (gone.size === 0) return;
    changed = true;
    nodes.splice(0, nodes.length, ...nodes.filter((node) => !gone.has(node)));
  };
  region(fn.body);
  return takeParts(fn) || changed;
};

/** Takes the unit or the integer that a part is the string of. */
function takeParts(fn: IrFunction): boolean {
  const definitions = definitionsOf(fn.body);
  const uses = usesOf(fn.body);
  const gone = new Set<Node>();
  let changed = false;
  walkOps(fn.body, (op) => {
    if (op.op !== 'str.concat') return;
    op.args = op.args.map((part) => {
      const made = definitions.get(part.id);
      if (made?.op !== 'str.char' && made?.op !== 'str.integer') return part;
      changed = true;
      if (uses.get(part.id)?.every((user) => user === op)) gone.add(made);
      return made.args[0] ?? part;
    });
  });
  if (gone.size > 0) mapNodes(fn.body, (node) => (gone.has(node) ? [] : undefined));
  return changed;
}

/** What makes text of numbers does nothing else. */
const writers: ReadonlySet<string> = new Set([
  ...['std.numberToString', 'std.i64ToString', 'std.u64ToString'],
]);

/** Whether something could be told from an error that comes after an operation instead of before. */
function hasEffect({ op, attributes: { callee = '' } }: Operation): boolean {
  if (op === 'str.char' || op === 'str.integer') return false;
  const { effect } = opInfo(op);
  return effect !== 'none' && effect !== 'read' && !writers.has(callee);
}
