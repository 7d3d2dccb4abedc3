/**
 * Functions of JavaScript as native code calls them (`IrFunction.foreign`): arguments are converted, and the
 * result is, which may turn out to be of a wrong type. What is thrown is recorded in the context, as other errors are.
 *
 * JavaScript may do anything meanwhile. What native code relies on is looked at afterwards: that typed arrays are
 * where they were, and that objects it has copies of are as they were (`IrExport.guarded`).
 */
import type { Foreign, IrFunction } from '../../ir/types.ts';
import { isScalar, isView, Tag, type BoundaryType, isOptional } from '../../ir/types.ts';
import type { Site } from '../../../runtime/messages.ts';
import { abi, returnMembers } from '../abi.ts';
import type { ModuleEmission } from '../emission.ts';
import { siteWord, wordOf } from '../heap/errors.ts';
import { releaseValue } from '../heap/references.ts';
import { callHelper, isNull, outOfLine, type Helper } from '../helpers.ts';
import { buffer, context, immortal, jsValue, view, viewKinds } from '../layout.ts';
import { forEachMade } from '../memory.ts';
import type { Sites } from '../sites.ts';
import { llvmType, zero } from '../types.ts';
import type { LlvmFunction } from '../writer.ts';
import { ask } from './answer.ts';
import { receiveString } from './error-message.ts';
import { forEachKept } from './kept-views.ts';
import { keepException, keptValue } from './javascript-values.ts';
import { forEachGiven } from './inside-views.ts';
import { autoLength, askAbsence, isOk, napi, napiValue } from './napi.ts';
import { makeResult } from './results.ts';
import { receiveScalar } from './scalars.ts';

/** Adds the definition of a function of JavaScript to the module. */
export function emitForeign(module: ModuleEmission, fn: IrFunction, foreign: Foreign): void {
  const { llvm, version } = module;
  const { name, result, params } = abi(fn, true, version);
  const f = llvm.define(name, result, params, 'internal', `nounwind noinline${version.attributes}`);
  const load = (offset: number): string => f.load('ptr', f.offset('%ctx', offset));
  const [env, data, heap] = [load(context.env), load(context.data), load(context.heap)];
  const scope = f.alloca('ptr', 'scope');
  const args = f.alloca('ptr', 'args', Math.max(1, foreign.params.length));
  const names = params.slice(2).map((param) => `%${param.name}`);
  const passed = foreign.params.map((param) => names.splice(0, isOptional(param) ? 2 : 1));
  const make = (isWanted: (param: BoundaryType) => boolean): void =>
    foreign.params.forEach((param, index) => {
      if (!isWanted(param)) return;
      const made = argument(f, env, data, param, passed[index] ?? []);
      f.store('ptr', made, f.gep('ptr', args, String(index)));
    });
  // A view's object is its own until the call from JavaScript ends, the others are only needed here.
  make(({ type }) => isView(type));
  napi(f, 'napi_open_handle_scope', [env, scope]);
  make(({ type }) => !isView(type));
  const returned = f.alloca('ptr', 'returned');
  const count = String(foreign.params.length);
  const failed = callHelper(f, callForeign(module.sites), ['%ctx', '%a0', count, args, returned]);
  f.condBr(failed, 'thrown', 'returned');

  f.block('returned');
  const received = foreign.result
    ? receive(module, f, foreign.result, { env, data, heap, value: f.load('ptr', returned) })
    : [];
  napi(f, 'napi_close_handle_scope', [env, f.load('ptr', scope)]);
  returnMembers(f, result, fn, true, ['false', ...received]);

  f.block('thrown');
  napi(f, 'napi_close_handle_scope', [env, f.load('ptr', scope)]);
  returnMembers(f, result, fn, true, ['true', ...fn.results.map(zero)]);
}

