/**
 * Functions that C calls. What C gets is the address of a function with C's own signature, one for each parameter that
 * takes functions. It finds the call of C's function that it belongs to as a *frame* on the stack of its thread
 * (runtime/native/externs/callbacks.h), and in there the context and the function that was passed. Nothing unwinds C:
 * what is thrown stays in the context, C gets 0, also of further calls, and the error goes on when C has returned.
 */
import type { CallbackValue, Extern, ExternCallback } from '../../ir/externs.ts';
import { isRecord, type IrFunction, type Operation } from '../../ir/types.ts';
import { nativeName, callNative, type Version } from '../abi.ts';
import type { FunctionEmission, ModuleEmission } from '../emission.ts';
import { releaseString, retain } from '../heap/references.ts';
import { copyBytes, isNull } from '../helpers.ts';
import { context, header } from '../layout.ts';
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

/** `frame` of runtime/native/externs/callbacks.h. */
const frame = { size: 96, context: 8, site: 16, fn: 24 } as const;

/** `site` there: all zero at first. */
const siteType = '[4 x i64]';

/** How many functions C can keep of one parameter. Each has a function of its own, as C passes nothing that tells them apart. */
const mostKept = 64;
const keptType = `[${3 * mostKept + 2} x i64]`;

/** How much of a stack of C's own a function may take, in bytes: nothing tells how large that is. */
const strangeStack = 65_536;

export interface CallbackArgument {
  /** What C gets. */
  readonly pointer: string;
  /** To be entered for the call. */
  readonly frame: string | undefined;
}

/**
 * Writes what C gets for a function, an operand of a function type.
 * @param place the parameter, or the member of one, that it is passed as
 */
export function callbackArgument(
  e: FunctionEmission,
  { extern, name: owner }: Pick<IrFunction, 'extern' | 'name'>,
  callback: ExternCallback,
  place: string,
  fn: string,
  op: Operation,
): CallbackArgument {
  const callee = e.module.functions.get(callback.callee);
  if (!callee || !extern) throw new Error(`C calls what is not there`);
  const job: Job = { module: e.module, extern, owner: `${owner} ${place}`, callback, callee };
  if (callback.kept) return { pointer: keep(e, job, fn, op), frame: undefined };
  const name = defineOnce(job, 'ts.cb', (f, version) => whileCalling(f, job, version));
  const made = newFrame(e);
  const { f } = e;
  f.store('ptr', siteAddress(job), f.offset(made, frame.site));
  f.store('ptr', fn, f.offset(made, frame.fn));
  return { pointer: f.module.functionAddress(name, signatureOf(job)), frame: made };
}

/** The frame of a call that may come to functions which the library has kept. */
export function keptFrame(e: FunctionEmission): string {
  const made = newFrame(e);
  e.f.store('ptr', 'null', e.f.offset(made, frame.site));
  return made;
}

function newFrame({ f, ctx }: FunctionEmission): string {
  const made = f.alloca(`[${frame.size / 8} x i64]`, 'frame');
  f.store('ptr', ctx, f.offset(made, frame.context));
  return made;
}

/** Writes the entering of frames; gives what writes the leaving, and gives whether something was thrown. */
export function enterCallbacks(
  e: FunctionEmission,
  op: Operation,
  { symbol }: Extern,
  frames: readonly string[],
): () => string | undefined {
  const { f } = e;
  if (frames.length === 0) return () => undefined;
  for (const [name, result] of [
    ['tsn_callback_enter', 'void'],
    ['tsn_callback_leave', 'i32'],
  ] as const)
    f.module.declare(name, { result, params: ['ptr'], attributes: 'nounwind' });
  const suffix = e.access('context', 8);
  f.store('i32', '0', f.offset(e.ctx, context.errorSite), suffix);
  for (const one of frames) f.call('void', 'tsn_callback_enter', [['ptr', one]]);
  return () => {
    const strays = frames
      .toReversed()
      .map((one) => f.call('i32', 'tsn_callback_leave', [['ptr', one]]));
    const word = f.load('i32', f.offset(e.ctx, context.errorSite), suffix);
    const stray = strays.reduce((any, one) => f.emit(`or i32 ${any}, ${one}`));
    const { span } = op;
    const parts = [
      `${symbol} has called a function on a thread of its own: its @extern needs the option threads`,
    ];
    const fine = f.emit(
      `or i1 ${f.emit(`icmp eq i32 ${stray}, 0`)}, ${f.emit(`icmp ne i32 ${word}, 0`)}`,
    );
    e.failUnless(fine, { kind: 'throw', errorClass: 'TypeError', parts, isCheck: true, span });
    return f.emit(`icmp ne i32 ${word}, 0`);
  };
}

