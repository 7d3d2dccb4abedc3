/** Values of JavaScript that native code keeps: functions that were passed, and what they have thrown. */
import { free, allocate } from '../heap/blocks.ts';
import { callHelper, isNull, outOfLine, type Helper } from '../helpers.ts';
import { header, jsValue } from '../layout.ts';
import type { LlvmFunction } from '../writer.ts';
import type { Subject } from './answer.ts';
import { isOk, napi, napiValue } from './napi.ts';

/** Writes the keeping of an object or function, with one reference; gives a pointer to a `jsValue`, null where there is no memory. */
export const keepValue = (
  f: LlvmFunction,
  env: string,
  heap: string,
  value: string,
  { export: index, parameter }: Subject,
): string => callHelper(f, keep, [env, heap, value, String(index), String(parameter)]);

const keep: Helper = {
  name: 'ts.js.keep',
  result: 'ptr',
  params: { env: 'ptr', heap: 'ptr', value: 'ptr', export: 'i32', parameter: 'i32' },
  attributes: outOfLine,
  write(f) {
    const bytes = header.size + jsValue.size;
    const block = allocate(f, '%heap', bytes);
    f.condBr(isNull(f, block), 'failed', 'got');
    f.block('got');
    const made = f.offset(block, header.size);
    f.store('i64', '1', f.offset(made, header.references));
    f.store('i32', '%export', f.offset(made, jsValue.export));
    f.store('i32', '%parameter', f.offset(made, jsValue.parameter));
    const reference = f.offset(made, jsValue.reference);
    const created = napi(f, 'napi_create_reference', ['%env', '%value', '1', reference]);
    f.condBr(isOk(f, created), 'kept', 'refused');
    f.block('kept');
    f.ret('ptr', made);
    f.block('refused');
    free(f, '%heap', block, bytes);
    f.block('failed');
    f.ret('ptr', 'null');
  },
};

/** Writes the getting of a value that is kept. */
export const keptValue = (f: LlvmFunction, env: string, kept: string): string =>
  napiValue(f, 'napi_get_reference_value', [env, f.load('ptr', f.offset(kept, jsValue.reference))]);

/** Writes the getting of what was thrown, which is kept in an array, as not all values can be kept as they are. */
export const thrownValue = (f: LlvmFunction, env: string, kept: string): string =>
  napiValue(f, 'napi_get_element', [env, keptValue(f, env, kept), '0']);

/** Writes the keeping of the exception that is pending, which then no longer is; null where there is none, or no memory. */
export const keepException = (f: LlvmFunction, env: string, heap: string): string =>
  callHelper(f, takeException, [env, heap]);

const takeException: Helper = {
  name: 'ts.js.exception',
  result: 'ptr',
  params: { env: 'ptr', heap: 'ptr' },
  attributes: outOfLine,
  write(f) {
    const slot = f.alloca('i8');
    f.store('i8', '0', slot);
    napi(f, 'napi_is_exception_pending', ['%env', slot]);
    const isPending = f.emit(`icmp ne i8 ${f.load('i8', slot)}, 0`);
    f.condBr(isPending, 'pending', 'none');
    f.block('pending');
    const value = napiValue(f, 'napi_get_and_clear_last_exception', ['%env']);
    const array = napiValue(f, 'napi_create_array_with_length', ['%env', '1']);
    napi(f, 'napi_set_element', ['%env', array, '0', value]);
    f.ret('ptr', keepValue(f, '%env', '%heap', array, { export: -1, parameter: 0 }));
    f.block('none');
    f.ret('ptr', 'null');
  },
};
