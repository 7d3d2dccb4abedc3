/**
 * Objects, arrays, strings and instances across the boundary. Each export that takes or gives some gets an IR
 * function that takes a *wire* (`format.ts`) in the place of objects, arrays and strings, and handles
 * (`instances.ts`) in the place of instances. JavaScript of the glue fills and reads them (`javascript.ts`). So the
 * wrappers know numbers, typed arrays and functions alone.
 */
import type { BoundaryType, IrExport, IrModule, RecordType } from '../ir/types.ts';
import type { WireCode } from './coder.ts';
import { needsSession, needsWire, travels } from './format.ts';
import { callFunction, callName, handedOver, restFunction, restName } from './functions.ts';
import { addInstances } from './instances.ts';
import { needsScript, planOf } from './plan.ts';
import { addSessions, sessionRecord } from './session.ts';

/**
 * Puts the functions for objects into a module, before it is optimised, and lets its exports call them.
 * @param prefix what the names begin with that it gives to records and globals
 * @throws Error for a type that `2-lower` should have refused at the boundary
 */
export function addWire(module: IrModule, prefix = 'wire'): void {
  const sessions = `${prefix}.session`;
  const functions = new Map(module.functions.map((fn) => [fn.name, fn]));
  const plans = module.exports.map((exported) =>
    needsScript(exported) ? planOf(module, exported) : undefined,
  );
  const records = plans.flatMap((plan, index) => {
    return plan && needsSession(plan) ? [sessionRecord(plan, `${prefix}.${index}`, sessions)] : [];
  });
  const exports: IrExport[] = [];
  const rests: IrExport[] = [];
  module.exports.forEach((exported, index) => {
    const callee = functions.get(exported.callee);
    const plan = plans[index];
    if (!callee || !plan) {
      exports.push(exported);
      return;
    }
    const name = `${prefix}.${index}`;
    const session: RecordType | undefined = records.some((record) => record.name === name)
      ? `rec.${name}`
      : undefined;
    const code: WireCode = { module, plan, sessions, session, made: new Map() };
    const wire = { name: 'wire', type: 'view.dataview', undefined: false, null: false } as const;
    const direct = <T extends BoundaryType>(place: T): T[] =>
      travels(plan, place) ? [] : [{ ...place, type: handedOver(plan, place) }];
    exports.push({
      ...exported,
      callee: callName(exported.callee),
      params: [...(needsWire(plan) ? [wire] : []), ...exported.params.flatMap(direct)],
      result: exported.result && direct(exported.result)[0],
      wire: plan,
      ...(plan.views && { views: true }),
      ...(plan.guard && { guarded: true }),
    });
    module.functions.push(callFunction(code, callee));
    if (session && !plan.views) {
      module.functions.push(restFunction(code, session, callee));
      rests.push({
        callee: restName(exported.callee),
        name: exported.name,
        params: [wire],
        result: undefined,
        span: exported.span,
        restOf: exported.callee,
      });
    }
    module.functions.push(...code.made.values());
  });
  addSessions(module, records, sessions);
  module.exports.splice(0, module.exports.length, ...exports, ...rests);
  addInstances(module);
}
