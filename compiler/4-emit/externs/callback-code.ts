/**
 * What functions that C calls have in common: C's signature, and the call of native code with what C passes. Nothing
 * unwinds C: what is thrown stays in a context, C gets 0, also of further calls, and the error goes on when C has
 * returned.
 */
import type { CallbackValue, Extern, ExternCallback } from '../../ir/externs.ts';
import type { IrFunction } from '../../ir/types.ts';
import { callNative, nativeName, type Version } from '../abi.ts';
import type { ModuleEmission } from '../emission.ts';
import { releaseString } from '../heap/references.ts';
import { copyBytes, isNull } from '../helpers.ts';
import { context, header } from '../layout.ts';
import { access } from '../tbaa.ts';
import { versionFor } from '../tiers.ts';
import { zero } from '../types.ts';
import type { LlvmFunction } from '../writer.ts';
import {
  cPointer,
  cValue,
  fromLong,
  fromPointer,
  longDouble,
  toLong,
  toPointer,
  type CType,
} from './c-types.ts';
import { stringFromC } from './text.ts';

/** A function that C calls. */
export interface CallbackJob {
  readonly module: ModuleEmission;
  readonly extern: Extern;
  /** The IR function that stands for C's, of which there may be several declarations, and what it is passed as. */
  readonly owner: string;
  /** The parameter, or the member of one. */
  readonly place: string;
  readonly callback: ExternCallback;
  /** What calls the function that is passed. */
  readonly callee: IrFunction;
}

/** `frame` of runtime/native/externs/callbacks.h. */
export const frame = { size: 96, context: 8, site: 16, fn: 24 } as const;

/** How much of a stack of C's own a function may take, in bytes: nothing tells how large that is. */
const strangeStack = 65_536;

/** How C passes a value, or takes it. */
export const cTypeOf = ({ module }: CallbackJob, { way, type }: CallbackValue): CType => {
  if (way === 'long double') return { type: longDouble(module.triple) ?? 'double', attribute: '' };
  return way === 'value' ? cValue(module.triple, type) : cPointer;
};

export const signatureOf = (job: CallbackJob): { result: string; params: string[] } => ({
  result: job.callback.result ? cTypeOf(job, job.callback.result).type : 'void',
  params: job.callback.params.map((param) => cTypeOf(job, param).type),
});

/** A name for what belongs to the parameter alone. */
export const nameOf = ({ owner }: CallbackJob, what: string): string =>
  nativeName(owner, {
    prefix: `${what}.`,
    attributes: '',
  });

/** The version of native code that is called. */
const versionOf = ({ module, callee }: CallbackJob): Version =>
  versionFor(module.tiers, callee.name, module.version);

/** A variable of the module that belongs to the parameter, all zero at first. */
export function variable(job: CallbackJob, what: string, type: string): string {
  const name = nameOf(job, what);
  job.module.llvm.global(name, `internal global ${type} zeroinitializer, align 8`);
  return job.module.llvm.address(name, type);
}

/**
 * Defines a function, the first time that it is asked for.
 * @returns its name
 */
export function defineOnce(
  job: CallbackJob,
  what: string,
  { result, params }: { readonly result: string; readonly params: readonly string[] },
  write: (f: LlvmFunction, version: Version) => void,
  { linkage = 'internal', attributes = '' } = {},
): string {
  const { module, callee } = job;
  const version = versionOf(job);
  const name = `${version.prefix}${nameOf(job, what)}`;
  if (module.llvm.defines(name)) return name;
  const f = module.llvm.define(
    name,
    result,
    params.map((type, index) => ({ name: `c${index}`, type })),
    linkage,
    `nounwind${attributes}${version.attributes}`,
  );
  module.debug?.begin(f, `${callee.name} (from C)`, callee.span);
  write(f, version);
  return name;
}

/** Defines a function with C's signature, as `defineOnce`. */
export function defineForC(
  job: CallbackJob,
  what: string,
  write: (f: LlvmFunction, version: Version) => void,
): string {
  const { result } = job.callback;
  const attribute = result ? cTypeOf(job, result).attribute.trim() : '';
  const linkage = `internal${attribute ? ` ${attribute}` : ''}`;
  return defineOnce(job, what, signatureOf(job), write, { linkage });
}

/** The operands of what C passes. @param first of the LLVM function's parameters */
export const passed = ({ callback }: CallbackJob, first = 0): string[] =>
  callback.params.map((_, index) => `%c${first + index}`);

/** Writes the return of another function's result, which has C's signature but for parameters before the others. */
export function forward(
  f: LlvmFunction,
  job: CallbackJob,
  callee: string,
  before: readonly (readonly [string, string])[],
  given = passed(job),
): void {
  const { result, params } = signatureOf(job);
  const args = params.map((type, index) => [type, given[index] ?? ''] as const);
  const returned = f.call(result, callee, [...before, ...args]);
  if (result === 'void') f.ret();
  else f.ret(result, returned);
}

/** Writes the call in the context of a frame of this thread, unless something was thrown there before; ends the function. */
export function inFrame(
  f: LlvmFunction,
  job: CallbackJob,
  version: Version,
  call: {
    readonly own: string;
    readonly fn: string;
    readonly given: readonly string[];
    /** Of the function, where that is known. */
    readonly shape?: number;
  },
): void {
  const { own, fn, given, shape } = call;
  const ctx = f.load('ptr', f.offset(own, frame.context));
  const [calm, thrown, fine] = [f.fresh('calm'), f.fresh('thrown'), f.fresh('fine')];
  const word = f.load('i32', f.offset(ctx, context.errorSite));
  f.condBr(f.emit(`icmp eq i32 ${word}, 0`), calm, thrown);
  f.block(calm);
  const { error, result } = callWith(f, job, version, ctx, fn, given, shape);
  if (error !== undefined) {
    f.condBr(error, thrown, fine);
    f.block(fine);
  }
  returnResult(f, job, result);
  f.block(thrown);
  returnNothing(f, job);
}

