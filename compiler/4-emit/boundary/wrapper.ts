/** The function that JavaScript calls for an export: checks and converts arguments, calls native code, converts the result. */
import {
  isView,
  plainType,
  Tag,
  viewKind,
  type BoundaryParameter,
  type IrExport,
  type IrFunction,
  type IrModule,
  type IrType,
  type ViewKind,
  isOptional,
} from '../../ir/types.ts';
import { needsWire } from '../../wire/format.ts';
import { callNative, plain, type Version } from '../abi.ts';
import type { DebugInfo } from '../debug.ts';
import { endCall } from '../heap/cycles.ts';
import { releaseValue } from '../heap/references.ts';
import type { Shapes } from '../heap/shapes.ts';
import { context } from '../layout.ts';
import { sweepViews } from '../memory.ts';
import { llvmType, zero } from '../types.ts';
import type { LlvmFunction, LlvmModule } from '../writer.ts';
import { refuse, refuseUnbound, throwRecorded, type Subject } from './answer.ts';
import { defineAsyncCall } from './async-call.ts';
import { environment, environmentOf, globalBound, globalSlot, keptGlobal } from './environment.ts';
import type { ExportFacts } from './facts.ts';
import { unifyBuffers, unifyViews } from './identity.ts';
import { keepValue } from './javascript-values.ts';
import { beginKept, endKept } from './kept-views.ts';
import {
  freeInside,
  giveInside,
  receiveInside,
  unifyBuffersInside,
  unifyInside,
} from './inside-views.ts';
import { askAbsence, callExternal, isNull, isOk, napi, napiValue, valueType } from './napi.ts';
import { hasOneMemory } from './platform.ts';
import { makeResults } from './results.ts';
import { receiveScalar } from './scalars.ts';
import { scopeOf } from './scope.ts';
import { emptyView, kindBits, receiveView, type Callback, type ViewDemands } from './views.ts';

export interface WrapperJob {
  readonly llvm: LlvmModule;
  readonly ir: IrModule;
  /** Index of the export in the module. */
  readonly index: number;
  readonly exported: IrExport;
  readonly callee: IrFunction;
  /** As `process.platform` names it. */
  readonly platform: string;
  readonly canThrow: boolean;
  /** Whose functions it calls. */
  readonly version: Version;
  readonly facts: ExportFacts;
  readonly shapes: Shapes;
  readonly debug: DebugInfo | undefined;
  /** Kinds of views whose class must be the very one. */
  readonly exactKinds: ReadonlySet<ViewKind>;
}

/**
 * How many buffers JavaScript may allocate in one call. Most code makes one for its result; what
 * makes more of them, as a loop does, must be able to free them, which only native memory can be.
 */
const lastingBuffers = 3;

/** Where functions of JavaScript may get any of them: native memory would not be theirs. */
const allBuffers = 2 ** 31 - 1;

/** The LLVM name of an export's wrapper for a version of the functions. */
export const wrapperName = (index: number, { prefix }: Version): string =>
  `${prefix === plain.prefix ? 'ts.' : prefix}$export.${index}`;

