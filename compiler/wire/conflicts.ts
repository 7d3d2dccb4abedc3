/** Exports that change copies of objects which functions of JavaScript, called meanwhile, have too. */
import { typeName } from '../ir/parts.ts';
import { isCallable } from '../ir/records.ts';
import { isList, type IrModule } from '../ir/types.ts';
import { planOf } from './plan.ts';
import { effectsOf } from './writes.ts';

export interface Conflict {
  /** The IR function that JavaScript calls. */
  readonly callee: string;
  /** What it changes, as the source calls that type. */
  readonly type: string;
}

/**
 * Those of some IR functions that call functions of JavaScript, which must not see that the fields or variables that
 * were handed over are copies.
 * @param module with all that its functions call
 */
export const staleCopies = (module: IrModule, callees: readonly string[]): string[] =>
  callees.filter((callee) => effectsOf(module, callee).callsJavaScript);

/** @param module with all that its functions call */
export function conflictsOf(module: IrModule): Conflict[] {
  // Others are found out when a function of JavaScript comes to them.
  const taking = module.exports.filter(({ params }) =>
    params.some(({ type }) => isCallable(module, type)),
  );
  return taking.flatMap((exported): Conflict[] => {
    const { callee, guard, numbered } = planOf(module, exported);
    const changed = numbered.find(({ comesIn, written }) => comesIn && written.length > 0);
    if (!guard || !changed) return [];
    const { type } = changed;
    const name = typeName(module, type);
    return [{ callee, type: isList(type) ? `a ${name}` : `an object of ${name}` }];
  });
}