interface Job {
  readonly module: ModuleEmission;
  readonly extern: Extern;
  /** The IR function that stands for C's, of which there may be several declarations, and which parameter it is. */
  readonly owner: string;
  readonly callback: ExternCallback;
  /** What calls the function that is passed. */
  readonly callee: IrFunction;
}

const cTypeOf = ({ module }: Job, { way, type }: CallbackValue): CType => {
  if (way === 'long double') return { type: longDouble(module.triple) ?? 'double', attribute: '' };
  return way === 'value' ? cValue(type) : cPointer;
};

const signatureOf = (job: Job): { result: string; params: string[] } => ({
  result: job.callback.result ? cTypeOf(job, job.callback.result).type : 'void',
  params: job.callback.params.map((param) => cTypeOf(job, param).type),
});

/** A name for what belongs to the parameter alone. */
const nameOf = ({ owner }: Job, what: string): string =>
  nativeName(owner, {
    prefix: `${what}.`,
    attributes: '',
  });

function siteAddress(job: Job): string {
  const name = nameOf(job, 'ts.site');
  job.module.llvm.global(name, `internal global ${siteType} zeroinitializer, align 8`);
  return job.module.llvm.address(name, siteType);
}

/** Defines a function with C's signature, the first time that it is asked for. */
function defineOnce(
  job: Job,
  what: string,
  write: (f: LlvmFunction, version: Version) => void,
): string {
  const { module, callback, callee } = job;
  const version = versionFor(module.tiers, callee.name, module.version);
  const name = `${version.prefix}${nameOf(job, what)}`;
  if (module.llvm.defines(name)) return name;
  const { result, params } = signatureOf(job);
  const attribute = callback.result ? cTypeOf(job, callback.result).attribute.trim() : '';
  const f = module.llvm.define(
    name,
    result,
    params.map((type, index) => ({ name: `c${index}`, type })),
    `internal${attribute ? ` ${attribute}` : ''}`,
    `nounwind${version.attributes}`,
  );
  module.debug?.begin(f, `${callee.name} (from C)`, callee.span);
  write(f, version);
  return name;
}

/** Writes the function that C calls while its own function runs. */
function whileCalling(f: LlvmFunction, job: Job, version: Version): void {
  const site = siteAddress(job);
  const { threads } = job.extern;
  declareFinders(f);
  const own = f.call('ptr', 'tsn_callback_frame', [['ptr', site]]);
  f.condBr(isNull(f, own), 'strange', 'own');
  f.block('own');
  inFrame(f, job, version, own, f.load('ptr', f.offset(own, frame.fn)));
  f.block('strange');
  if (threads)
    onStrangeThread(f, job, version, f.call('ptr', 'tsn_callback_active', [['ptr', site]]));
  else f.call('void', 'tsn_callback_stray', [['ptr', site]]);
  returnNothing(f, job);
}

function declareFinders(f: LlvmFunction): void {
  for (const name of ['tsn_callback_frame', 'tsn_callback_active'])
    f.module.declare(name, { result: 'ptr', params: ['ptr'], attributes: 'nounwind' });
  f.module.declare('tsn_callback_stray', {
    result: 'void',
    params: ['ptr'],
    attributes: 'nounwind',
  });
}

/** Writes the call in the context of a frame of this thread, unless something was thrown there before. */
function inFrame(f: LlvmFunction, job: Job, version: Version, own: string, fn: string): void {
  const ctx = f.load('ptr', f.offset(own, frame.context));
  const [calm, thrown] = [f.fresh('calm'), f.fresh('thrown')];
  const word = f.load('i32', f.offset(ctx, context.errorSite));
  f.condBr(f.emit(`icmp eq i32 ${word}, 0`), calm, thrown);
  f.block(calm);
  callIn(f, job, version, ctx, fn);
  f.block(thrown);
  returnNothing(f, job);
}