/** Defines the wrapper of an export, a `napi_callback`. */
export function defineWrapper(job: WrapperJob): void {
  const { llvm, exported, callee, canThrow, version } = job;
  const f = llvm.define(
    wrapperName(job.index, version),
    'ptr',
    [
      { name: 'env', type: 'ptr' },
      { name: 'info', type: 'ptr' },
    ],
    'internal',
    `nounwind${version.attributes}`,
  );
  f.origin = exported.span?.file;
  job.debug?.begin(f, `${exported.name} (from JavaScript)`, exported.span);
  const wrapper = new Wrapper(job, {
    f,
    env: '%env',
    info: '%info',
    data: undefined,
    failed: 'failed',
  });
  if (!hasOneMemory(job.platform)) announceCall(job, f);
  const args = wrapper.receiveArguments();
  if (exported.isAsync) {
    defineAsyncCall(job, wrapper, args);
    f.block('failed');
    f.ret('ptr', 'null');
    return;
  }
  const ctx = wrapper.makeContext(canThrow);
  if (job.facts.keepsViews) beginKept(f, ctx);
  const { error, results } = callNative(f, callee, canThrow, ctx, args, version);
  if (error !== undefined) {
    f.condBr(error, 'thrown', 'returned');
    f.block('returned');
  }
  const result = makeResults(f, '%env', wrapper.callback.data, exported, results);
  const end = (): void => {
    wrapper.forgetFunctions();
    tidyUp(job, f, ctx);
    wrapper.freeInside();
  };
  wrapper.giveInside();
  end();
  f.ret('ptr', result);
  if (error !== undefined) {
    f.block('thrown');
    // While an error is pending, nothing can be made.
    wrapper.giveInside();
    throwRecorded(f, ctx);
    end();
    f.br('failed');
  }
  f.block('failed');
  f.ret('ptr', 'null');
}

/** Tells the JavaScript that copies typed arrays (`runtime/wasm/`) what the call writes, and whether it begins with a wire. */
function announceCall({ exported, facts }: WrapperJob, f: LlvmFunction): void {
  const hasWire = exported.wire !== undefined && needsWire(exported.wire);
  const told = [String(kindBits(facts.writes)), hasWire ? '1' : '0'];
  callExternal(f, 'void', 'tsn_call', ['i32', 'i32'], told);
}

/** Frees what the call leaves behind. */
export function tidyUp(
  { facts, shapes }: Pick<WrapperJob, 'facts' | 'shapes'>,
  f: LlvmFunction,
  ctx: string,
): void {
  // Rings may hold views of this call, so they come first.
  if (facts.usesHeap) endCall(f, shapes, () => f.load('ptr', f.offset(ctx, context.heap)));
  if (facts.makesViews) sweepViews(f, ctx);
  // What the others are parts of goes last.
  if (facts.keepsViews) endKept(f, ctx);
}

/** A view received in this call: the slot that holds the pointer to its struct. */
interface Received {
  readonly kind: ViewKind;
  readonly slot: string;
}

export class Wrapper {
  readonly callback: Callback;
  private readonly job: WrapperJob;
  private readonly values: readonly string[];
  private readonly received: Received[] = [];
  /** What `context.globals` points to. */
  globals = 'null';
  /** The views inside of objects; undefined where there are none. */
  inside: string | undefined;

  constructor(job: WrapperJob, callback: Callback) {
    this.job = job;
    const { values, data } = fetch(job, callback);
    this.callback = { ...callback, data };
    this.values = values;
  }

  /** Checks and converts all arguments and the globals that the code reads; returns the operands of the callee's parameters. */
  receiveArguments(): string[] {
    const { exported, index } = this.job;
    const args = exported.params.flatMap((parameter, n) =>
      this.receiveParameter(parameter, this.values[n] ?? '', { export: index, parameter: n }),
    );
    this.receiveGlobals();
    this.receiveInside();
    return args.map((operand) => operand());
  }

  /** They come last, as nothing frees them if something else fails. */
  private receiveInside(): void {
    const { f, env, failed } = this.callback;
    if (!this.job.exported.views) return;
    const demands = this.demands('u8');
    this.inside = receiveInside(f, env, this.viewArray, failed, demands);
    const { comparesViews, comparesBuffers } = this.job.facts;
    if (!comparesViews && !comparesBuffers) return;
    for (const { slot } of this.received)
      unifyInside(f, env, slot, this.inside, { comparesViews, comparesBuffers });
    if (comparesBuffers) unifyBuffersInside(f, env, this.inside);
  }

  /** The array that JavaScript passes behind the arguments. */
  get viewArray(): string {
    return this.values[this.job.exported.params.length] ?? 'null';
  }

  /** Writes the giving back of the views inside of objects. */
  giveInside(): void {
    const { f, env, data = '' } = this.callback;
    if (this.inside) giveInside(f, env, data, this.viewArray, this.inside);
  }

