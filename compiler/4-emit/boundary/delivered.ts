/**
 * What the event loop runs of functions that C keeps and calls on threads of its own: as an export without parameters,
 * whose arguments are what C has passed (4-emit/externs/served.ts), and which gives JavaScript nothing but what is thrown.
 */
import type { IrExport, IrModule } from '../../ir/types.ts';
import type { Delivered } from '../externs/kept.ts';
import { deliverer } from '../externs/served.ts';
import type { LlvmModule } from '../writer.ts';
import { throwRecorded } from './answer.ts';
import { factsOfExports } from './facts.ts';
import type { BoundaryOptions } from './index.ts';
import { beginKept } from './kept-views.ts';
import { callback, callExternal } from './napi.ts';
import { tidyUp, Wrapper } from './wrapper.ts';

export function defineDelivered(
  llvm: LlvmModule,
  ir: IrModule,
  { name, run, callee: calleeName, version }: Delivered,
  { platform, shapes, debug }: BoundaryOptions,
): void {
  const callee = ir.functions.find((fn) => fn.name === calleeName);
  if (!callee) throw new Error(`no function ${calleeName}`);
  const exported: IrExport = {
    ...{ callee: calleeName, name: calleeName, params: [], result: undefined, span: callee.span },
  };
  const [facts] = factsOfExports({ ...ir, exports: [exported] });
  if (!facts) throw new Error('there are facts of each export');
  const job = {
    ...{ llvm, ir, index: -1, exported, callee, platform, canThrow: true, version, facts, shapes },
    ...{ debug, exactKinds: new Set<never>() },
  };
  const params = [
    { name: 'env', type: 'ptr' },
    { name: 'info', type: 'ptr' },
  ];
  const f = llvm.define(name, callback.result, params, 'internal', `nounwind${version.attributes}`);
  const [env, info, failed] = ['%env', '%info', 'failed'];
  const wrapper = new Wrapper(job, { f, env, info, data: undefined, failed });
  wrapper.receiveArguments();
  const ctx = wrapper.makeContext(true);
  if (facts.keepsViews) beginKept(f, ctx);
  const record = callExternal(f, 'ptr', 'tsn_home_current', ['ptr'], [env]);
  const error = f.call(deliverer.result, run, [
    ['ptr', ctx],
    ['ptr', record],
  ]);
  f.condBr(error, 'thrown', 'returned');
  f.block('thrown');
  throwRecorded(f, ctx);
  f.br('returned');
  f.block('returned');
  tidyUp(job, f, ctx);
  f.br('failed');
  f.block('failed');
  f.ret('ptr', 'null');
}
