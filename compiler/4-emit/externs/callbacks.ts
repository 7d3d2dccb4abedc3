/**
 * Functions that C calls. What C gets is the address of a function with C's own signature, for each parameter that
 * takes functions. Where C calls on the thread that has called it, that function finds the call of C's function that it
 * belongs to as a *frame* on the stack (runtime/native/externs/callbacks.h), and in there the context and the function
 * that was passed. The frame of the first thread is at hand, so that it costs little more than a function of C's.
 */
import type { Extern, ExternCallback } from '../../ir/externs.ts';
import { isRecord, type IrFunction, type Operation } from '../../ir/types.ts';
import type { FunctionEmission, ModuleEmission } from '../emission.ts';
import { isNull } from '../helpers.ts';
import { context, header } from '../layout.ts';
import type { LlvmFunction } from '../writer.ts';
import {
  callRuntime,
  defineForC,
  frame,
  forward,
  inFrame,
  passed,
  releasedCall,
  returnNothing,
  signatureOf,
  variable,
  type CallbackJob,
} from './callback-code.ts';
import { keep } from './kept.ts';
import { placeArgument } from './places.ts';

/** `site` of runtime/native/externs/callbacks.h. */
const site = { type: '[4 x i64]', frame: 0, limit: 8 } as const;

export interface CallbackArgument {
  /** What C gets. */
  readonly pointer: string;
  /** Of a frame that was entered, writes the leaving; gives an i32, not 0 where C has called on a thread that may not, if that is told. */
  readonly leave: (() => string | undefined) | undefined;
}

/** Whether a module has threads, on which C may call. */
const hasThreads = ({ triple }: ModuleEmission): boolean => !triple.startsWith('wasm32');

/**
 * Writes what C gets for a function, an operand of a function type.
 * @param place the parameter, or the member of one, that it is passed as
 * @param undo writes what has to be done where it can't be
 */
export function callbackArgument(
  e: FunctionEmission,
  { extern, name: owner }: Pick<IrFunction, 'extern' | 'name'>,
  callback: ExternCallback,
  {
    place,
    fn,
    op,
    undo,
  }: {
    readonly place: string;
    readonly fn: string;
    readonly op: Operation;
    readonly undo: () => void;
  },
): CallbackArgument {
  const callee = e.module.functions.get(callback.callee);
  if (!callee || !extern) throw new Error(`C calls what is not there`);
  const job: CallbackJob = {
    ...{ module: e.module, extern, owner: `${owner} ${place}`, place, callee },
    callback: hasThreads(e.module) ? callback : { ...callback, threads: undefined },
  };
  if (callback.kept) return { pointer: keep(e, job, fn, op, undo), leave: undefined };
  const made = newFrame(e);
  e.f.store('ptr', fn, e.f.offset(made, frame.fn));
  if (job.callback.threads) return placeArgument(e, job, made, op, undo);
  return siteArgument(e, job, made, fn);
}

/** A function that C calls on the calling thread, while its own function runs. */
function siteArgument(
  e: FunctionEmission,
  job: CallbackJob,
  made: string,
  fn: string,
): CallbackArgument {
  const { f } = e;
  const address = variable(job, 'ts.site', site.type);
  const slow = defineForC(job, 'ts.cb.found', (g, version) => {
    const own = callRuntime(g, 'tsn_callback_frame', 'ptr', [['ptr', address]]);
    g.condBr(isNull(g, own), 'strange', 'own');
    g.block('own');
    const fn = g.load('ptr', g.offset(own, frame.fn));
    inFrame(g, job, version, { own, fn, given: passed(job) });
    g.block('strange');
    callRuntime(g, 'tsn_callback_stray', 'void', [['ptr', address], ...releasedCall(job)]);
    returnNothing(g, job);
  });
  const near = (what: string, shape?: number): string =>
    f.module.functionAddress(
      defineForC(job, what, (g, version) => {
        const own = g.load('ptr', g.offset(address, site.frame));
        g.condBr(isInStack(g, address, own), 'own', 'other');
        g.block('own');
        const called = g.load('ptr', g.offset(own, frame.fn));
        inFrame(g, job, version, { own, fn: called, given: passed(job), shape });
        g.block('other');
        forward(g, job, slow, []);
      }),
      signatureOf(job),
    );
  f.store('ptr', address, f.offset(made, frame.site));
  const isAtHand = enter(f, made);
  const ptr = f.module.spell('ptr');
  const choose = (condition: string, yes: string, no: string): string =>
    f.emit(`select i1 ${condition}, ${ptr} ${yes}, ${ptr} ${no}`);
  let pointer = near('ts.cb');
  for (const shape of ownShapes(job)) {
    const isOf = f.emit(`icmp eq i32 ${shapeOf(e, fn)}, ${shape}`);
    pointer = choose(isOf, near(`ts.cb.${shape}`, shape), pointer);
  }
  const far = f.module.functionAddress(slow, signatureOf(job));
  const chosen = f.emit(`icmp ne i32 ${isAtHand}, 0`);
  return { pointer: choose(chosen, pointer, far), leave: () => leave(f, made) };
}

