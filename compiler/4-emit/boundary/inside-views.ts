/**
 * Typed arrays inside of objects. JavaScript passes an array of them behind the arguments (`IrExport.views`), in which
 * each has a number; the wire has these in their place. Those that native code gives back, which it numbers in turn,
 * are added to that array when the call ends, also by an error.
 */
import { callC, callHelper, forEachIndex, outOfLine, type Helper } from '../helpers.ts';
import { context, givenSize, inside, view, viewKinds } from '../layout.ts';
import { appendPointer } from '../heap/pointer-list.ts';
import { retainView } from '../memory.ts';
import type { LlvmFunction } from '../writer.ts';
import { unifyBuffers, unifyViews } from './identity.ts';
import { isNull, isOk, napi } from './napi.ts';
import { viewResult } from './results.ts';
import { fillView, type ViewDemands } from './views.ts';

/** Writes the reception of the array, into a new `inside`; goes to `failed` with an error pending. */
export function receiveInside(
  f: LlvmFunction,
  env: string,
  array: string,
  failed: string,
  demands: Omit<ViewDemands, 'exact'>,
): string {
  const received = f.alloca(`[${inside.size} x i8]`, 'inside');
  const done = f.fresh('inside');
  f.condBr(callHelper(f, receiveAll(demands), [env, array, received]), done, failed);
  f.block(done);
  return received;
}

/** Writes the giving back of what was numbered: it is added to the array. */
export function giveInside(
  f: LlvmFunction,
  env: string,
  data: string,
  array: string,
  all: string,
): void {
  callHelper(f, giveAll, [env, data, array, all]);
}

/** Writes the freeing of what `receiveInside` and `view.number` have allocated; the views themselves are freed as others are. */
export function freeInside(f: LlvmFunction, all: string): void {
  for (const offset of [inside.given, inside.made])
    callC(f, 'void', 'free', [['ptr', f.load('ptr', f.offset(all, offset))]]);
}

/** Writes the finding of the view with a number, of those that were passed. */
export function givenView(f: LlvmFunction, ctx: string, number: string): string {
  const given = f.load('ptr', f.offset(f.load('ptr', f.offset(ctx, context.inside)), inside.given));
  return f.gep('i8', given, f.emit(`mul i64 ${number}, ${givenSize}`));
}

/** Runs `use` for each view that was passed. */
export function forEachGiven(f: LlvmFunction, all: string, use: (given: string) => void): void {
  const count = f.load('i64', f.offset(all, inside.givenCount));
  const first = f.load('ptr', f.offset(all, inside.given));
  forEachIndex(f, count, (index) =>
    use(f.gep('i8', first, f.emit(`mul i64 ${index}, ${givenSize}`))),
  );
}

interface Comparisons {
  readonly comparesViews: boolean;
  readonly comparesBuffers: boolean;
}

/** Makes views of one object one, and buffers, where native code compares them: of what `slot` points to, and those inside of objects. */
export function unifyInside(
  f: LlvmFunction,
  env: string,
  slot: string,
  all: string,
  { comparesViews, comparesBuffers }: Comparisons,
): void {
  const given = f.alloca('ptr', 'given');
  forEachGiven(f, all, (one) => {
    f.store('ptr', one, given);
    if (comparesViews) unifyViews(f, env, slot, given);
    if (comparesBuffers) unifyBuffers(f, env, slot, given);
  });
}

/** The same for the buffers of all inside of objects. */
export function unifyBuffersInside(f: LlvmFunction, env: string, all: string): void {
  const slot = f.alloca('ptr', 'view');
  forEachGiven(f, all, (one) => {
    f.store('ptr', one, slot);
    unifyInside(f, env, slot, all, { comparesViews: false, comparesBuffers: true });
  });
}

