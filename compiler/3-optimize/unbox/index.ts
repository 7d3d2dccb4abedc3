/**
 * Keeps objects in registers that nothing outside of their function ever refers to: their slots become
 * locals. Small ones are passed to functions and returned as the values of their slots, so that they needn't
 * leave registers on the way.
 *
 * What an object holds may be such an object itself, once nothing but locals holds it. So it goes on from
 * the outermost objects inwards, one level a round.
 */
import type { IrFunction, Operation } from '../../ir/types.ts';
import { walkOps } from '../../ir/walk.ts';
import { removeDeadCode } from '../dead-code.ts';
import type { ModulePass, PassContext } from '../pass.ts';
import { shareReads } from '../share.ts';
import { singleSet } from '../single-set.ts';
import { Passed } from './passed.ts';
import { replaceObjects } from './replace.ts';
import { passApart } from './signatures.ts';

const mostRounds = 5;

export const unbox: ModulePass = (module, context) => {
  const changed = new Set<IrFunction>();
  const records = new Map(module.records.map((record) => [record.name, record]));
  /** The functions that have no such object, as long as they stay as they are. */
  const settled = new Set<IrFunction>();
  for (let round = 0; round < mostRounds && module.functions.some(makesObjects); round++) {
    for (const fn of passApart(module, records, new Passed(module, records))) {
      changed.add(fn);
      settled.delete(fn);
    }
    let objects = 0;
    for (const fn of module.functions) {
      if (settled.has(fn)) continue;
      const replaced = makesObjects(fn) ? replaceObjects(fn, records) : undefined;
      if (!replaced) {
        settled.add(fn);
        continue;
      }
      objects += replaced.objects.length;
      changed.add(fn);
      tidy(fn, replaced.locals, context);
      for (const object of replaced.objects) tell(fn, object, context);
    }
    if (objects === 0) break;
  }
  return [...changed];
};

function makesObjects({ body }: IrFunction): boolean {
  let found = false;
  walkOps(body, ({ op }) => {
    if (op === 'rec.new') found = true;
  });
  return found;
}

/** Leaves no more of the new locals than is needed. */
function tidy(fn: IrFunction, locals: ReadonlySet<string>, context: PassContext): void {
  shareReads(fn, locals);
  singleSet(fn, context);
  removeDeadCode(fn, new Map());
}

function tell(fn: IrFunction, { span, results }: Operation, { noteOf }: PassContext): void {
  // What was passed in registers anyway is told of where it was made.
  if (!span) return;
  noteOf?.(fn.name, {
    kind: 'other',
    span,
    subject: results[0]?.hint,
    outcome: 'An object needs no memory',
    parts: ['Nothing else refers to it, so what it holds stays in registers.'],
  });
}