  freeInside(): void {
    if (this.inside) freeInside(this.callback.f, this.inside);
  }

  /** The functions that were passed, kept as long as the call. */
  private readonly kept: string[] = [];

  /** Receives a function; what keeps it is made when nothing can fail any more but for want of memory. */
  private receiveFunction(
    parameter: BoundaryParameter,
    value: string,
    subject: Subject,
  ): (() => string)[] {
    const { f, env, info, data = '', failed } = this.callback;
    const [wrong, received] = [f.fresh('wrong'), f.fresh('received')];
    const [tag, type] = [f.alloca('i8', 'tag'), f.alloca('i32')];
    const receiveAbsent = askAbsence(f, env, parameter, value);
    f.store('i32', '-1', type);
    napi(f, 'napi_typeof', [env, value, type]);
    f.store('i8', String(Tag.value), tag);
    const isFunction = f.emit(`icmp eq i32 ${f.load('i32', type)}, ${valueType.function}`);
    f.condBr(isFunction, received, wrong);
    f.block(wrong);
    refuse(f, env, info, subject, value);
    f.br(failed);
    receiveAbsent(received, (absent) => f.store('i8', absent, tag));
    f.block(received);
    const keep = (): string => {
      const slot = f.alloca('ptr', 'function');
      const [there, kept, noMemory] = [f.fresh('there'), f.fresh('kept'), f.fresh('noMemory')];
      f.store('ptr', 'null', slot);
      f.condBr(f.emit(`icmp eq i8 ${f.load('i8', tag)}, ${Tag.value}`), there, kept);
      f.block(there);
      const made = keepValue(f, env, f.offset(data, environment.heap), value, subject);
      f.store('ptr', made, slot);
      f.condBr(isNull(f, made), noMemory, kept);
      f.block(noMemory);
      napi(f, 'napi_throw_error', [env, 'null', f.module.string('Out of memory')]);
      f.br(failed);
      f.block(kept);
      const operand = f.load('ptr', slot);
      this.kept.push(operand);
      return operand;
    };
    return isOptional(parameter) ? [() => f.load('i8', tag), keep] : [keep];
  }

  /** Writes the forgetting of the functions that were passed. */
  forgetFunctions(): void {
    const { f, data = '' } = this.callback;
    for (const value of this.kept) releaseValue(f, f.offset(data, environment.heap), value);
  }

  /** Operands are written when all is received, as views that are one object become one struct until then. */
  private receiveParameter(
    parameter: BoundaryParameter,
    value: string,
    subject: Subject,
  ): (() => string)[] {
    if (parameter.type === 'js') return this.receiveFunction(parameter, value, subject);
    const { f, env, info, failed } = this.callback;
    const wrong = f.fresh('wrong');
    const llvm = llvmType(parameter.type);
    const tag = f.alloca('i8', 'tag');
    const slot = f.alloca(llvm, 'argument');
    const done = f.fresh('received');

    // Asked first, as what fails in Node-API takes longer.
    const receiveAbsent = askAbsence(f, env, parameter, value);
    const plain = plainType(parameter.type);
    const operand = isView(plain)
      ? this.receiveView(viewKind(plain), value, subject, wrong)
      : receiveScalar(f, env, plain, value, wrong);
    f.store('i8', String(Tag.value), tag);
    f.store(llvm, operand, slot);
    f.br(done);

    f.block(wrong);
    refuse(f, env, info, subject, value);
    f.br(failed);
    receiveAbsent(done, (absent) => {
      f.store('i8', absent, tag);
      f.store(llvm, zero(parameter.type), slot);
    });
    f.block(done);
    if (isView(parameter.type)) this.unify({ kind: viewKind(parameter.type), slot });
    const result = (): string => f.load(llvm, slot);
    return isOptional(parameter) ? [() => f.load('i8', tag), result] : [result];
  }

  private receiveView(kind: ViewKind, value: string, subject: Subject, wrong: string): string {
    return receiveView(this.callback, kind, value, subject, this.demands(kind), wrong);
  }

