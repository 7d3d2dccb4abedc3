/** Typed arrays, Buffers and DataViews as native code sees them: structs on the wrapper's stack. */
import type { ViewKind } from '../../ir/types.ts';
import { buffer, immortal, view, viewKinds } from '../layout.ts';
import type { LlvmFunction } from '../writer.ts';
import { isFit, type Subject } from './answer.ts';
import { environment } from './environment.ts';
import { strictEquals } from './identity.ts';
import { helper, isOk, napi, napiValue } from './napi.ts';

/** A callback of Node-API being written. */
export interface Callback {
  readonly f: LlvmFunction;
  readonly env: string;
  readonly info: string;
  /** The environment's data, where the callback needs it on its fast path. */
  readonly data: string | undefined;
  /** The block that leaves the callback with an error pending. */
  readonly failed: string;
}

export interface ViewDemands {
  /** The class itself: an object of a subclass may have other methods. */
  readonly exact: boolean;
  /** `buffer.js` is set, so that buffers can be compared. */
  readonly buffer: boolean;
  /** `view.byteOffset` is set, and what of the buffer follows from it; to ask for it takes time. */
  readonly offset: boolean;
}

/** What a view of the JavaScript object `value` looks like, in slots that Node-API filled. */
export interface Info {
  readonly data: string;
  readonly length: string;
  readonly byteOffset: string | undefined;
  readonly arrayBuffer: string | undefined;
}

/**
 * Writes the reception of a view: goes to `wrong` for a value of another class, and to
 * `failed` for a view that isn't fit for use. Returns a pointer to its struct, which lives as
 * long as the callback.
 */
export function receiveView(
  callback: Callback,
  kind: ViewKind,
  value: string,
  subject: Subject,
  demands: ViewDemands,
  wrong: string,
): string {
  const { f, env, info, failed } = callback;
  const received =
    kind === 'dataview'
      ? receiveDataView(callback, value, demands, wrong)
      : receiveTypedArray(callback, kind, value, demands, wrong);

  const [suspect, fit] = [f.fresh('suspect'), f.fresh('fit')];
  // A view that is detached or out of its buffer's bounds has the length 0.
  const some = f.emit(`icmp ne i64 ${received.length}, 0`);
  const plain =
    demands.exact || kind === 'buffer'
      ? f.emit(`and i1 ${some}, ${hasPrototype(callback, value, kind)}`)
      : some;
  f.condBr(plain, fit, suspect);
  f.block(suspect);
  f.condBr(isFit(f, env, info, subject, value), fit, failed);
  f.block(fit);
  return fillStructs(f, kind, value, received);
}

function receiveTypedArray(
  { f, env }: Callback,
  kind: ViewKind,
  value: string,
  demands: ViewDemands,
  wrong: string,
): Info {
  const type = f.alloca('i32');
  const [length, data, byteOffset] = [f.alloca('i64'), f.alloca('ptr'), offsetSlot(f, demands)];
  const arrayBuffer = demands.buffer ? f.alloca('ptr') : 'null';
  // Node-API leaves the type alone for classes that it doesn't know yet.
  f.store('i32', '-1', type);
  const [isArray, isKind] = [f.fresh('isArray'), f.fresh('isKind')];
  const args = [env, value, type, length, data, arrayBuffer, byteOffset];
  f.condBr(isOk(f, napi(f, 'napi_get_typedarray_info', args)), isArray, wrong);
  f.block(isArray);
  const expected = typedArrayType(kind === 'buffer' ? 'u8' : kind);
  f.condBr(f.emit(`icmp eq i32 ${f.load('i32', type)}, ${expected}`), isKind, wrong);
  f.block(isKind);
  return loadInfo(f, data, length, byteOffset, demands.buffer ? arrayBuffer : undefined);
}

function receiveDataView(
  { f, env }: Callback,
  value: string,
  demands: ViewDemands,
  wrong: string,
): Info {
  const [length, data, byteOffset] = [f.alloca('i64'), f.alloca('ptr'), offsetSlot(f, demands)];
  const arrayBuffer = demands.buffer ? f.alloca('ptr') : 'null';
  const isKind = f.fresh('isDataView');
  const args = [env, value, length, data, arrayBuffer, byteOffset];
  f.condBr(isOk(f, napi(f, 'napi_get_dataview_info', args)), isKind, wrong);
  f.block(isKind);
  return loadInfo(f, data, length, byteOffset, demands.buffer ? arrayBuffer : undefined);
}

const offsetSlot = (f: LlvmFunction, { offset }: ViewDemands): string =>
  offset ? f.alloca('i64') : 'null';

