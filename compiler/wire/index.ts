/**
 * Objects, arrays and strings across the boundary. Each export that takes or gives some gets an IR function
 * that takes a *wire* (`format.ts`) in their place, which JavaScript of the glue fills and reads
 * (`javascript/`). So the wrappers know numbers and typed arrays alone.
 */
import type { IrExport, IrModule, RecordType } from '../ir/types.ts';
import type { WireCode } from './coder.ts';
import { needsSession } from './format.ts';
import { callFunction, callName, restFunction, restName } from './functions.ts';
import { isView } from '../ir/types.ts';
import { needsWire, planOf } from './plan.ts';
import { addSessions, sessionRecord } from './session.ts';

/**
 * Puts the functions for objects into a module, before it is optimised, and lets its exports call them.
 * @throws Error for a type that `2-lower` should have refused at the boundary
 */
export function addWire(module: IrModule): void {
  const functions = new Map(module.functions.map((fn) => [fn.name, fn]));
  const records = module.exports.flatMap((exported, index) => {
    if (!needsWire(exported)) return [];
    const plan = planOf(module, exported);
    return needsSession(plan) ? [sessionRecord(plan, index)] : [];
  });
  const exports: IrExport[] = [];
  const rests: IrExport[] = [];
  module.exports.forEach((exported, index) => {
    const callee = functions.get(exported.callee);
    if (!callee || !needsWire(exported)) {
      exports.push(exported);
      return;
    }
    const plan = planOf(module, exported);
    const name = `wire.${index}`;
    const session: RecordType | undefined = records.some((record) => record.name === name)
      ? `rec.${name}`
      : undefined;
    const code: WireCode = { module, plan, session, made: new Map() };
    const wire = { name: 'wire', type: 'view.dataview', undefined: false, null: false } as const;
    const { result } = exported;
    exports.push({
      callee: callName(exported.callee),
      name: exported.name,
      params: [wire, ...exported.params.filter(({ type }) => isView(type))],
      result: result && isView(result.type) ? result : undefined,
      span: exported.span,
      wire: plan,
    });
    module.functions.push(callFunction(code, callee));
    if (session) {
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
  addSessions(module, records);
  module.exports.splice(0, module.exports.length, ...exports, ...rests);
}
