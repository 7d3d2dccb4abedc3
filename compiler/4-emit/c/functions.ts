/**
 * The functions that C calls: each checks its arguments, sets up a context and a heap that last as long as the call, and
 * gives results and errors through pointers. `header.ts` tells callers the same in C.
 */
import { Tag, viewClass, type IrFunction } from '../../ir/types.ts';
import { reachedFrom, walkOps } from '../../ir/walk.ts';
import { abi, callNative, type AbiParameter, type Version } from '../abi.ts';
import type { ExportFacts } from '../boundary/facts.ts';
import { callExternal } from '../boundary/napi.ts';
import { extensionOf } from '../externs/c-types.ts';
import { endHeap } from '../heap/blocks.ts';
import type { StringConstants } from '../heap/string-constants.ts';
import { lengthOf, wideOf } from '../heap/strings.ts';
import { callC, clearBytes, copyBytes, isNull } from '../helpers.ts';
import { buffer, context, header, heap, list, view } from '../layout.ts';
import { sweepViews } from '../memory.ts';
import { versionsOf, type TierPlan } from '../tiers.ts';
import { llvmType, memoryBytes, memoryType, toMemory, zero } from '../types.ts';
import type { LlvmFunction, LlvmModule } from '../writer.ts';
import { chooseVersion } from './levels.ts';
import { openLibraries, type Libraries } from './opened.ts';
import { failWith, refuseWith, stringOf, viewOf } from './messages.ts';
import type { CFunction, CParameter, CValue } from './plan.ts';
import { stackLimitOfThread } from './stack-limit.ts';

export interface CFunctionJob {
  readonly llvm: LlvmModule;
  readonly planned: CFunction;
  readonly callee: IrFunction;
  readonly functions: ReadonlyMap<string, IrFunction>;
  readonly canThrow: boolean;
  readonly facts: ExportFacts;
  readonly tiers: TierPlan;
  readonly strings: StringConstants;
  /** As `process.platform` names it. */
  readonly platform: string;
  readonly isStatic: boolean;
  readonly libraries: Libraries;
}

/** No typed array of JavaScript has more elements (V8). */
const mostElements = 2 ** 33;

/** Defines the symbol of a function. */
export function defineCFunction(job: CFunctionJob): void {
  const { llvm, planned, platform, isStatic } = job;
  const version = versionForCpu(job);
  const exported = platform === 'win32' && !isStatic ? 'dllexport' : '';
  writeBody(
    job,
    version,
    llvm.define(planned.symbol, 'i32', parametersOf(planned, llvm.triple), exported),
  );
}

/** The version of the callee that fits the CPU: one that chooses, where there are several. */
function versionForCpu({ llvm, callee, canThrow, tiers }: CFunctionJob): Version {
  const versions = versionsOf(tiers, callee.name);
  const [only] = versions;
  if (versions.length === 1 && only) return only;
  const chosen: Version = { prefix: '$c.', attributes: '' };
  const { name, result, params } = abi(callee, canThrow, chosen);
  const attributes = 'nounwind alwaysinline';
  const f = llvm.define(name, result, params, 'internal', attributes);
  const args = params.map(({ name: param, type }) => [type, `%${param}`] as const);
  chooseVersion(f, tiers.tiers, (index) => {
    const { name: own } = abi(callee, canThrow, versions[index]);
    const given = f.call(result, own, args);
    if (result === 'void') f.ret();
    else f.ret(result, given);
  });
  return chosen;
}

/** The parameters as the platform's convention for C has them. */
function parametersOf({ params, result }: CFunction, triple: string): AbiParameter[] {
  return [
    ...params.flatMap((param): AbiParameter[] => {
      const { name, kind } = param;
      if (kind !== 'scalar')
        return [
          { name, type: 'ptr' },
          { name: `${name}_length`, type: 'i64' },
        ];
      if (param.absent) return [{ name, type: 'ptr' }];
      const { type } = param;
      const attributes = extensionOf(triple, type);
      return [{ name, type: llvmType(type), ...(attributes && { attributes }) }];
    }),
    ...(result ? [{ name: 'result', type: 'ptr' }] : []),
    ...(result?.absent ? [{ name: 'has_result', type: 'ptr' }] : []),
    { name: 'error', type: 'ptr' },
  ];
}