/** Writes the making of the JavaScript value of an argument, `undefined` included. */
function argument(
  f: LlvmFunction,
  env: string,
  data: string,
  param: BoundaryType,
  passed: readonly string[],
): string {
  const made = makeResult(f, env, data, param, passed);
  if (!param.undefined) return made;
  const absent = napiValue(f, 'napi_get_undefined', [env]);
  const ptr = f.module.spell('ptr');
  return f.emit(`select i1 ${isNull(f, made)}, ${ptr} ${absent}, ${ptr} ${made}`);
}

interface Returned {
  readonly env: string;
  readonly data: string;
  readonly heap: string;
  readonly value: string;
}

/** Writes the conversion of what JavaScript gave; gives the operands of the function's results. */
function receive(
  module: ModuleEmission,
  f: LlvmFunction,
  type: BoundaryType,
  { env, data, heap, value }: Returned,
): string[] {
  const llvm = llvmType(type.type);
  const [tag, slot] = [f.alloca('i8', 'tag'), f.alloca(llvm, 'result')];
  const receiveAbsent = askAbsence(f, env, type, value);
  const [received, wrong] = [f.fresh('received'), f.fresh('wrong')];
  const operand = isScalar(type.type)
    ? receiveScalar(f, env, type.type, value, wrong)
    : receiveText(module, f, { env, data, heap, value }, wrong);
  f.store('i8', String(Tag.value), tag);
  f.store(llvm, operand, slot);
  f.br(received);
  receiveAbsent(received, (absent) => {
    f.store('i8', absent, tag);
    f.store(llvm, zero(type.type), slot);
  });
  f.block(wrong);
  const own = (offset: number): string => f.load('i32', f.offset('%a0', offset));
  const text = napiValue(f, 'napi_create_string_utf8', [
    env,
    f.module.string(type.type),
    autoLength,
  ]);
  ask(f, env, data, 'mistaken', [
    { kind: 'i32', operand: own(jsValue.export) },
    { kind: 'i32', operand: own(jsValue.parameter) },
    { kind: 'value', operand: text },
    { kind: 'i32', operand: String((type.undefined ? 1 : 0) + (type.null ? 2 : 0)) },
    { kind: 'value', operand: value },
  ]);
  callHelper(f, recordException(module.sites), ['%ctx', String(siteWord.check)]);
  f.br('thrown');
  f.block(received);
  const result = f.load(llvm, slot);
  return isOptional(type) ? [f.load('i8', tag), result] : [result];
}

/** Writes the conversion of a string; goes to `wrong` for what is none. */
function receiveText(
  { strings, sites }: ModuleEmission,
  f: LlvmFunction,
  { env, heap, value }: Returned,
  wrong: string,
): string {
  const text = receiveString(f, env, heap, strings, value, wrong);
  const [failed, got] = [f.fresh('noMemory'), f.fresh('text')];
  f.condBr(isNull(f, text), failed, got);
  f.block(failed);
  recordSite(f, sites, { kind: 'heap' });
  f.br('thrown');
  f.block(got);
  return text;
}

function recordSite(f: LlvmFunction, sites: Sites, site: Site): void {
  const word = wordOf(site, sites.indexOf(site));
  f.store('i32', String(word), f.offset('%ctx', context.errorSite));
}