/** Of more kinds of functions, C gets one that finds out which it is. */
const mostShapes = 8;

/** The kinds of functions that have one of their own for C. */
function ownShapes({ module, callee }: CallbackJob): readonly number[] {
  const type = callee.params[0]?.value.type;
  if (type === undefined || !isRecord(type)) return [];
  const shapes = module.shapes.of(type);
  return shapes.length > 1 && shapes.length <= mostShapes ? shapes.map(({ index }) => index) : [];
}

/** The shape of a function, which may be null. */
function shapeOf(e: FunctionEmission, fn: string): string {
  const { f } = e;
  const none = 'ts.noFunction';
  const type = '[2 x i64]';
  f.module.global(none, `private constant ${type} zeroinitializer, align 16`);
  const ptr = f.module.spell('ptr');
  const end = f.offset(f.module.address(none, type), header.size);
  const some = f.emit(`select i1 ${isNull(f, fn)}, ${ptr} ${end}, ${ptr} ${fn}`);
  return f.load('i32', f.offset(some, header.shape), e.access('header', 4));
}

/** Whether this thread is within the stack that a site's frame is at the end of: an i1, false where it has none. */
function isInStack(f: LlvmFunction, address: string, own: string): string {
  const number = (pointer: string): string =>
    f.emit(`ptrtoint ${f.module.spell('ptr')} ${pointer} to i64`);
  const limit = number(f.load('ptr', f.offset(address, site.limit)));
  const below = f.emit(`sub i64 ${number(f.alloca('i8', 'here'))}, ${limit}`);
  return f.emit(`icmp ult i64 ${below}, ${f.emit(`sub i64 ${number(own)}, ${limit}`)}`);
}

const enter = (f: LlvmFunction, made: string): string =>
  callRuntime(f, 'tsn_callback_enter', 'i32', [['ptr', made]]);

const leave = (f: LlvmFunction, made: string): string =>
  callRuntime(f, 'tsn_callback_leave', 'i32', [['ptr', made]]);

/** Enters the frame of a call that may come to functions which the library has kept; gives what writes the leaving. */
export function enterKept(e: FunctionEmission): () => string {
  const made = newFrame(e);
  e.f.store('ptr', 'null', e.f.offset(made, frame.site));
  enter(e.f, made);
  return () => leave(e.f, made);
}

function newFrame({ f, ctx }: FunctionEmission): string {
  const made = f.alloca(`[${frame.size / 8} x i64]`, 'frame');
  f.store('ptr', ctx, f.offset(made, frame.context));
  return made;
}

/** Writes that nothing was thrown so far, which comes before C can call. */
export const beginCallbacks = (e: FunctionEmission): void =>
  e.f.store('i32', '0', e.f.offset(e.ctx, context.errorSite), e.access('context', 8));

/**
 * Writes the leaving of frames, the last first; gives whether something was thrown meanwhile.
 * @param undo writes what has to be done where C has called on a thread that may not
 */
export function leaveCallbacks(
  e: FunctionEmission,
  op: Operation,
  { symbol, library }: Extern,
  frames: readonly (() => string | undefined)[],
  undo: () => void,
): string {
  const { f } = e;
  const strays = frames.toReversed().flatMap((one) => one() ?? []);
  const word = f.load('i32', f.offset(e.ctx, context.errorSite), e.access('context', 8));
  if (strays.length > 0) {
    const stray = strays.reduce((any, one) => f.emit(`or i32 ${any}, ${one}`));
    const parts = [
      `${symbol} of the library ${library} has called a function on a thread of its own: its @extern needs the option threads`,
    ];
    const fine = f.emit(
      `or i1 ${f.emit(`icmp eq i32 ${stray}, 0`)}, ${f.emit(`icmp ne i32 ${word}, 0`)}`,
    );
    const { span } = op;
    e.failUnless(
      fine,
      { kind: 'throw', errorClass: 'TypeError', parts, isCheck: true, span },
      [],
      undo,
    );
  }
  return f.emit(`icmp ne i32 ${word}, 0`);
}