  private demands(kind: ViewKind): ViewDemands {
    return {
      exact: this.job.exactKinds.has(kind),
      buffer: this.job.facts.comparesBuffers,
      offset: this.job.facts.readsOffsets,
    };
  }

  /** Gives a view the struct of an earlier one that is the same object, and its buffer that of an earlier view of it. */
  private unify(view: Received): void {
    const { f, env } = this.callback;
    const { comparesViews, comparesBuffers } = this.job.facts;
    for (const earlier of this.received) {
      if (comparesViews && earlier.kind === view.kind) unifyViews(f, env, view.slot, earlier.slot);
      if (comparesBuffers) unifyBuffers(f, env, view.slot, earlier.slot);
    }
    this.received.push(view);
  }

  /** Scalars lie in the environment's data as native code wants them; typed arrays are looked at anew in each call. */
  private receiveGlobals(): void {
    const { f, env, info, data, failed } = this.callback;
    const { ir, index, facts } = this.job;
    if (facts.globals.length === 0 || data === undefined) return;
    if (facts.steady) this.globals = keptGlobal(f, ir, data, 0);
    const hasViews = facts.globals.some((global) => {
      const type = ir.globals[global]?.type;
      return type !== undefined && isView(type);
    });
    if (!facts.steady)
      this.globals = hasViews
        ? f.alloca('i64', 'globals', ir.globals.length)
        : globalSlot(f, data, 0);
    for (const global of facts.globals) {
      const type = ir.globals[global]?.type;
      if (type === undefined) continue;
      const subject: Subject = { export: index, parameter: ~global };
      const [bound, unbound] = [f.fresh('bound'), f.fresh('unbound')];
      const flag = f.load('i8', globalBound(f, ir, data, global));
      f.condBr(f.emit(`icmp ne i8 ${flag}, 0`), bound, unbound);
      const isImplied = facts.implied.has(global);
      const next = isImplied ? f.fresh('next') : undefined;
      f.block(unbound);
      if (next === undefined) {
        refuseUnbound(f, env, info, subject);
        f.br(failed);
      } else {
        if (!facts.steady && hasViews) this.leaveGlobal(type, global);
        f.br(next);
      }
      f.block(bound);
      const own = globalSlot(f, data, global);
      if (facts.steady) {
        // It lies there already.
      } else if (isView(type)) this.receiveGlobalView(viewKind(type), own, subject, global);
      else if (hasViews) {
        f.store('i64', f.load('i64', own), f.gep('i64', this.globals, String(global)));
      }
      if (next === undefined) continue;
      f.br(next);
      f.block(next);
    }
  }

  /** Has nothing stand for a global without a value, which nothing that runs reads. */
  private leaveGlobal(type: IrType, global: number): void {
    const { f } = this.callback;
    const slot = f.gep('i64', this.globals, String(global));
    if (isView(type)) f.store('ptr', emptyView(f, viewKind(type)), slot);
    else f.store('i64', '0', slot);
  }

  private receiveGlobalView(kind: ViewKind, own: string, subject: Subject, global: number): void {
    const { f, env, info, failed } = this.callback;
    const value = napiValue(f, 'napi_get_reference_value', [env, f.load('ptr', own)]);
    const [wrong, right] = [f.fresh('wrong'), f.fresh('right')];
    const operand = this.receiveView(kind, value, subject, wrong);
    const slot = f.gep('i64', this.globals, String(global));
    f.store('ptr', operand, slot);
    f.br(right);
    f.block(wrong);
    refuse(f, env, info, subject, value);
    f.br(failed);
    f.block(right);
    this.unify({ kind, slot });
  }

