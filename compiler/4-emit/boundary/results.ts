/** Results of native functions as JavaScript values. */
import {
  isView,
  plainType,
  Tag,
  type BoundaryType,
  type IrExport,
  type IrType,
} from '../../ir/types.ts';
import { buffer, view } from '../layout.ts';
import type { LlvmFunction } from '../writer.ts';
import { ask } from './answer.ts';
import { allocateArrayBuffer } from './allocate.ts';
import { toJavaScriptString } from './error-message.ts';
import { callExternal, helper, isNull, isOk, napi, napiValue } from './napi.ts';
import { makeScalar } from './scalars.ts';
import { typedArrayType } from './views.ts';

/**
 * Writes the conversion of all that a function gives and returns the napi_value: of its result or, where there
 * is more, of an array of that and the others, in which what is `undefined` stays a hole.
 */
export function makeResults(
  f: LlvmFunction,
  env: string,
  data: string | undefined,
  { result, more }: Pick<IrExport, 'result' | 'more'>,
  results: readonly string[],
): string {
  if (!more) return result ? makeResult(f, env, data, result, results) : 'null';
  const types = [...(result ? [result] : []), ...more];
  const array = napiValue(f, 'napi_create_array_with_length', [env, String(more.length + 1)]);
  let next = 0;
  types.forEach((type, index) => {
    const count = type.undefined || type.null ? 2 : 1;
    const value = makeResult(f, env, data, type, results.slice(next, next + count));
    next += count;
    napi(f, 'napi_set_element', [env, array, String(result ? index : index + 1), value]);
  });
  return array;
}

/**
 * Writes the conversion of results (a tag first for an optional type) and returns the
 * napi_value; null for `undefined`, and after an error, which is pending then.
 */
export function makeResult(
  f: LlvmFunction,
  env: string,
  data: string | undefined,
  type: BoundaryType,
  results: readonly string[],
): string {
  const slot = f.alloca('ptr', 'result');
  // A callback's null is `undefined`.
  f.store('ptr', 'null', slot);
  const operand = results.at(-1) ?? '';
  const made = f.fresh('made');
  if (type.undefined || type.null) {
    const [present, absent, isNullTag] = [f.fresh('present'), f.fresh('absent'), f.fresh('null')];
    f.condBr(f.emit(`icmp eq i8 ${results[0]}, ${Tag.value}`), present, absent);
    f.block(absent);
    f.condBr(f.emit(`icmp eq i8 ${results[0]}, ${Tag.null}`), isNullTag, made);
    f.block(isNullTag);
    f.store('ptr', napiValue(f, 'napi_get_null', [env]), slot);
    f.br(made);
    f.block(present);
  }
  f.store('ptr', makeValue(f, env, data, type.type, operand), slot);
  f.block(made);
  return f.load('ptr', slot);
}

function makeValue(
  f: LlvmFunction,
  env: string,
  data: string | undefined,
  type: IrType,
  operand: string,
): string {
  if (type === 'str') return toJavaScriptString(f, env, operand);
  const plain = plainType(type);
  return isView(plain) ? viewResult(f, env, data, operand) : makeScalar(f, env, plain, operand);
}

/** The view's own object if it came from JavaScript, else a new one over its buffer. */
export function viewResult(
  f: LlvmFunction,
  env: string,
  data: string | undefined,
  operand: string,
): string {
  if (data === undefined) throw new Error('views are made with the environment at hand');
  const name = helper(
    f,
    'ts.napi.view',
    'ptr',
    [
      ['env', 'ptr'],
      ['data', 'ptr'],
      ['view', 'ptr'],
    ],
    (g) => {
      const field = (offset: number, type: string): string =>
        g.load(type, g.offset('%view', offset));
      const js = field(view.js, 'ptr');
      g.condBr(isNull(g, js), 'make', 'known');
      g.block('known');
      g.ret('ptr', js);

      g.block('make');
      const arrayBuffer = arrayBufferOf(g, field(view.buffer, 'ptr'));
      g.condBr(isNull(g, arrayBuffer), 'failed', 'over');
      g.block('over');
      const [kind, length] = [field(view.kind, 'i32'), field(view.length, 'i64')];
      const byteOffset = field(view.byteOffset, 'i64');
      g.condBr(g.emit(`icmp ule i32 ${kind}, ${typedArrayType('u64')}`), 'typedArray', 'other');
      g.block('typedArray');
      const slot = g.alloca('ptr');
      const args = ['%env', kind, length, arrayBuffer, byteOffset, slot];
      g.condBr(isOk(g, napi(g, 'napi_create_typedarray', args)), 'done', 'other');
      g.block('done');
      const array = g.load('ptr', slot);
      // It stays the same object while the call lasts.
      g.store('ptr', array, g.offset('%view', view.js));
      g.ret('ptr', array);
      // A Buffer, or a view of a SharedArrayBuffer, which Node-API refuses.
      g.block('other');
      const made = ask(g, '%env', '%data', 'view', [
        { kind: 'i32', operand: kind },
        { kind: 'value', operand: arrayBuffer },
        { kind: 'i64', operand: byteOffset },
        { kind: 'i64', operand: length },
      ]);
      g.store('ptr', made, g.offset('%view', view.js));
      g.ret('ptr', made);
      g.block('failed');
      g.ret('ptr', 'null');
    },
  );
  return f.call('ptr', name, [
    ['ptr', env],
    ['ptr', data],
    ['ptr', operand],
  ]);
}

/** The ArrayBuffer of a buffer struct, made if need be; null after an error. */
function arrayBufferOf(f: LlvmFunction, operand: string): string {
  const name = helper(
    f,
    'ts.napi.arrayBuffer',
    'ptr',
    [
      ['env', 'ptr'],
      ['data', 'ptr'],
      ['buffer', 'ptr'],
    ],
    (g) => {
      const js = g.load('ptr', g.offset('%buffer', buffer.js));
      g.condBr(isNull(g, js), 'search', 'known');
      g.block('known');
      g.ret('ptr', js);

      g.block('search');
      const native = g.load('i32', g.offset('%buffer', buffer.native));
      g.condBr(g.emit(`icmp eq i32 ${native}, 0`), 'ofView', 'native');
      g.block('ofView');
      const object = g.load('ptr', g.offset('%buffer', buffer.view));
      const slot = g.alloca('ptr');
      const args = ['%env', object, 'null', 'null', 'null', slot, 'null'];
      g.condBr(isOk(g, napi(g, 'napi_get_typedarray_info', args)), 'done', 'isDataView');
      g.block('isDataView');
      napi(g, 'napi_get_dataview_info', ['%env', object, 'null', 'null', slot, 'null']);
      g.br('done');
      g.block('done');
      g.ret('ptr', g.load('ptr', slot));

      // One that native code allocated after `lastingBuffers` others.
      g.block('native');
      const bytes = g.load('i64', g.offset('%buffer', buffer.byteLength));
      const made = allocateArrayBuffer(g, '%env', '%data', bytes);
      g.condBr(isNull(g, made.value), 'failed', 'copy');
      g.block('copy');
      const source = g.load('ptr', g.offset('%buffer', buffer.data));
      callExternal(g, 'ptr', 'memcpy', ['ptr', 'ptr', 'i64'], [made.data(), source, bytes]);
      // Other views of the buffer go over the same one.
      g.store('ptr', made.value, g.offset('%buffer', buffer.js));
      g.block('failed');
      g.ret('ptr', made.value);
    },
  );
  return f.call('ptr', name, [
    ['ptr', '%env'],
    ['ptr', '%data'],
    ['ptr', operand],
  ]);
}