/** Calls a function; gives whether an error is recorded in the context then. */
const callForeign = (sites: Sites): Helper => ({
  name: 'ts.js.call',
  result: 'i1',
  params: { ctx: 'ptr', fn: 'ptr', count: 'i64', args: 'ptr', result: 'ptr' },
  attributes: outOfLine,
  write(f) {
    const env = f.load('ptr', f.offset('%ctx', context.env));
    const undefinedValue = napiValue(f, 'napi_get_undefined', [env]);
    const callee = keptValue(f, env, '%fn');
    const call = (fn: string, count: string, args: string, result: string): string =>
      isOk(f, napi(f, 'napi_call_function', [env, undefinedValue, fn, count, args, result]));
    const failed = f.alloca('i8', 'failed');
    f.store('i8', '0', failed);
    f.condBr(call(callee, '%count', '%args', '%result'), 'called', 'threw');
    f.block('threw');
    f.store('i8', '1', failed);
    callHelper(f, recordException(sites), ['%ctx', '0']);
    f.br('called');

    // What was thrown matters no more where native code can't go on.
    f.block('called');
    f.condBr(callHelper(f, viewsAreSame, ['%ctx']), 'views', 'moved');
    f.block('moved');
    callHelper(f, forgetError, ['%ctx', f.load('i8', failed)]);
    recordSite(f, sites, { kind: 'detached' });
    f.ret('i1', 'true');
    f.block('views');
    const guard = f.load('ptr', f.offset('%ctx', context.guard));
    f.condBr(isNull(f, guard), 'done', 'guarded');
    f.block('guarded');
    f.condBr(call(guard, '0', 'null', f.alloca('ptr')), 'done', 'changed');
    f.block('changed');
    callHelper(f, forgetError, ['%ctx', f.load('i8', failed)]);
    callHelper(f, recordException(sites), ['%ctx', String(siteWord.check)]);
    f.ret('i1', 'true');
    f.block('done');
    f.ret('i1', f.emit(`icmp ne i8 ${f.load('i8', failed)}, 0`));
  },
});

/** Records what JavaScript has thrown; `bits` are those of `siteWord` that it has besides. */
const recordException = (sites: Sites): Helper => ({
  name: 'ts.js.record',
  result: 'void',
  params: { ctx: 'ptr', bits: 'i32' },
  attributes: outOfLine,
  write(f) {
    const [env, heap] = [context.env, context.heap].map((at) =>
      f.load('ptr', f.offset('%ctx', at)),
    );
    const kept = keepException(f, env ?? '', heap ?? '');
    f.condBr(isNull(f, kept), 'none', 'kept');
    f.block('kept');
    const word = f.emit(`or i32 %bits, ${siteWord.thrown}`);
    f.store('i32', word, f.offset('%ctx', context.errorSite));
    const address = f.emit(`ptrtoint ${f.module.spell('ptr')} ${kept} to i64`);
    f.store('i64', address, f.offset('%ctx', context.errorValues));
    f.ret();
    // JavaScript can't run any more: its thread is being ended.
    f.block('none');
    recordSite(f, sites, { kind: 'ended' });
    f.ret();
  },
});

/** Drops what a call has thrown, if it has. */
const forgetError: Helper = {
  name: 'ts.js.forget',
  result: 'void',
  params: { ctx: 'ptr', failed: 'i8' },
  attributes: outOfLine,
  write(f) {
    const word = f.load('i32', f.offset('%ctx', context.errorSite));
    const held = f.emit(`icmp ne i32 ${f.emit(`and i32 ${word}, ${siteWord.thrown}`)}, 0`);
    f.condBr(f.emit(`icmp ne i8 %failed, 0`), 'threw', 'done');
    f.block('threw');
    f.condBr(held, 'held', 'done');
    f.block('held');
    const address = f.load('i64', f.offset('%ctx', context.errorValues));
    const value = f.emit(`inttoptr i64 ${address} to ${f.module.spell('ptr')}`);
    releaseValue(f, f.load('ptr', f.offset('%ctx', context.heap)), value);
    f.br('done');
    f.block('done');
    f.ret();
  },
};

/**
 * Whether the views that came from JavaScript are where they were, with the length they had, and so the memory of those
 * that native code made, which JavaScript may have got.
 */