/** What native code has given, as C has it; undefined where it can't throw. */
export interface CalledWith {
  /** An i1. */
  readonly error: string | undefined;
  /** '' where C gets nothing; nothing of use after an error. */
  readonly result: string;
}

/** Writes the call of native code with what C has passed. */
export function callWith(
  f: LlvmFunction,
  job: CallbackJob,
  version: Version,
  ctx: string,
  fn: string,
  given: readonly string[],
  shape?: number,
): CalledWith {
  const { module, callback, callee } = job;
  const texts: string[] = [];
  const heap = (): string => f.load('ptr', f.offset(ctx, context.heap));
  const args = callback.params.flatMap((param, index) => {
    const operand = given[index] ?? '';
    switch (param.way) {
      case 'value':
        return [operand];
      case 'long double':
        return [fromLong(f, cTypeOf(job, param).type, operand)];
      case 'text': {
        const made = stringFromC(f, module.strings, heap(), operand);
        const text = f.emit(
          `select i1 ${isNull(f, made)}, ${f.module.spell('ptr')} ${module.strings.reference(f, '')}, ${f.module.spell('ptr')} ${made}`,
        );
        texts.push(text);
        return [text];
      }
      case 'pointer': {
        const address = fromPointer(f, operand);
        if (!param.null) return [address];
        const isThere = f.emit(`icmp ne i64 ${address}, 0`);
        return [f.emit(`select i1 ${isThere}, i8 ${present}, i8 ${absent}`), address];
      }
    }
  });
  const canThrow = module.throwing.has(callee.name);
  // LLVM finds out which function that is, and makes its code a part of this.
  if (shape !== undefined) {
    const own = f.load('i32', f.offset(fn, header.shape), access(module.llvm, 'header', 4));
    f.module.declare('llvm.assume', { result: 'void', params: ['i1'] });
    f.call('void', 'llvm.assume', [['i1', f.emit(`icmp eq i32 ${own}, ${shape}`)]]);
  }
  const inlined = shape === undefined ? '' : ' alwaysinline';
  const { error, results } = callNative(f, callee, canThrow, ctx, [fn, ...args], version, inlined);
  for (const text of texts) releaseString(f, heap(), text);
  return { error, result: resultForC(f, job, results[0] ?? '') };
}

/** `Tag.value` and `Tag.null`. */
const [present, absent] = [0, 2] as const;

function resultForC(f: LlvmFunction, job: CallbackJob, result: string): string {
  const value = job.callback.result;
  switch (value?.way) {
    case 'pointer':
      return toPointer(f, result);
    case 'long double':
      return toLong(f, cTypeOf(job, value).type, result);
    case 'value':
      return result;
    default:
      return '';
  }
}

export function returnResult(f: LlvmFunction, job: CallbackJob, result: string): void {
  const { callback } = job;
  if (callback.result) f.ret(cTypeOf(job, callback.result).type, result);
  else f.ret();
}

/** Writes the return of 0, which is all that C can get where nothing was computed. */
export function returnNothing(f: LlvmFunction, job: CallbackJob): void {
  const { result } = job.callback;
  if (!result) return f.ret();
  const { type } = cTypeOf(job, result);
  if (result.way === 'pointer') return f.ret('ptr', 'null');
  f.ret(type, result.way === 'long double' ? toLong(f, type, zero('f64')) : zero(result.type));
}

/** Writes a context for a thread that no native code has begun. @param like one of which it has what all threads may use */
export function strangeContext(f: LlvmFunction, like: string | undefined): string {
  const ctx = f.alloca(`[${context.size / 8} x i64]`, 'ctx');
  if (like === undefined)
    for (let at = 0; at < context.size; at += 8) f.store('i64', '0', f.offset(ctx, at));
  else copyBytes(f, ctx, like, String(context.size));
  const here = f.emit(`ptrtoint ${f.module.spell('ptr')} ${ctx} to i64`);
  const limit = toPointer(f, f.emit(`sub i64 ${here}, ${strangeStack}`));
  f.store('ptr', limit, f.offset(ctx, context.stackLimit));
  f.store('i32', '0', f.offset(ctx, context.errorSite));
  f.store('ptr', 'null', f.offset(ctx, context.views));
  f.store('i32', '0', f.offset(ctx, context.lastingBuffers));
  return ctx;
}

/** Declares a function of runtime/native/externs/, and writes the call of it. */
export function callRuntime(
  f: LlvmFunction,
  name: string,
  result: string,
  args: readonly (readonly [string, string])[],
): string {
  f.module.declare(name, { result, params: args.map(([type]) => type), attributes: 'nounwind' });
  return f.call(result, name, args);
}

/** Writes what is told, once, of a call that nobody can run; `told` is a variable of the parameter. */
export const released = (job: CallbackJob, why: string): readonly (readonly [string, string])[] => [
  [
    'ptr',
    job.module.llvm.string(
      `tsnative: C has called '${job.place}' of ${job.extern.symbol} of the library ${job.extern.library} ${why}. It got 0.\n`,
    ),
  ],
  ['ptr', variable(job, 'ts.told', '[1 x i64]')],
];

/** The same of a function that was passed for a call which has ended. */
export const releasedCall = (job: CallbackJob): ReturnType<typeof released> =>
  released(
    job,
    `when that call had ended: where C keeps the function, the @extern needs the option keeps: ${job.place}`,
  );
