/** Whether rounds may read elements that earlier ones write. */
import { opInfo } from '../../ir/ops.ts';
import type { Node, Operation, Value } from '../../ir/types.ts';
import { walkOps } from '../../ir/walk.ts';
import { isSame, type Counted } from './counted.ts';

interface Around {
  readonly counted: Counted;
  /** The operations of the loop. */
  readonly own: ReadonlySet<Operation>;
  readonly definitions: ReadonlyMap<number, Operation>;
}

/** Whether what the head of a loop's rounds reads depends on what their tails write. */
export function conflicts(head: readonly Node[], tail: readonly Node[], around: Around): boolean {
  const { counted } = around;
  const loads: Operation[] = [];
  walkOps([...counted.before, ...head], (op) => {
    if (op.op === 'view.load' && !op.attributes.alone) loads.push(op);
  });
  let found = false;
  walkOps(tail, (op) => {
    if (op.op === 'local.set' || opInfo(op.op).effect !== 'write') return;
    found ||= loads.some(
      (load) => op.op !== 'view.store' || !(areApart(load, op) || isOwn(load, op, around)),
    );
  });
  return found;
}

/** Whether a pass has found that the views of two accesses share no memory. */
function areApart(
  { attributes: { apart: a } }: Operation,
  { attributes: { apart: b } }: Operation,
): boolean {
  if (a === undefined || b === undefined || a === b) return false;
  return a.slice(0, a.lastIndexOf('.')) === b.slice(0, b.lastIndexOf('.'));
}

/** Whether they are about one element, which is that of its round alone. */
function isOwn(load: Operation, store: Operation, around: Around): boolean {
  const [from, index] = load.args;
  const [to, at] = store.args;
  if (from?.id !== to?.id || index === undefined || index.id !== at?.id) return false;
  const { counted, own, definitions } = around;
  const isFixed = (value: Value): boolean => isSame(value, counted, own, definitions);
  const counts = (value: Value): boolean => {
    if (value.id === counted.counter.id) return true;
    const op = definitions.get(value.id);
    if (op?.attributes.exact !== true || !own.has(op)) return false;
    const [a, b] = op.args;
    if (op.op === 'conv') return a !== undefined && counts(a);
    if (op.op !== 'add' || !a || !b) return false;
    return (counts(a) && isFixed(b)) || (isFixed(a) && counts(b));
  };
  return counts(index);
}
