/**
 * Functions that C keeps, and calls whenever it wants. On the thread of their environment they run in the call of the
 * library that C is in; on others, where the declarations allow that, on their environment's thread (runtime/native/externs/homes.h)
 * or, if they compute numbers alone, right there.
 */
import type { RecordType } from '../../ir/types.ts';
import { isRecord, type Operation } from '../../ir/types.ts';
import type { Version } from '../abi.ts';
import { callback } from '../boundary/napi.ts';
import type { FunctionEmission } from '../emission.ts';
import { retain } from '../heap/references.ts';
import { isNull } from '../helpers.ts';
import { context, header, heap } from '../layout.ts';
import type { LlvmFunction } from '../writer.ts';
import {
  callRuntime,
  callWith,
  defineForC,
  defineOnce,
  forward,
  inFrame,
  nameOf,
  passed,
  released,
  returnNothing,
  returnResult,
  signatureOf,
  strangeContext,
  variable,
  type CallbackJob,
} from './callback-code.ts';
import {
  clearResult,
  defineDeliver,
  defineRun,
  newServed,
  returnServed,
  setDeliverer,
} from './served.ts';
import { librariesOf } from './symbols.ts';
import { trampolineAt } from './trampolines.ts';

/** How many functions C can keep of one parameter. */
const mostKept = 64;

/** `kept` of runtime/native/externs/kept.h. */
const keptType = `[${6 * mostKept + 2} x i64]`;

/** What `tsn_kept_keep` adds to the index of a place that was free. */
const newBit = 65_536;

const keptOf = (job: CallbackJob): string => variable(job, 'ts.kept', keptType);

/** A kept function that the event loop may run: the boundary defines what JavaScript calls then. */
export interface Delivered {
  /** The name of that function, a `napi_callback`. */
  readonly name: string;
  /** As `deliverer` in served.ts. */
  readonly run: string;
  /** The IR function that it comes to. */
  readonly callee: string;
  readonly version: Version;
}

/** Writes the keeping of a function: what C gets. */
export function keep(
  e: FunctionEmission,
  job: CallbackJob,
  fn: string,
  op: Operation,
  undo: () => void,
): string {
  const { f } = e;
  const index = callRuntime(f, 'tsn_kept_keep', 'i32', [
    ['ptr', keptOf(job)],
    ['i32', String(mostKept)],
    ['ptr', e.heap],
    ['ptr', f.load('ptr', f.offset(e.heap, heap.env))],
    ['ptr', e.loadContext('ptr', context.data)],
    ['ptr', fn],
    ['i32', isPlain(e, job, fn)],
  ]);
  const { symbol, library } = job.extern;
  const refuseAt = (
    value: number,
    errorClass: 'RangeError' | 'TypeError',
    problem: string,
  ): void => {
    const { span } = op;
    const parts = [`${symbol} of the library ${library} ${problem}`];
    const fine = f.emit(`icmp ne i32 ${index}, ${value}`);
    e.failUnless(fine, { kind: 'throw', errorClass, parts, isCheck: true, span }, [], undo);
  };
  refuseAt(
    -1,
    'RangeError',
    `keeps ${mostKept} functions already, which is all that there is room for`,
  );
  refuseAt(
    -2,
    'TypeError',
    'keeps what belongs to a call off the thread of JavaScript, which ends: pass a function that captures nothing, or do without async',
  );
  const [added, known] = [f.fresh('added'), f.fresh('known')];
  f.condBr(f.emit(`icmp sge i32 ${index}, ${newBit}`), added, known);
  f.block(added);
  retain(f, typeOfFunction(job), fn);
  f.br(known);
  f.block(known);
  const at = f.emit(`and i32 ${index}, ${newBit - 1}`);
  const common = defineCommon(job);
  return trampolineAt(f, job, mostKept, at, (place) =>
    defineForC(job, `ts.kept.${place}`, (g) => forward(g, job, common, [['i32', String(place)]])),
  );
}

const typeOfFunction = ({ callee }: CallbackJob): RecordType => {
  const type = callee.params[0]?.value.type;
  if (type === undefined || !isRecord(type)) throw new Error(`${callee.name} takes no function`);
  return type;
};

