/**
 * Typed arrays that objects keep from one call to the next (`ir/kept-views.ts`), as values of JavaScript that only stand for
 * memory: that may be elsewhere, or be gone, in the next call. So each call has a view of its own of each that it uses,
 * made when it is first used.
 */
import { callC, callHelper, inlined, isNull, outOfLine, type Helper } from '../helpers.ts';
import { releaseValue, retain } from '../heap/references.ts';
import { buffer, context, heap, jsValue, keptView, view, viewKinds } from '../layout.ts';
import type { LlvmFunction } from '../writer.ts';
import { clearException } from './allocate.ts';
import { ask } from './answer.ts';
import { strictEquals } from './identity.ts';
import { keepValue, keptValue } from './javascript-values.ts';
import { isOk, napi } from './napi.ts';
import { viewResult } from './results.ts';
import { fillView, type ViewDemands } from './views.ts';

export type KeptDemands = Omit<ViewDemands, 'exact'>;

/** Writes the beginning of a call that uses kept typed arrays. */
export function beginKept(f: LlvmFunction, ctx: string): void {
  const calls = f.offset(f.load('ptr', f.offset(ctx, context.heap)), heap.calls);
  const number = f.emit(`add i64 ${f.load('i64', calls)}, 1`);
  f.store('i64', number, calls);
  f.store('i64', number, f.offset(ctx, context.call));
}

/** Writes the end of such a call: its views are freed. */
export function endKept(f: LlvmFunction, ctx: string): void {
  callHelper(f, freeAll, [f.load('ptr', f.offset(ctx, context.heap)), ctx]);
}

/** Writes a loop over the views that the call has of kept typed arrays. */
export function forEachKept(f: LlvmFunction, ctx: string, use: (made: string) => void): void {
  forEachBlock(f, ctx, (block) => use(f.offset(block, keptView.view)));
}

function forEachBlock(f: LlvmFunction, ctx: string, use: (block: string) => void): void {
  const at = f.alloca('ptr', 'kept');
  const [again, some, done] = [f.fresh('again'), f.fresh('some'), f.fresh('none')];
  f.store('ptr', f.load('ptr', f.offset(ctx, context.kept)), at);
  f.block(again);
  const block = f.load('ptr', at);
  f.condBr(isNull(f, block), done, some);
  f.block(some);
  f.store('ptr', f.load('ptr', f.offset(block, keptView.next)), at);
  use(block);
  f.br(again);
  f.block(done);
}

const freeAll: Helper = {
  name: 'ts.kept.free',
  result: 'void',
  params: { heap: 'ptr', ctx: 'ptr' },
  attributes: outOfLine,
  write(f) {
    forEachBlock(f, '%ctx', (block) => {
      const value = f.load('ptr', f.offset(block, keptView.value));
      const [own, other, freed] = [f.fresh('own'), f.fresh('other'), f.fresh('freed')];
      const room = f.offset(value, jsValue.room);
      f.condBr(f.emit(`icmp eq ${f.module.spell('ptr')} ${block}, ${room}`), own, other);
      f.block(own);
      f.store('i64', '0', f.offset(value, jsValue.taken));
      f.br(freed);
      f.block(other);
      callC(f, 'void', 'free', [['ptr', block]]);
      f.br(freed);
      f.block(freed);
      releaseValue(f, '%heap', value);
    });
    f.ret();
  },
};

/** Writes the keeping of a view's typed array: a new reference to a `jsValue`. Null of null, and where there is no memory. */
export const keepView = (f: LlvmFunction, ctx: string, given: string): string =>
  callHelper(f, keep, [ctx, given]);