const viewsAreSame: Helper = {
  name: 'ts.js.views',
  result: 'i1',
  params: { ctx: 'ptr' },
  attributes: outOfLine,
  write(f) {
    const env = f.load('ptr', f.offset('%ctx', context.env));
    const same = (one: string): void => {
      const next = f.fresh('same');
      f.condBr(callHelper(f, viewIsSame, [env, one]), next, 'other');
      f.block(next);
    };
    const all = f.load('ptr', f.offset('%ctx', context.received));
    const count = f.load('i64', f.offset('%ctx', context.receivedCount));
    const at = f.alloca('i64');
    f.store('i64', '0', at);
    f.block('next');
    const index = f.load('i64', at);
    f.condBr(f.emit(`icmp ult i64 ${index}, ${count}`), 'some', 'passed');
    f.block('some');
    f.store('i64', f.emit(`add i64 ${index}, 1`), at);
    const one = f.load('ptr', f.gep('ptr', all, index));
    f.condBr(isNull(f, one), 'next', 'there');
    f.block('there');
    same(one);
    f.br('next');
    f.block('passed');
    const inside = f.load('ptr', f.offset('%ctx', context.inside));
    f.condBr(isNull(f, inside), 'all', 'inside');
    f.block('inside');
    forEachGiven(f, inside, same);
    f.br('all');
    f.block('all');
    forEachKept(f, '%ctx', same);
    forEachMade(f, '%ctx', (made) => {
      const fine = f.fresh('same');
      f.condBr(
        callHelper(f, memoryIsSame, [env, f.load('ptr', f.offset(made, view.buffer))]),
        fine,
        'other',
      );
      f.block(fine);
    });
    f.ret('i1', 'true');
    f.block('other');
    f.ret('i1', 'false');
  },
};

const viewIsSame: Helper = {
  name: 'ts.js.view',
  result: 'i1',
  params: { env: 'ptr', view: 'ptr' },
  attributes: outOfLine,
  write(f) {
    const [data, length] = [f.alloca('ptr'), f.alloca('i64')];
    const js = f.load('ptr', f.offset('%view', view.js));
    f.store('ptr', 'null', data);
    f.store('i64', '-1', length);
    const kind = f.load('i32', f.offset('%view', view.kind));
    const isData = f.emit(`icmp eq i32 ${kind}, ${viewKinds.indexOf('dataview')}`);
    f.condBr(isData, 'dataView', 'typedArray');
    f.block('dataView');
    napi(f, 'napi_get_dataview_info', ['%env', js, length, data, 'null', 'null']);
    f.br('asked');
    f.block('typedArray');
    napi(f, 'napi_get_typedarray_info', ['%env', js, 'null', length, data, 'null', 'null']);
    f.br('asked');
    f.block('asked');
    const same = (offset: number, type: 'ptr' | 'i64', now: string): string =>
      f.emit(
        `icmp eq ${f.module.spell(type)} ${f.load(type, f.offset('%view', offset))}, ${f.load(type, now)}`,
      );
    const isThere = same(view.data, 'ptr', data);
    f.ret('i1', f.emit(`and i1 ${isThere}, ${same(view.length, 'i64', length)}`));
  },
};

/** Whether the memory of a buffer that native code made, and that JavaScript has an object of, is where it was. */
const memoryIsSame: Helper = {
  name: 'ts.js.memory',
  result: 'i1',
  params: { env: 'ptr', buffer: 'ptr' },
  attributes: outOfLine,
  write(f) {
    const load = (offset: number, type: 'ptr' | 'i64'): string =>
      f.load(type, f.offset('%buffer', offset));
    // Those of views that came from JavaScript are looked at with these.
    const isOwn = f.emit(`icmp ne i64 ${load(buffer.references, 'i64')}, ${immortal}`);
    f.condBr(isOwn, 'own', 'same');
    f.block('own');
    const js = load(buffer.js, 'ptr');
    f.condBr(isNull(f, js), 'same', 'known');
    f.block('known');
    const [data, length] = [f.alloca('ptr'), f.alloca('i64')];
    f.store('ptr', 'null', data);
    f.store('i64', '-1', length);
    napi(f, 'napi_get_arraybuffer_info', ['%env', js, data, length]);
    f.ret('i1', f.emit(`icmp eq i64 ${f.load('i64', length)}, ${load(buffer.byteLength, 'i64')}`));
    f.block('same');
    f.ret('i1', 'true');
  },
};