/** Writes the call on a thread that no native code has begun, in a context of its own. What is thrown goes to the frame. */
function onStrangeThread(f: LlvmFunction, job: Job, version: Version, active: string): void {
  const there = f.fresh('there');
  const none = f.fresh('none');
  f.condBr(isNull(f, active), none, there);
  f.block(there);
  const ctx = f.alloca(`[${context.size / 8} x i64]`, 'ctx');
  copyBytes(f, ctx, f.load('ptr', f.offset(active, frame.context)), String(context.size));
  const here = f.emit(`ptrtoint ${f.module.spell('ptr')} ${ctx} to i64`);
  const limit = toPointer(f, f.emit(`sub i64 ${here}, ${strangeStack}`));
  f.store('ptr', limit, f.offset(ctx, context.stackLimit));
  f.store('i32', '0', f.offset(ctx, context.errorSite));
  f.store('ptr', 'null', f.offset(ctx, context.views));
  f.store('i32', '0', f.offset(ctx, context.lastingBuffers));
  callIn(f, job, version, ctx, f.load('ptr', f.offset(active, frame.fn)), () => {
    f.module.declare('tsn_callback_fail', {
      result: 'void',
      params: ['ptr', 'i32', 'ptr'],
      attributes: 'nounwind',
    });
    f.call('void', 'tsn_callback_fail', [
      ['ptr', active],
      ['i32', f.load('i32', f.offset(ctx, context.errorSite))],
      ['ptr', f.offset(ctx, context.errorValues)],
    ]);
  });
  f.block(none);
}

/** Writes the call of native code, and the return of what it gives. */
function callIn(
  f: LlvmFunction,
  job: Job,
  version: Version,
  ctx: string,
  fn: string,
  failed: () => void = () => {},
): void {
  const { module, callback, callee } = job;
  const texts: string[] = [];
  const heap = (): string => f.load('ptr', f.offset(ctx, context.heap));
  const args = callback.params.flatMap((param, index) => {
    const given = `%c${index}`;
    switch (param.way) {
      case 'value':
        return [given];
      case 'long double':
        return [fromLong(f, cTypeOf(job, param).type, given)];
      case 'text': {
        const made = stringFromC(f, module.strings, heap(), given);
        const text = f.emit(
          `select i1 ${isNull(f, made)}, ${f.module.spell('ptr')} ${module.strings.reference(f, '')}, ${f.module.spell('ptr')} ${made}`,
        );
        texts.push(text);
        return [text];
      }
      case 'pointer': {
        const address = fromPointer(f, given);
        if (!param.null) return [address];
        const isThere = f.emit(`icmp ne i64 ${address}, 0`);
        return [f.emit(`select i1 ${isThere}, i8 ${present}, i8 ${absent}`), address];
      }
    }
  });
  const canThrow = module.throwing.has(callee.name);
  const { error, results } = callNative(f, callee, canThrow, ctx, [fn, ...args], version);
  for (const text of texts) releaseString(f, heap(), text);
  if (error !== undefined) {
    const [threw, fine] = [f.fresh('threw'), f.fresh('fine')];
    f.condBr(error, threw, fine);
    f.block(threw);
    failed();
    returnNothing(f, job);
    f.block(fine);
  }
  const [result = ''] = results;
  switch (callback.result?.way) {
    case undefined:
    case 'text':
      return f.ret();
    case 'pointer':
      return f.ret('ptr', toPointer(f, result));
    case 'long double': {
      const { type } = cTypeOf(job, callback.result);
      return f.ret(type, toLong(f, type, result));
    }
    case 'value':
      return f.ret(cTypeOf(job, callback.result).type, result);
  }
}

/** `Tag.value` and `Tag.null`. */
const [present, absent] = [0, 2] as const;

function returnNothing(f: LlvmFunction, job: Job): void {
  const { result } = job.callback;
  if (!result) return f.ret();
  const { type } = cTypeOf(job, result);
  if (result.way === 'pointer') return f.ret('ptr', 'null');
  f.ret(type, result.way === 'long double' ? fromZero(f, type) : zero(result.type));
}

const fromZero = (f: LlvmFunction, type: string): string => toLong(f, type, zero('f64'));