const keep: Helper = {
  name: 'ts.view.keep',
  result: 'ptr',
  params: { ctx: 'ptr', view: 'ptr' },
  attributes: outOfLine,
  write(f) {
    f.condBr(isNull(f, '%view'), 'none', 'some');
    f.block('some');
    const known = f.load('ptr', f.offset('%view', view.kept));
    f.condBr(isNull(f, known), 'new', 'known');
    f.block('known');
    retain(f, 'js', known);
    f.ret('ptr', known);

    f.block('new');
    const [env, data, own] = [context.env, context.data, context.heap].map((at) =>
      f.load('ptr', f.offset('%ctx', at)),
    ) as [string, string, string];
    const js = viewResult(f, env, data, '%view');
    f.condBr(isNull(f, js), 'refused', 'there');
    f.block('there');
    const made = keepValue(f, env, own, js, { export: -1, parameter: 0 });
    f.condBr(isNull(f, made), 'none', 'made');
    f.block('made');
    f.store('i64', '0', f.offset(made, jsValue.call));
    f.store('i64', '0', f.offset(made, jsValue.taken));
    f.ret('ptr', made);

    // The caller throws the error of its own site.
    f.block('refused');
    clearException(f, env);
    f.br('none');
    f.block('none');
    f.ret('ptr', 'null');
  },
};

/** Writes the getting of the call's view of a typed array that is kept. Null of null, and where its buffer is gone. */
export const viewOfKept = (
  f: LlvmFunction,
  ctx: string,
  value: string,
  demands: KeptDemands,
): string => callHelper(f, kept(demands), [ctx, value]);

const kept = (demands: KeptDemands): Helper => ({
  name: 'ts.view.kept',
  result: 'ptr',
  params: { ctx: 'ptr', value: 'ptr' },
  attributes: inlined,
  write(f) {
    f.condBr(isNull(f, '%value'), 'none', 'some');
    f.block('some');
    const last = f.load('i64', f.offset('%value', jsValue.call));
    const call = f.load('i64', f.offset('%ctx', context.call));
    f.condBr(f.emit(`icmp eq i64 ${last}, ${call}`), 'known', 'new');
    f.block('known');
    f.ret('ptr', f.load('ptr', f.offset('%value', jsValue.view)));
    f.block('new');
    f.ret('ptr', callHelper(f, look(demands), ['%ctx', '%value']));
    f.block('none');
    f.ret('ptr', 'null');
  },
});

/** Makes a call's view of a typed array that is kept. */
const look = (demands: KeptDemands): Helper => ({
  name: 'ts.view.look',
  result: 'ptr',
  params: { ctx: 'ptr', value: 'ptr' },
  attributes: outOfLine,
  write(f) {
    const env = f.load('ptr', f.offset('%ctx', context.env));
    const js = keptValue(f, env, '%value');
    const [type, length, data] = [f.alloca('i32'), f.alloca('i64'), f.alloca('ptr')];
    const arrayBuffer = demands.buffer ? f.alloca('ptr') : 'null';
    const byteOffset = demands.offset ? f.alloca('i64') : 'null';
    const asked = [length, data, arrayBuffer, byteOffset];
    f.store('i64', '0', length);
    const typedArray = napi(f, 'napi_get_typedarray_info', [env, js, type, ...asked]);
    f.condBr(isOk(f, typedArray), 'asked', 'dataView');
    f.block('dataView');
    f.store('i32', String(viewKinds.indexOf('dataview')), type);
    napi(f, 'napi_get_dataview_info', [env, js, ...asked]);
    f.br('asked');
    f.block('asked');
    // One whose buffer is detached, or has become too small for it, has no elements, as others may.
    const isEmpty = f.emit(`icmp eq i64 ${f.load('i64', length)}, 0`);
    f.condBr(isEmpty, 'empty', 'there');
    f.block('empty');
    const answer = ask(f, env, f.load('ptr', f.offset('%ctx', context.data)), 'reach', [
      { kind: 'i32', operand: f.load('i32', type) },
      { kind: 'value', operand: js },
    ]);
    f.condBr(isNull(f, answer), 'lost', 'there');
    f.block('lost');
    clearException(f, env);
    f.ret('ptr', 'null');

    f.block('there');
    const slot = f.alloca('ptr', 'block');
    const taken = f.offset('%value', jsValue.taken);
    f.condBr(f.emit(`icmp eq i64 ${f.load('i64', taken)}, 0`), 'free', 'taken');
    f.block('free');
    f.store('i64', '1', taken);
    f.store('ptr', f.offset('%value', jsValue.room), slot);
    f.br('got');
    f.block('taken');
    const other = callC(f, 'ptr', 'malloc', [['i64', String(keptView.size)]]);
    f.store('ptr', other, slot);
    f.condBr(isNull(f, other), 'noMemory', 'got');
    f.block('got');
    const block = f.load('ptr', slot);
    const made = f.offset(block, keptView.view);
    fillView(f, made, f.offset(made, view.size), {
      kind: f.load('i32', type),
      value: js,
      data: f.load('ptr', data),
      length: f.load('i64', length),
      byteOffset: demands.offset ? f.load('i64', byteOffset) : undefined,
      arrayBuffer: demands.buffer ? f.load('ptr', arrayBuffer) : undefined,
    });
    retain(f, 'js', '%value');
    f.store('ptr', '%value', f.offset(made, view.kept));
    f.store('ptr', '%value', f.offset(block, keptView.value));
    const newest = f.offset('%ctx', context.kept);
    f.store('ptr', f.load('ptr', newest), f.offset(block, keptView.next));
    f.store('ptr', block, newest);
    f.store('ptr', made, f.offset('%value', jsValue.view));
    const call = f.load('i64', f.offset('%ctx', context.call));
    f.store('i64', call, f.offset('%value', jsValue.call));
    f.ret('ptr', made);
    f.block('noMemory');
    f.ret('ptr', 'null');
  },
});