/** Gives false with an error pending. What JavaScript passes has been looked at: here it must only be some view. */
const receiveAll = (demands: Omit<ViewDemands, 'exact'>): Helper => ({
  name: `ts.views.inside${demands.offset ? '.offset' : ''}${demands.buffer ? '.buffer' : ''}`,
  result: 'i1',
  params: { env: 'ptr', array: 'ptr', all: 'ptr' },
  attributes: outOfLine,
  write(f) {
    const slot = f.alloca('i32', 'count');
    f.store('i32', '0', slot);
    napi(f, 'napi_get_array_length', ['%env', '%array', slot]);
    const count = f.emit(`zext i32 ${f.load('i32', slot)} to i64`);
    // calloc(0) may return null, which is no failure.
    const one = f.emit(`add i64 ${count}, 1`);
    const given = callC(f, 'ptr', 'calloc', [
      ['i64', one],
      ['i64', String(givenSize)],
    ]);
    f.store('ptr', given, f.offset('%all', inside.given));
    f.store('i64', count, f.offset('%all', inside.givenCount));
    f.store('ptr', 'null', f.offset('%all', inside.made));
    f.store('i64', '0', f.offset('%all', inside.madeCount));
    f.store('i64', '0', f.offset('%all', inside.madeRoom));
    f.condBr(isNull(f, given), 'noMemory', 'room');
    f.block('room');
    const element = f.alloca('ptr', 'element');
    const [type, length, data] = [f.alloca('i32'), f.alloca('i64'), f.alloca('ptr')];
    const arrayBuffer = demands.buffer ? f.alloca('ptr') : 'null';
    const byteOffset = demands.offset ? f.alloca('i64') : 'null';
    const asked = [length, data, arrayBuffer, byteOffset];
    forEachIndex(f, count, (index) => {
      napi(f, 'napi_get_element', ['%env', '%array', f.emit(`trunc i64 ${index} to i32`), element]);
      const value = f.load('ptr', element);
      const [other, known] = [f.fresh('other'), f.fresh('known')];
      const typedArray = napi(f, 'napi_get_typedarray_info', ['%env', value, type, ...asked]);
      f.condBr(isOk(f, typedArray), known, other);
      f.block(other);
      f.store('i32', String(viewKinds.indexOf('dataview')), type);
      const dataView = napi(f, 'napi_get_dataview_info', ['%env', value, ...asked]);
      f.condBr(isOk(f, dataView), known, 'wrong');
      f.block(known);
      const made = f.gep('i8', given, f.emit(`mul i64 ${index}, ${givenSize}`));
      fillView(f, made, f.offset(made, view.size), {
        kind: f.load('i32', type),
        value,
        data: f.load('ptr', data),
        length: f.load('i64', length),
        byteOffset: demands.offset ? f.load('i64', byteOffset) : undefined,
        arrayBuffer: demands.buffer ? f.load('ptr', arrayBuffer) : undefined,
      });
      f.store(
        'i32',
        f.emit(`add i32 ${f.emit(`trunc i64 ${index} to i32`)}, 1`),
        f.offset(made, view.number),
      );
    });
    f.ret('i1', 'true');
    f.block('wrong');
    callC(f, 'void', 'free', [['ptr', given]]);
    napi(f, 'napi_throw_error', [
      '%env',
      'null',
      f.module.string('a typed array is none any more'),
    ]);
    f.ret('i1', 'false');
    f.block('noMemory');
    napi(f, 'napi_throw_error', ['%env', 'null', f.module.string('Out of memory')]);
    f.ret('i1', 'false');
  },
});

/** Adds the views that native code has numbered to the array, as far as there is memory for them. */
const giveAll: Helper = {
  name: 'ts.views.give',
  result: 'void',
  params: { env: 'ptr', data: 'ptr', array: 'ptr', all: 'ptr' },
  attributes: outOfLine,
  write(f) {
    const given = f.load('i64', f.offset('%all', inside.givenCount));
    const made = f.load('ptr', f.offset('%all', inside.made));
    forEachIndex(f, f.load('i64', f.offset('%all', inside.madeCount)), (index) => {
      const value = viewResult(f, '%env', '%data', f.load('ptr', f.gep('ptr', made, index)));
      const number = f.emit(`trunc i64 ${f.emit(`add i64 ${given}, ${index}`)} to i32`);
      const [failed, got] = [f.fresh('failed'), f.fresh('got')];
      f.condBr(isNull(f, value), failed, got);
      f.block(failed);
      // The error is pending.
      f.ret();
      f.block(got);
      napi(f, 'napi_set_element', ['%env', '%array', number, value]);
    });
    f.ret();
  },
};

/** Gives the number of a view, which gets one if it has none; −1 where there is no memory. */
export const numberView: Helper = {
  name: 'ts.view.number',
  result: 'i64',
  params: { ctx: 'ptr', view: 'ptr' },
  attributes: outOfLine,
  write(f) {
    const numberAt = f.offset('%view', view.number);
    const known = f.load('i32', numberAt);
    f.condBr(f.emit(`icmp eq i32 ${known}, 0`), 'new', 'known');
    f.block('known');
    f.ret('i64', f.emit(`sub i64 ${f.emit(`zext i32 ${known} to i64`)}, 1`));
    f.block('new');
    const all = f.load('ptr', f.offset('%ctx', context.inside));
    const list = { items: inside.made, count: inside.madeCount, room: inside.madeRoom };
    const count = f.load('i64', f.offset(all, inside.madeCount));
    appendPointer(f, all, list, 8, '%view', () => f.ret('i64', '-1'));
    retainView(f, '%view');
    const number = f.emit(`add i64 ${f.load('i64', f.offset(all, inside.givenCount))}, ${count}`);
    f.store('i32', f.emit(`trunc i64 ${f.emit(`add i64 ${number}, 1`)} to i32`), numberAt);
    f.ret('i64', number);
  },
};