/** Writes the keeping of a function that C may call whenever it wants: the address of the one that calls it. */
function keep(e: FunctionEmission, job: Job, fn: string, op: Operation): string {
  const { f } = e;
  const { module } = f;
  const table = keptAddress(job);
  module.declare('tsn_callback_keep', {
    result: 'i32',
    params: ['ptr', 'i32', 'ptr', 'ptr', 'i32'],
    attributes: 'nounwind',
  });
  const index = f.call('i32', 'tsn_callback_keep', [
    ['ptr', table],
    ['i32', String(mostKept)],
    ['ptr', e.heap],
    ['ptr', fn],
    ['i32', isPlain(e, job, fn)],
  ]);
  const { span } = op;
  const parts = [
    `${job.extern.symbol} keeps ${mostKept} functions already, which is all that there is room for`,
  ];
  const fine = f.emit(`icmp sge i32 ${index}, 0`);
  e.failUnless(fine, { kind: 'throw', errorClass: 'RangeError', parts, isCheck: true, span });
  const [added, known] = [f.fresh('added'), f.fresh('known')];
  const isNew = f.emit(`icmp sge i32 ${index}, ${newBit}`);
  f.condBr(isNew, added, known);
  f.block(added);
  retain(f, typeOfFunction(job), fn);
  f.br(known);
  f.block(known);
  const at = f.emit(`zext i32 ${f.emit(`and i32 ${index}, ${newBit - 1}`)} to i64`);
  // Pointers in constants have the size that the platform has for them.
  const ptr = module.spell('ptr');
  const place = f.emit(
    `getelementptr inbounds ${ptr}, ${f.typedPointer('ptr', trampolines(job))}, i64 ${at}`,
  );
  return f.emit(`load ${ptr}, ${module.dialect === 'opaque' ? 'ptr' : `${ptr}*`} ${place}`);
}

/** What `tsn_callback_keep` adds to the index of a place that was free. */
const newBit = 65_536;

const typeOfFunction = ({ callee }: Job): `rec.${string}` => {
  const type = callee.params[0]?.value.type;
  if (type === undefined || !isRecord(type)) throw new Error(`${callee.name} takes no function`);
  return type;
};

function keptAddress(job: Job): string {
  const name = nameOf(job, 'ts.kept');
  job.module.llvm.global(name, `internal global ${keptType} zeroinitializer, align 8`);
  return job.module.llvm.address(name, keptType);
}

/** 1 where functions of that kind are all the same: those that have captured nothing. */
function isPlain(e: FunctionEmission, job: Job, fn: string): string {
  const { f } = e;
  const shape = f.load('i32', f.offset(fn, header.shape), e.access('header', 4));
  const plain = e.module.shapes
    .of(typeOfFunction(job))
    .filter(({ slots }) => slots.length === 0)
    .map(({ index }) => f.emit(`icmp eq i32 ${shape}, ${index}`))
    .reduce((any, one) => f.emit(`or i1 ${any}, ${one}`), 'false');
  return f.emit(`zext i1 ${plain} to i32`);
}

/** A table of the functions that C gets, one for each place. */
function trampolines(job: Job): string {
  const { llvm } = job.module;
  const table = nameOf(job, 'ts.trampolines');
  const type = `[${mostKept} x ptr]`;
  const addresses = Array.from({ length: mostKept }, (_, place) => {
    const name = defineOnce(job, `ts.kept.${place}`, (f, version) =>
      ofKept(f, job, version, place),
    );
    return `ptr ${llvm.functionAddress(name, signatureOf(job))}`;
  });
  llvm.global(table, `private constant ${type} [${addresses.join(', ')}], align 8`);
  return llvm.address(table, type);
}

/** Writes what C calls of a function that it keeps: it runs in whatever call of the library C is in, on the same thread. */
function ofKept(f: LlvmFunction, job: Job, version: Version, place: number): void {
  f.module.declare('tsn_callback_kept', {
    result: 'ptr',
    params: ['ptr', 'i32', 'i64', 'ptr'],
    attributes: 'nounwind',
  });
  const fn = f.alloca('ptr', 'fn');
  const own = f.call('ptr', 'tsn_callback_kept', [
    ['ptr', keptAddress(job)],
    ['i32', String(place)],
    ['i64', String(context.heap)],
    ['ptr', fn],
  ]);
  f.condBr(isNull(f, own), 'none', 'found');
  f.block('found');
  inFrame(f, job, version, own, f.load('ptr', fn));
  f.block('none');
  returnNothing(f, job);
}