function loadInfo(
  f: LlvmFunction,
  data: string,
  length: string,
  byteOffset: string,
  arrayBuffer: string | undefined,
): Info {
  return {
    data: f.load('ptr', data),
    length: f.load('i64', length),
    byteOffset: byteOffset === 'null' ? undefined : f.load('i64', byteOffset),
    arrayBuffer: arrayBuffer === undefined ? undefined : f.load('ptr', arrayBuffer),
  };
}

/** `napi_typedarray_type` numbers the classes as `viewKinds` does. */
export const typedArrayType = (kind: ViewKind): number => viewKinds.indexOf(kind);

/** A bit for each of some kinds of views. */
export const kindBits = (kinds: ReadonlySet<ViewKind>): number =>
  viewKinds.reduce((bits, kind, index) => bits | (kinds.has(kind) ? 1 << index : 0), 0);

/** Writes the test whether an object is directly of a kind's class, not of a subclass. */
function hasPrototype({ f, env, data }: Callback, value: string, kind: ViewKind): string {
  if (data === undefined) throw new Error('exact classes are known from the environment');
  const name = helper(
    f,
    'ts.napi.hasPrototype',
    'i1',
    [
      ['env', 'ptr'],
      ['reference', 'ptr'],
      ['value', 'ptr'],
    ],
    (g) => {
      const expected = napiValue(g, 'napi_get_reference_value', ['%env', '%reference']);
      const actual = napiValue(g, 'napi_get_prototype', ['%env', '%value']);
      g.ret('i1', strictEquals(g, '%env', expected, actual));
    },
  );
  const prototype = f.offset(data, environment.prototypes + 8 * viewKinds.indexOf(kind));
  return f.call('i1', name, [
    ['ptr', env],
    ['ptr', f.load('ptr', prototype)],
    ['ptr', value],
  ]);
}

/** The structs are apart from each other and from what else the frame holds, so LLVM can take them to pieces. */
function fillStructs(f: LlvmFunction, kind: ViewKind, value: string, info: Info): string {
  const made = f.alloca(`[${view.size} x i8]`, 'view');
  const madeBuffer = f.alloca(`[${buffer.size} x i8]`, 'buffer');
  fillView(f, made, madeBuffer, { ...info, value, kind: String(viewKinds.indexOf(kind)) });
  return made;
}

/** A view of nothing. */
export const emptyView = (f: LlvmFunction, kind: ViewKind): string =>
  fillStructs(f, kind, 'null', { data: 'null', length: '0', byteOffset: '0', arrayBuffer: 'null' });

/** Writes what there is to know of a view of JavaScript into its structs. */
export function fillView(
  f: LlvmFunction,
  made: string,
  madeBuffer: string,
  {
    kind,
    value,
    data,
    length,
    byteOffset,
    arrayBuffer,
  }: Info & { readonly kind: string; readonly value: string },
): void {
  const set = (struct: string, offset: number, type: string, operand: string): void =>
    f.store(type, operand, f.offset(struct, offset));
  set(made, view.data, 'ptr', data);
  set(made, view.length, 'i64', length);
  set(made, view.references, 'i64', String(immortal));
  set(made, view.buffer, 'ptr', madeBuffer);
  set(made, view.js, 'ptr', value);
  set(made, view.kind, 'i32', kind);
  set(made, view.number, 'i32', '0');
  set(made, view.kept, 'ptr', 'null');
  if (byteOffset !== undefined) set(made, view.byteOffset, 'i64', byteOffset);
  set(madeBuffer, buffer.references, 'i64', String(immortal));
  set(madeBuffer, buffer.js, 'ptr', arrayBuffer ?? 'null');
  set(madeBuffer, buffer.native, 'i32', '0');
  set(madeBuffer, buffer.view, 'ptr', value);
}

/**
 * Writes what stays of a view's structs behind the call: where its elements are, and how many. They have no
 * JavaScript objects, and don't know where in its buffer the view lies.
 * @param structs room for both, all zero at first
 */
export function keepView(f: LlvmFunction, made: string, structs: string): void {
  for (const [offset, type] of [
    [view.data, 'ptr'],
    [view.length, 'i64'],
    [view.kind, 'i32'],
  ] as const)
    f.store(type, f.load(type, f.offset(made, offset)), f.offset(structs, offset));
  const keptBuffer = f.offset(structs, view.size);
  f.store('i64', String(immortal), f.offset(structs, view.references));
  f.store('ptr', keptBuffer, f.offset(structs, view.buffer));
  f.store('i64', String(immortal), f.offset(keptBuffer, buffer.references));
}