function writeBody(job: CFunctionJob, version: Version, f: LlvmFunction): void {
  const { planned, callee, canThrow, facts } = job;
  f.origin = planned.exported.span?.file;
  openLibraries(f, callee, job.functions, job.libraries);
  const usesHeap =
    facts.usesHeap || [...planned.params, planned.result].some((one) => one?.kind === 'string');
  const ctx = makeContext(job, f, usesHeap);
  const end = (): void => {
    if (facts.makesViews) sweepViews(f, ctx);
    if (usesHeap) endHeap(f, heapOf(f, ctx));
  };
  // Nothing is allocated before all arrays are known to be some.
  const order = [...planned.params].sort((a, b) => Number(isText(a)) - Number(isText(b)));
  const received = new Map(
    order.map((param) => [
      param,
      receive(job, f, ctx, param, (text) => {
        const status = refuseWith(f, text, '%error');
        end();
        f.ret('i32', status);
      }),
    ]),
  );
  if (facts.comparesViews) unifyArrays(f, planned.params, received);
  const args = planned.params.flatMap((param) => received.get(param) ?? []);
  const { error, results } = callNative(f, callee, canThrow, ctx, args, version);
  if (error !== undefined) {
    f.condBr(error, 'thrown', 'returned');
    f.block('returned');
  }
  const { result } = planned;
  if (result) giveResult(f, result, results, end);
  end();
  f.ret('i32', '0');
  if (error === undefined) return;
  f.block('thrown');
  const status = failWith(f, ctx, '%error');
  end();
  f.ret('i32', status);
}

/** Makes arrays that are the same memory the same object, as one that is passed twice is in JavaScript. */
function unifyArrays(
  f: LlvmFunction,
  params: readonly CParameter[],
  received: Map<CParameter, string[]>,
): void {
  const arrays = params.filter(({ kind }) => kind === 'view');
  const ptr = f.module.spell('ptr');
  arrays.forEach((later, index) => {
    for (const earlier of arrays.slice(0, index)) {
      if (earlier.kind !== 'view' || later.kind !== 'view' || earlier.type !== later.type) continue;
      const same = [earlier, later].map(({ name }) => [`%${name}`, `%${name}_length`] as const);
      const [[data, length], [otherData, otherLength]] = same as [
        (typeof same)[0],
        (typeof same)[0],
      ];
      // What is NULL may be absent.
      const isSame = [
        `icmp eq ${ptr} ${data}, ${otherData}`,
        `icmp ne ${ptr} ${data}, null`,
        `icmp eq i64 ${length}, ${otherLength}`,
      ]
        .map((condition) => f.emit(condition))
        .reduce((both, one) => f.emit(`and i1 ${both}, ${one}`));
      const own = received.get(later) ?? [];
      const other = received.get(earlier)?.at(-1) ?? '';
      const one = f.emit(`select i1 ${isSame}, ${ptr} ${other}, ${ptr} ${own.at(-1) ?? ''}`);
      received.set(later, [...own.slice(0, -1), one]);
    }
  });
}

const isText = ({ kind }: CValue): boolean => kind === 'string';

const heapOf = (f: LlvmFunction, ctx: string): string => f.load('ptr', f.offset(ctx, context.heap));

/** Writes the context of the call; fields that no code can read are left as they are. */
function makeContext(
  { callee, functions, canThrow, facts, platform }: CFunctionJob,
  f: LlvmFunction,
  usesHeap: boolean,
): string {
  const ctx = f.alloca(`[${context.size} x i8]`, 'ctx');
  const set = (offset: number, type: string, operand: string): void =>
    f.store(type, operand, f.offset(ctx, offset));
  if (canThrow) set(context.errorSite, 'i32', '0');
  if (usesHeap) set(context.env, 'ptr', 'null');
  let checksStack = facts.isParallel;
  for (const { body } of reachedFrom(callee.name, functions))
    walkOps(body, ({ op }) => (checksStack ||= op === 'check.stack'));
  if (checksStack) set(context.stackLimit, 'ptr', stackLimitOfThread(f, platform));
  if (facts.isParallel) {
    set(context.depth, 'i32', '0');
    set(context.scope, 'ptr', 'null');
  }
  if (facts.asksEnd) {
    const ended = f.alloca('i8', 'ended');
    f.store('i8', '0', ended);
    set(context.ended, 'ptr', ended);
  }
  if (usesHeap) {
    const own = f.alloca(`[${heap.size} x i8]`, 'heap');
    clearBytes(f, own, String(heap.size));
    set(context.heap, 'ptr', own);
  }
  if (facts.makesViews) {
    set(context.views, 'ptr', 'null');
    set(context.lastingBuffers, 'i32', '0');
  }
  return ctx;
}

