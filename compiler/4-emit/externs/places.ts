/**
 * Functions that C calls on threads of its own while its function runs. Each call has a place of its own, and C gets that
 * place's function, so that it is known on any thread which call it belongs to (runtime/native/externs/places.h).
 */
import type { Operation } from '../../ir/types.ts';
import type { FunctionEmission } from '../emission.ts';
import { isNull } from '../helpers.ts';
import { context } from '../layout.ts';
import type { LlvmFunction } from '../writer.ts';
import type { CallbackArgument } from './callbacks.ts';
import {
  callRuntime,
  callWith,
  defineForC,
  defineOnce,
  forward,
  frame,
  inFrame,
  passed,
  releasedCall,
  returnNothing,
  returnResult,
  signatureOf,
  strangeContext,
  variable,
  type CallbackJob,
} from './callback-code.ts';
import { clearResult, defineRun, newServed, returnServed } from './served.ts';
import { trampolineAt } from './trampolines.ts';

/** `most_places` there. */
const mostPlaces = 16;

const placesOf = (job: CallbackJob): string =>
  variable(job, 'ts.places', `[${2 * mostPlaces} x i64]`);

/** Writes the taking of a place for a frame. */
export function placeArgument(
  e: FunctionEmission,
  job: CallbackJob,
  made: string,
  op: Operation,
  undo: () => void,
): CallbackArgument {
  const { f } = e;
  const { symbol, library } = job.extern;
  const all = placesOf(job);
  f.store('ptr', 'null', f.offset(made, frame.site));
  const index = callRuntime(f, 'tsn_place_enter', 'i32', [
    ['ptr', all],
    ['ptr', made],
  ]);
  const parts = [
    `${mostPlaces} calls of ${symbol} of the library ${library} run already, which is all that there is room for`,
  ];
  const { span } = op;
  const fine = f.emit(`icmp sge i32 ${index}, 0`);
  e.failUnless(
    fine,
    { kind: 'throw', errorClass: 'RangeError', parts, isCheck: true, span },
    [],
    undo,
  );
  const common = defineCommon(job);
  return {
    pointer: trampolineAt(f, job, mostPlaces, index, (place) =>
      defineForC(job, `ts.place.${place}`, (g) =>
        forward(g, job, common, [['i32', String(place)]]),
      ),
    ),
    leave: () =>
      void callRuntime(f, 'tsn_place_leave', 'void', [
        ['ptr', all],
        ['ptr', made],
      ]),
  };
}

/** What the functions of all places do. */
function defineCommon(job: CallbackJob): string {
  const { result, params } = signatureOf(job);
  const signature = { result, params: ['i32', ...params] };
  return defineOnce(
    job,
    'ts.place',
    signature,
    (f, version) => {
      if (job.callback.threads === 'calling') return post(f, job);
      const all = placesOf(job);
      const at = [
        ['ptr', all],
        ['i32', '%c0'],
      ] as const;
      const own = callRuntime(f, 'tsn_place_begin', 'ptr', at);
      f.condBr(isNull(f, own), 'none', 'found');
      f.block('none');
      tellEnd(f, job);
      returnNothing(f, job);
      f.block('found');
      const fn = f.load('ptr', f.offset(own, frame.fn));
      const isOwn = callRuntime(f, 'tsn_place_is_own', 'i32', [['ptr', own]]);
      f.condBr(f.emit(`icmp ne i32 ${isOwn}, 0`), 'own', 'strange');
      f.block('own');
      callRuntime(f, 'tsn_place_end', 'void', at);
      inFrame(f, job, version, { own, fn, given: passed(job, 1) });
      f.block('strange');
      const ctx = strangeContext(f, f.load('ptr', f.offset(own, frame.context)));
      const called = callWith(f, job, version, ctx, fn, passed(job, 1));
      if (called.error !== undefined) {
        f.condBr(called.error, 'failed', 'fine');
        f.block('failed');
        callRuntime(f, 'tsn_callback_fail', 'void', [
          ['ptr', own],
          ['i32', f.load('i32', f.offset(ctx, context.errorSite))],
          ['ptr', f.offset(ctx, context.errorValues)],
        ]);
        callRuntime(f, 'tsn_place_end', 'void', at);
        returnNothing(f, job);
        f.block('fine');
      }
      callRuntime(f, 'tsn_place_end', 'void', at);
      returnResult(f, job, called.result);
    },
    { attributes: ' noinline' },
  );
}

/** Has the thread that has passed the function run it. */
function post(f: LlvmFunction, job: CallbackJob): void {
  const record = newServed(f, job, defineRun(job), 1);
  clearResult(f, job, record);
  const hasRun = callRuntime(f, 'tsn_place_post', 'i32', [
    ['ptr', placesOf(job)],
    ['i32', '%c0'],
    ['ptr', record],
  ]);
  returnServed(f, job, record, hasRun, () => tellEnd(f, job));
}

const tellEnd = (f: LlvmFunction, job: CallbackJob): void =>
  void callRuntime(f, 'tsn_callback_released', 'void', releasedCall(job));
