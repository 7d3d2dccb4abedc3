/** Which views a loop touches, and between which of them it matters whether they share memory. */
import type { IrFunction, Loop, Operation, Value } from '../../ir/types.ts';
import { walkNodes, walkOps } from '../../ir/walk.ts';
import type { Hull } from './hull.ts';

/** More pairs are not tested. */
const maxPairs = 48;

export interface Apart {
  /** The number of the view that an access touches. */
  readonly keys: ReadonlyMap<Operation, number>;
  /** Views before the loop, that must be apart. */
  readonly pairs: readonly (readonly [Value, Value])[];
}

/**
 * The views that a loop's element accesses touch, where they are the same while the function runs (so
 * that copies of the loop, as LLVM makes them, speak of the same views).
 * @returns undefined where there are no two views, none is stored to, or there are too many
 */
export function pairsApart(fn: IrFunction, loop: Loop, hull: Hull): Apart | undefined {
  const params = new Set(fn.params.map(({ value }) => value.id));
  const lasting = (view: Value): Value | undefined => {
    const op = hull.places.definitions.get(view.id);
    if (op?.op === 'global.get') return hull.fixedView(view);
    const isFixed = params.has(view.id) || (op && hull.places.of(op).loops.length === 0);
    return isFixed && op?.op !== 'local.get' ? view : undefined;
  };
  const numbers = new Map<number, number>();
  const views: Value[] = [];
  const stored = new Set<number>();
  const keys = new Map<Operation, number>();
  walkOps([loop], (op) => {
    const [view] = op.args;
    if ((op.op !== 'view.load' && op.op !== 'view.store') || !view) return;
    // Already known to be apart, from a loop around.
    if (op.attributes.apart !== undefined || op.attributes.alone) return;
    const fixed = lasting(view);
    if (!fixed) return;
    let number = numbers.get(fixed.id);
    if (number === undefined) {
      number = views.push(fixed) - 1;
      numbers.set(fixed.id, number);
    }
    keys.set(op, number);
    if (op.op === 'view.store') stored.add(number);
  });
  const pairs = views.flatMap((a, index) =>
    views
      .slice(index + 1)
      .flatMap((b, more) =>
        stored.has(index) || stored.has(index + 1 + more) ? [[a, b] as const] : [],
      ),
  );
  return pairs.length === 0 || pairs.length > maxPairs ? undefined : { keys, pairs };
}

/** Writes into accesses which views they touch. */
export function markApart(keys: Apart['keys'], region: string): void {
  for (const [op, number] of keys)
    op.attributes = { ...op.attributes, apart: `${region}.${number}` };
}

/** Whether an innermost loop stores to one of the views and touches another. */
export function meet(loop: Loop, { keys }: Pick<Apart, 'keys'>): boolean {
  let isInnermost = true;
  let found = false;
  walkNodes(loop.body, (node) => {
    if (node.kind !== 'loop') return;
    isInnermost = false;
    found ||= meet(node, { keys });
  });
  if (!isInnermost) return found;
  const touched = new Set<number>();
  const stored = new Set<number>();
  walkOps(loop.body, (op) => {
    const key = keys.get(op);
    if (key === undefined) return;
    touched.add(key);
    if (op.op === 'view.store') stored.add(key);
  });
  return stored.size > 0 && touched.size > 1;
}