/**
 * Writes the check and conversion of an argument; gives the operands of the callee's parameters.
 * @param refuse writes the leaving with a TypeError of that text
 */
function receive(
  job: CFunctionJob,
  f: LlvmFunction,
  ctx: string,
  param: CParameter,
  refuse: (text: string) => void,
): string[] {
  const pointer = `%${param.name}`;
  if (param.kind === 'scalar' && !param.absent) return [pointer];
  const isReference = param.kind !== 'scalar';
  const llvm = isReference ? 'ptr' : llvmType(param.type);
  const [tag, slot] = [f.alloca('i8', 'tag'), f.alloca(llvm, 'argument')];
  const done = f.fresh('received');
  f.store('i8', String(Tag.value), tag);
  if (param.absent) {
    const [absent, present] = [f.fresh('absent'), f.fresh('present')];
    f.condBr(isNull(f, pointer), absent, present);
    f.block(absent);
    f.store('i8', String(Tag[param.absent]), tag);
    f.store(llvm, isReference ? 'null' : zero(param.type), slot);
    f.br(done);
    f.block(present);
  }
  f.store(llvm, receivePresent(job, f, ctx, param, refuse), slot);
  f.block(done);
  const value = f.load(llvm, slot);
  return param.absent ? [f.load('i8', tag), value] : [value];
}

function receivePresent(
  { planned, strings }: CFunctionJob,
  f: LlvmFunction,
  ctx: string,
  param: CParameter,
  refuse: (text: string) => void,
): string {
  const [pointer, length] = [`%${param.name}`, `%${param.name}_length`];
  const title = `${planned.exported.name}: parameter '${param.sourceName}' expected`;
  const need = (condition: string, text: string): void => {
    const [right, wrong] = [f.fresh('right'), f.fresh('wrong')];
    f.condBr(condition, right, wrong);
    f.block(wrong);
    refuse(`${title} ${text}`);
    f.block(right);
  };
  if (param.kind === 'scalar') {
    const stored = f.load(memoryType(param.type), pointer);
    return param.type === 'bool' ? f.emit(`icmp ne i8 ${stored}, 0`) : stored;
  }
  const expected = {
    view: param.kind === 'view' ? viewClass[param.type] : '',
    list: 'Array',
    string: 'string',
  }[param.kind];
  const isThere = f.emit(`xor i1 ${isNull(f, pointer)}, true`);
  const isEmpty = f.emit(`icmp eq i64 ${length}, 0`);
  need(f.emit(`or i1 ${isThere}, ${isEmpty}`), `${expected}, got NULL`);
  if (param.kind === 'view') {
    need(
      f.emit(`icmp ule i64 ${length}, ${mostElements}`),
      `${expected} of at most 2^33 elements, got a longer one`,
    );
    return viewOf(f, param.type, pointer, length);
  }
  if (param.kind === 'list') {
    need(
      f.emit(`icmp ult i64 ${length}, ${2 ** 32}`),
      `${expected} of less than 2^32 elements, got a longer one`,
    );
    return listOver(f, pointer, length);
  }
  const made = stringOf(f, heapOf(f, ctx), strings, pointer, length);
  need(f.emit(`xor i1 ${isNull(f, made)}, true`), `${expected}, got what is no UTF-8 or too long`);
  return made;
}

