/**
 * Calls that C makes on one thread and another one runs, for which the first waits: what C passes, and what it gets,
 * stand behind a `served` (runtime/native/externs/hub.h) on the first one's stack.
 */
import type { Version } from '../abi.ts';
import { copyBytes } from '../helpers.ts';
import { context } from '../layout.ts';
import type { LlvmFunction } from '../writer.ts';
import {
  callWith,
  cTypeOf,
  defineOnce,
  frame,
  passed,
  returnNothing,
  returnResult,
  signatureOf,
  type CallbackJob,
} from './callback-code.ts';

/** `served` there, of the platform whose condition variables are the largest. */
const served = {
  size: 224,
  run: 8,
  frame: 16,
  function: 24,
  deliver: 32,
  failed: 44,
  values: 48,
  word: 80,
} as const;

/** What a parameter takes behind it: as much as C's largest number. */
const room = 16;

const runner = { result: 'void', params: ['ptr'] } as const;

/** What is delivered through the event loop: the function that does it in a context. */
export const deliverer = { result: 'i1', params: ['ptr', 'ptr'] } as const;

const placeOf = (f: LlvmFunction, record: string, index: number): string =>
  f.offset(record, served.size + room * index);

/** Writes a call as a record: what C has passed, and what runs it. @param first of the parameters */
export function newServed(f: LlvmFunction, job: CallbackJob, run: string, first: number): string {
  const { params } = signatureOf(job);
  const record = f.alloca(`[${(served.size + room * (params.length + 1)) / 8} x i64]`, 'served');
  const given = passed(job, first);
  params.forEach((type, index) => f.store(type, given[index] ?? '', placeOf(f, record, index)));
  f.store('ptr', f.module.functionAddress(run, runner), f.offset(record, served.run));
  return record;
}

/** Sets what runs a record where there is no frame: a `napi_callback`. */
export const setDeliverer = (f: LlvmFunction, record: string, callback: string): void =>
  f.store('ptr', callback, f.offset(record, served.deliver));

/** Writes the return of what a record has got, if it has run: an i32 tells. */
export function returnServed(
  f: LlvmFunction,
  job: CallbackJob,
  record: string,
  hasRun: string,
  otherwise: () => void,
): void {
  const { result } = job.callback;
  const [ran, none] = [f.fresh('ran'), f.fresh('none')];
  f.condBr(f.emit(`icmp ne i32 ${hasRun}, 0`), ran, none);
  f.block(ran);
  const place = placeOf(f, record, job.callback.params.length);
  returnResult(f, job, result ? f.load(cTypeOf(job, result).type, place) : '');
  f.block(none);
  otherwise();
  returnNothing(f, job);
}

/** Writes what a record has as its result until it has run, and keeps where that fails: 0. */
export function clearResult(f: LlvmFunction, job: CallbackJob, record: string): void {
  const place = placeOf(f, record, job.callback.params.length);
  for (let at = 0; at < room; at += 8) f.store('i64', '0', f.offset(place, at));
}

/** Defines what runs a record in its frame, on the thread that it is for. */
export const defineRun = (job: CallbackJob): string =>
  defineOnce(job, 'ts.serve', runner, (f, version) => {
    const own = f.load('ptr', f.offset('%c0', served.frame));
    const ctx = f.load('ptr', f.offset(own, frame.context));
    const word = f.load('i32', f.offset(ctx, context.errorSite));
    f.condBr(f.emit(`icmp eq i32 ${word}, 0`), 'calm', 'done');
    f.block('calm');
    const fn = job.callback.kept
      ? f.load('ptr', f.offset('%c0', served.function))
      : f.load('ptr', f.offset(own, frame.fn));
    runIn(f, job, version, ctx, fn);
    f.br('done');
    f.block('done');
    f.ret();
  });

/** Defines what runs a record of a kept function in a context of its own; gives whether something was thrown. */
export const defineDeliver = (job: CallbackJob): string =>
  defineOnce(job, 'ts.delivered', deliverer, (f, version) => {
    const fn = f.load('ptr', f.offset('%c1', served.function));
    f.ret('i1', runIn(f, job, version, '%c0', fn, '%c1'));
  });

/** Writes the run of a record, or what was thrown before that; gives whether there is an error. */
function runIn(
  f: LlvmFunction,
  job: CallbackJob,
  version: Version,
  ctx: string,
  fn: string,
  record = '%c0',
): string {
  const { params } = signatureOf(job);
  const slot = f.alloca('i8', 'failed');
  const [failed, run, fine, end] = ['failed', 'run', 'fine', 'ran'].map((name) =>
    f.fresh(name),
  ) as [string, string, string, string];
  f.store('i8', '1', slot);
  const before = f.load('i32', f.offset(record, served.failed));
  f.condBr(f.emit(`icmp ne i32 ${before}, 0`), failed, run);
  f.block(failed);
  copyBytes(f, f.offset(ctx, context.errorValues), f.offset(record, served.values), '32');
  f.store('i32', f.load('i32', f.offset(record, served.word)), f.offset(ctx, context.errorSite));
  f.br(end);
  f.block(run);
  const given = params.map((type, index) => f.load(type, placeOf(f, record, index)));
  const { error, result } = callWith(f, job, version, ctx, fn, given);
  if (error === undefined) f.br(fine);
  else f.condBr(error, end, fine);
  f.block(fine);
  f.store('i8', '0', slot);
  const { result: type } = signatureOf(job);
  if (type !== 'void') f.store(type, result, placeOf(f, record, params.length));
  f.br(end);
  f.block(end);
  return f.emit(`icmp ne i8 ${f.load('i8', slot)}, 0`);
}