/** 1 where functions of that kind are all the same: those that have captured nothing. */
function isPlain(e: FunctionEmission, job: CallbackJob, fn: string): string {
  const { f } = e;
  const shape = f.load('i32', f.offset(fn, header.shape), e.access('header', 4));
  const plain = e.module.shapes
    .of(typeOfFunction(job))
    .filter(({ slots }) => slots.length === 0)
    .map(({ index }) => f.emit(`icmp eq i32 ${shape}, ${index}`))
    .reduce((any, one) => f.emit(`or i1 ${any}, ${one}`), 'false');
  return f.emit(`zext i1 ${plain} to i32`);
}

/** What the functions of all places do. */
function defineCommon(job: CallbackJob): string {
  const { result, params } = signatureOf(job);
  return defineOnce(
    job,
    'ts.kept.called',
    { result, params: ['i32', ...params] },
    (f, version) => {
      const slot = f.alloca('ptr', 'fn');
      const own = callRuntime(f, 'tsn_kept_frame', 'ptr', [
        ['ptr', keptOf(job)],
        ['i32', '%c0'],
        ['i64', String(context.heap)],
        ['ptr', slot],
      ]);
      f.condBr(isNull(f, own), 'none', 'found');
      f.block('found');
      inFrame(f, job, version, { own, fn: f.load('ptr', slot), given: passed(job, 1) });
      f.block('none');
      switch (job.callback.threads) {
        case undefined: {
          const why =
            'on a thread that has no call of that library: the @extern needs the option threads';
          callRuntime(f, 'tsn_kept_stray', 'void', released(job, why));
          return returnNothing(f, job);
        }
        case 'calling':
          return post(f, job, version);
        case 'any':
          return runHere(f, job, version);
      }
    },
    { attributes: ' noinline' },
  );
}

function newRecord(f: LlvmFunction, job: CallbackJob, version: Version): string {
  const record = newServed(f, job, defineRun(job), 1);
  clearResult(f, job, record);
  const name = `${version.prefix}${nameOf(job, 'ts.deliver')}`;
  const run = defineDeliver(job);
  job.module.delivered.push({ name, run, callee: job.callee.name, version });
  setDeliverer(f, record, f.module.functionAddress(name, callback));
  return record;
}

const libraryOf = ({ module, extern }: CallbackJob): string =>
  String(librariesOf(module.ir).indexOf(extern.library));

/** Has the thread of the function's environment run it. */
function post(f: LlvmFunction, job: CallbackJob, version: Version): void {
  const record = newRecord(f, job, version);
  const hasRun = callRuntime(f, 'tsn_kept_post', 'i32', [
    ['ptr', keptOf(job)],
    ['i32', '%c0'],
    ['i32', libraryOf(job)],
    ['ptr', record],
  ]);
  returnServed(f, job, record, hasRun, () => tellEnd(f, job));
}

/** Runs a function of numbers alone on this thread; that of its environment throws what it has thrown. */
function runHere(f: LlvmFunction, job: CallbackJob, version: Version): void {
  const at = [
    ['ptr', keptOf(job)],
    ['i32', '%c0'],
  ] as const;
  const fn = callRuntime(f, 'tsn_kept_begin', 'ptr', at);
  f.condBr(isNull(f, fn), 'gone', 'there');
  f.block('gone');
  tellEnd(f, job);
  returnNothing(f, job);
  f.block('there');
  const ctx = strangeContext(f, undefined);
  const { error, result } = callWith(f, job, version, ctx, fn, passed(job, 1));
  callRuntime(f, 'tsn_kept_end', 'void', at);
  if (error !== undefined) {
    f.condBr(error, 'failed', 'fine');
    f.block('failed');
    callRuntime(f, 'tsn_kept_fail', 'void', [
      ...at,
      ['i32', libraryOf(job)],
      ['ptr', newRecord(f, job, version)],
      ['i32', f.load('i32', f.offset(ctx, context.errorSite))],
      ['ptr', f.offset(ctx, context.errorValues)],
    ]);
    returnNothing(f, job);
    f.block('fine');
  }
  returnResult(f, job, result);
}

const tellEnd = (f: LlvmFunction, job: CallbackJob): void =>
  void callRuntime(
    f,
    'tsn_callback_released',
    'void',
    released(job, 'when the thread of JavaScript that it belongs to had ended'),
  );