/** Writes the giving of the result where the caller wants it. @param end writes the end of a call that fails here */
function giveResult(
  f: LlvmFunction,
  result: CValue,
  results: readonly string[],
  end: () => void,
): void {
  const [give, given] = [f.fresh('give'), f.fresh('given')];
  const operand = results.at(-1) ?? '';
  f.condBr(isNull(f, '%result'), given, give);
  f.block(give);
  if (result.absent) {
    const isThere = f.emit(`icmp eq i8 ${results[0]}, ${Tag.value}`);
    const [tell, told, present] = [f.fresh('tell'), f.fresh('told'), f.fresh('present')];
    f.condBr(isNull(f, '%has_result'), told, tell);
    f.block(tell);
    f.store('i8', f.emit(`zext i1 ${isThere} to i8`), '%has_result');
    f.br(told);
    f.block(told);
    f.condBr(isThere, present, given);
    f.block(present);
  }
  if (result.kind === 'scalar')
    f.store(memoryType(result.type), toMemory(f, result.type, operand), '%result');
  else if (result.kind === 'view') giveView(f, operand);
  else if (result.kind === 'list') giveList(f, memoryBytes(result.type), operand, end);
  else giveString(f, operand, end);
  f.block(given);
}

/** Memory that native code has allocated becomes the caller's; of any other it is told where it lies. */
function giveView(f: LlvmFunction, operand: string): void {
  f.store('ptr', f.load('ptr', f.offset(operand, view.data)), '%result');
  f.store('i64', f.load('i64', f.offset(operand, view.length)), f.offset('%result', 8));
  const owner = f.load('ptr', f.offset(operand, view.buffer));
  const native = f.offset(owner, buffer.native);
  const isNative = f.emit(`icmp eq i32 ${f.load('i32', native)}, 1`);
  const memory = f.alloca('ptr');
  f.store('ptr', 'null', memory);
  const [own, other] = [f.fresh('own'), f.fresh('other')];
  f.condBr(isNative, own, other);
  f.block(own);
  f.store('i32', '0', native);
  f.store('ptr', f.load('ptr', f.offset(owner, buffer.data)), memory);
  f.block(other);
  f.store('ptr', f.load('ptr', memory), f.offset('%result', 16));
}

/** So many references that nothing of a call frees what has them. */
const lasting = 2n ** 40n;

/** Writes the making of a list over a caller's memory, which nobody changes; gives a reference to it. */
function listOver(f: LlvmFunction, data: string, length: string): string {
  const made = f.offset(f.alloca(`[${header.size + list.size} x i8]`, 'list'), header.size);
  f.store('i64', String(lasting), f.offset(made, header.references));
  f.store('i64', '0', f.offset(made, header.shape));
  f.store('ptr', data, f.offset(made, list.data));
  f.store('i64', length, f.offset(made, list.length));
  f.store('i64', length, f.offset(made, list.capacity));
  return made;
}

/** A copy of a list's elements is the caller's, as the list goes with the call. */
function giveList(f: LlvmFunction, size: number, operand: string, end: () => void): void {
  const length = f.load('i64', f.offset(operand, list.length));
  const bytes = f.emit(`mul i64 ${length}, ${size}`);
  const copy = callC(f, 'ptr', 'malloc', [['i64', f.emit(`add i64 ${bytes}, 1`)]]);
  refuseWithoutMemory(f, copy, end);
  copyBytes(f, copy, f.load('ptr', f.offset(operand, list.data)), bytes);
  f.store('ptr', copy, '%result');
  f.store('i64', length, f.offset('%result', 8));
  f.store('ptr', copy, f.offset('%result', 16));
}

function giveString(f: LlvmFunction, operand: string, end: () => void): void {
  const text = callExternal(
    f,
    'ptr',
    'tsn_library_text',
    ['ptr', 'i64', 'i64', 'ptr'],
    [operand, wideOf(f, operand), lengthOf(f, operand), f.offset('%result', 8)],
  );
  f.store('ptr', text, '%result');
  refuseWithoutMemory(f, text, end);
}

/** Writes the leaving with a RangeError where memory for a result is null. */
function refuseWithoutMemory(f: LlvmFunction, memory: string, end: () => void): void {
  const [got, noMemory] = [f.fresh('got'), f.fresh('noMemory')];
  f.condBr(isNull(f, memory), noMemory, got);
  f.block(noMemory);
  end();
  const outOfMemory = [String(rangeError), 'null', '%error'];
  f.ret('i32', callExternal(f, 'i32', 'tsn_library_fail', ['i32', 'ptr', 'ptr'], outOfMemory));
  f.block(got);
}

/** The index of RangeError in `errorClasses`. */
const rangeError = 1;