/** Writes whether two views, which may be null, are of one typed array: one that is kept may have several. */
export const sameTypedArray = (f: LlvmFunction, ctx: string, a: string, b: string): string =>
  callHelper(
    f,
    same(view.js, (one) => one),
    [ctx, a, b],
  );

/** Writes whether two views are of one ArrayBuffer. */
export const sameArrayBuffer = (f: LlvmFunction, ctx: string, a: string, b: string): string =>
  callHelper(
    f,
    same(buffer.js, (one, g) => g.load('ptr', g.offset(one, view.buffer))),
    [ctx, a, b],
  );

/** @param js the offset of what is to be compared in what `part` gives of a view */
const same = (js: number, part: (one: string, f: LlvmFunction) => string): Helper => ({
  name: `ts.view.same.${js}`,
  result: 'i1',
  params: { ctx: 'ptr', a: 'ptr', b: 'ptr' },
  attributes: outOfLine,
  write(f) {
    const ptr = f.module.spell('ptr');
    f.condBr(isNull(f, '%a'), 'equal', 'first');
    f.block('first');
    f.condBr(isNull(f, '%b'), 'no', 'both');
    f.block('both');
    // Others are one where they are of one object, and are compared on other threads, too, where JavaScript can't be asked.
    const [keptA, keptB] = ['%a', '%b'].map((one) => f.load('ptr', f.offset(one, view.kept)));
    const plain = f.emit(`and i1 ${isNull(f, keptA ?? '')}, ${isNull(f, keptB ?? '')}`);
    const [a, b] = [part('%a', f), part('%b', f)];
    f.condBr(plain, 'plain', 'some');
    f.block('plain');
    f.ret('i1', f.emit(`icmp eq ${ptr} ${a}, ${b}`));
    f.block('some');
    f.condBr(f.emit(`icmp eq ${ptr} ${a}, ${b}`), 'yes', 'apart');
    f.block('apart');
    // What native code made and JavaScript has no object of is nothing that came from there.
    const [own, other] = [a, b].map((one) => f.load('ptr', f.offset(one, js))) as [string, string];
    const none = f.emit(`or i1 ${isNull(f, own)}, ${isNull(f, other)}`);
    f.condBr(none, 'no', 'ask');
    f.block('ask');
    f.ret('i1', strictEquals(f, f.load('ptr', f.offset('%ctx', context.env)), own, other));
    f.block('equal');
    f.ret('i1', f.emit(`icmp eq ${ptr} %a, %b`));
    f.block('yes');
    f.ret('i1', 'true');
    f.block('no');
    f.ret('i1', 'false');
  },
});