  /** Writes the context of the call; fields that no code can read are left as they are. */
  makeContext(canThrow: boolean): string {
    const { f, env, data } = this.callback;
    const { facts } = this.job;
    const ctx = f.alloca(`[${context.size} x i8]`, 'ctx');
    const set = (offset: number, type: string, operand: string): void =>
      f.store(type, operand, f.offset(ctx, offset));
    if (canThrow && data !== undefined) {
      set(context.env, 'ptr', env);
      set(context.data, 'ptr', data);
      set(context.stackLimit, 'ptr', f.load('ptr', f.offset(data, environment.stackLimit)));
      set(context.errorSite, 'i32', '0');
    }
    if (facts.isParallel && data !== undefined) {
      set(context.stackLimit, 'ptr', f.load('ptr', f.offset(data, environment.stackLimit)));
      set(context.depth, 'i32', '0');
      set(context.scope, 'ptr', scopeOf(f, env, data));
    }
    if (facts.asksEnd) {
      const ended = f.alloca('i8', 'ended');
      f.store('i8', '0', ended);
      set(context.ended, 'ptr', ended);
    }
    if (facts.asksErrno) set(context.errno, 'i32', '0');
    if (facts.keepsState && data !== undefined) set(context.data, 'ptr', data);
    if (facts.usesHeap && data !== undefined)
      set(context.heap, 'ptr', f.offset(data, environment.heap));
    if (facts.globals.length > 0) set(context.globals, 'ptr', this.globals);
    if (facts.callsJavaScript) {
      const { length } = this.received;
      const views = f.alloca('ptr', 'views', Math.max(1, length));
      this.received.forEach(({ slot }, index) =>
        f.store('ptr', f.load('ptr', slot), f.gep('ptr', views, String(index))),
      );
      set(context.received, 'ptr', views);
      set(context.receivedCount, 'i64', String(length));
      const guard = this.job.exported.guarded ? (this.values.at(-1) ?? 'null') : 'null';
      set(context.guard, 'ptr', guard);
    }
    if (facts.callsJavaScript || this.inside) set(context.inside, 'ptr', this.inside ?? 'null');
    if (facts.makesViews || facts.callsJavaScript) set(context.views, 'ptr', 'null');
    if (facts.keepsViews || facts.callsJavaScript) set(context.kept, 'ptr', 'null');
    if (facts.makesViews)
      set(
        context.lastingBuffers,
        'i32',
        String(facts.passesViews || facts.keepsViews ? allBuffers : lastingBuffers),
      );
    return ctx;
  }
}

/** Writes how a wrapper gets its arguments, `undefined` where one is missing, and the environment's data if it needs that. */
function fetch(
  { exported, canThrow, facts, exactKinds }: WrapperJob,
  { f, env, info, failed }: Callback,
): { values: string[]; data: string | undefined } {
  const count = exported.params.length + (exported.views ? 1 : 0) + (exported.guarded ? 1 : 0);
  const kinds = exported.params.flatMap(({ type }) => (isView(type) ? [viewKind(type)] : []));
  const result = exported.result?.type;
  const needsData =
    canThrow ||
    exported.isAsync === true ||
    facts.isParallel ||
    facts.usesHeap ||
    exported.params.some(({ type }) => type === 'js') ||
    facts.keepsState ||
    exported.views === true ||
    facts.globals.length > 0 ||
    (result !== undefined && isView(result)) ||
    exported.more !== undefined ||
    kinds.some((kind) => kind === 'buffer' || exactKinds.has(kind));
  if (count === 0) return { values: [], data: needsData ? environmentOf(f, env, info) : undefined };

  const array = f.alloca('ptr', 'values', count);
  const capacity = f.alloca('i64');
  f.store('i64', String(count), capacity);
  const data = needsData ? f.alloca('ptr') : 'null';
  const got = napi(f, 'napi_get_cb_info', [env, info, capacity, array, 'null', data]);
  const fetched = f.fresh('fetched');
  f.condBr(isOk(f, got), fetched, failed);
  f.block(fetched);
  return {
    values: Array.from({ length: count }, (_, index) =>
      f.load('ptr', f.gep('ptr', array, String(index))),
    ),
    data: needsData ? f.load('ptr', data) : undefined,
  };
}
