/** The functions of Node-API, libc and the systems that wrappers call, and how a call is written. */
import { isOptional, Tag, type BoundaryType } from '../../ir/types.ts';
import type { Declaration, LlvmFunction, LlvmModule, LlvmType } from '../writer.ts';

/** Node-API functions by name, with their parameters; all return an `i32` status. */
const functions = {
  napi_call_function: ['ptr', 'ptr', 'ptr', 'i64', 'ptr', 'ptr'],
  napi_close_handle_scope: ['ptr', 'ptr'],
  napi_create_array_with_length: ['ptr', 'i64', 'ptr'],
  napi_create_arraybuffer: ['ptr', 'i64', 'ptr', 'ptr'],
  napi_create_bigint_int64: ['ptr', 'i64', 'ptr'],
  napi_create_bigint_uint64: ['ptr', 'i64', 'ptr'],
  napi_create_double: ['ptr', 'double', 'ptr'],
  napi_create_external_arraybuffer: ['ptr', 'ptr', 'i64', 'ptr', 'ptr', 'ptr'],
  napi_create_function: ['ptr', 'ptr', 'i64', 'ptr', 'ptr', 'ptr'],
  napi_create_int32: ['ptr', 'i32', 'ptr'],
  napi_create_reference: ['ptr', 'ptr', 'i32', 'ptr'],
  napi_create_string_latin1: ['ptr', 'ptr', 'i64', 'ptr'],
  napi_create_string_utf16: ['ptr', 'ptr', 'i64', 'ptr'],
  napi_create_string_utf8: ['ptr', 'ptr', 'i64', 'ptr'],
  napi_create_typedarray: ['ptr', 'i32', 'i64', 'ptr', 'i64', 'ptr'],
  napi_create_uint32: ['ptr', 'i32', 'ptr'],
  napi_delete_reference: ['ptr', 'ptr'],
  napi_get_and_clear_last_exception: ['ptr', 'ptr'],
  napi_get_array_length: ['ptr', 'ptr', 'ptr'],
  napi_get_arraybuffer_info: ['ptr', 'ptr', 'ptr', 'ptr'],
  napi_get_boolean: ['ptr', 'i1 zeroext', 'ptr'],
  napi_get_cb_info: ['ptr', 'ptr', 'ptr', 'ptr', 'ptr', 'ptr'],
  napi_get_dataview_info: ['ptr', 'ptr', 'ptr', 'ptr', 'ptr', 'ptr'],
  napi_get_element: ['ptr', 'ptr', 'i32', 'ptr'],
  napi_get_null: ['ptr', 'ptr'],
  napi_get_prototype: ['ptr', 'ptr', 'ptr'],
  napi_get_reference_value: ['ptr', 'ptr', 'ptr'],
  napi_get_typedarray_info: ['ptr', 'ptr', 'ptr', 'ptr', 'ptr', 'ptr', 'ptr'],
  napi_get_undefined: ['ptr', 'ptr'],
  napi_get_value_bigint_int64: ['ptr', 'ptr', 'ptr', 'ptr'],
  napi_get_value_bigint_uint64: ['ptr', 'ptr', 'ptr', 'ptr'],
  napi_get_value_bool: ['ptr', 'ptr', 'ptr'],
  napi_get_value_double: ['ptr', 'ptr', 'ptr'],
  napi_get_value_string_utf16: ['ptr', 'ptr', 'ptr', 'i64', 'ptr'],
  napi_get_value_uint32: ['ptr', 'ptr', 'ptr'],
  napi_is_exception_pending: ['ptr', 'ptr'],
  napi_open_handle_scope: ['ptr', 'ptr'],
  napi_set_element: ['ptr', 'ptr', 'i32', 'ptr'],
  napi_set_instance_data: ['ptr', 'ptr', 'ptr', 'ptr'],
  napi_set_named_property: ['ptr', 'ptr', 'ptr', 'ptr'],
  napi_strict_equals: ['ptr', 'ptr', 'ptr', 'ptr'],
  napi_throw: ['ptr', 'ptr'],
  napi_throw_error: ['ptr', 'ptr', 'ptr'],
  napi_typeof: ['ptr', 'ptr', 'ptr'],
} satisfies Record<string, readonly LlvmType[]>;

/** Values of `napi_status` that wrappers tell apart. */
export const status = { ok: 0, pendingException: 10 } as const;

/** Values of `napi_valuetype` that wrappers tell apart. */
export const valueType = { undefined: 0, null: 1, function: 7 } as const;

/** `NAPI_AUTO_LENGTH`: the string ends with a zero. */
export const autoLength = '-1';

/** The signature of a `napi_callback`. */
export const callback = { result: 'ptr', params: ['ptr', 'ptr'] } as const;

/** The signature of a `napi_finalize`. */
export const finalizer = { result: 'void', params: ['ptr', 'ptr', 'ptr'] } as const;

/** Writes a call of a Node-API function; returns the operand of its status. */
export function napi(
  f: LlvmFunction,
  name: keyof typeof functions,
  args: readonly string[],
): string {
  const params: readonly LlvmType[] = functions[name];
  return callExternal(f, 'i32', name, params, args);
}

/** Writes a call of a C function that the process or the system provides. */
export function callExternal(
  f: LlvmFunction,
  result: LlvmType,
  name: string,
  params: readonly LlvmType[],
  args: readonly string[],
): string {
  if (args.length !== params.length) throw new Error(`${name}: wrong argument count`);
  f.module.declare(name, { result, params, ...bindingOf(f.module, name) });
  return f.call(
    result,
    name,
    params.map((type, index) => [type, args[index] ?? '']),
  );
}

export const isOfNode = (name: string): boolean => /^(?:napi|node_api)_/.test(name);

/**
 * How a symbol is bound. All are when the addon loads (`linkElf`), so a call needs no stub that would do it. Where C loads
 * it, too, Node's functions may be missing then: on Linux and FreeBSD `complete.ts` looks for them, and macOS looks for
 * one when it is first called.
 */
function bindingOf(module: LlvmModule, name: string): Pick<Declaration, 'attributes' | 'linkage'> {
  const mayLack = module.servesC && isOfNode(name);
  return {
    attributes: mayLack && module.isMachO ? 'nounwind' : 'nounwind nonlazybind',
    ...(mayLack && module.isElf && { linkage: 'extern_weak' }),
  };
}

/** Declares a function of Node-API, whose parameters don't count where only the runtime's sources call it. */
export function declareOfNode(module: LlvmModule, name: string): Declaration {
  const known: Readonly<Record<string, readonly LlvmType[]>> = functions;
  const own = { result: 'i32', params: known[name] ?? [], ...bindingOf(module, name) };
  module.declare(name, own);
  return module.declarationOf(name) ?? own;
}

/** Writes the test of a status. */
export const isOk = (f: LlvmFunction, operand: string): string =>
  f.emit(`icmp eq i32 ${operand}, ${status.ok}`);

/** Writes the test whether a pointer is null. */
export const isNull = (f: LlvmFunction, pointer: string): string =>
  f.emit(`icmp eq ${f.module.spell('ptr')} ${pointer}, null`);

/** Writes a Node-API call that makes or gets one value, and returns that; null if it failed. */
export function napiValue(
  f: LlvmFunction,
  name: keyof typeof functions,
  args: readonly string[],
): string {
  // Nothing is stored before, as CPUs would then guess that the load needn't wait for the call.
  const slot = f.alloca('ptr', 'value');
  const ok = isOk(f, napi(f, name, [...args, slot]));
  const ptr = f.module.spell('ptr');
  return f.emit(`select i1 ${ok}, ${ptr} ${f.load('ptr', slot)}, ${ptr} null`);
}

/**
 * The name of a helper function of the module, which `define` writes the first time it is asked for.
 * Helpers are internal, so each module has its own.
 */
export function helper(
  f: LlvmFunction,
  name: string,
  result: LlvmType,
  params: readonly (readonly [name: string, type: LlvmType])[],
  define: (f: LlvmFunction) => void,
): string {
  const { module } = f;
  if (!module.defines(name)) {
    const fn = module.define(
      name,
      result,
      params.map(([param, type]) => ({ name: param, type })),
      'internal',
      'nounwind noinline',
    );
    define(fn);
  }
  return name;
}

/**
 * Writes the tests whether a value is `undefined` or `null`, where its type has them; what is written next is for
 * what is there.
 * @returns what writes the blocks of the absent ones, each with its tag, which go on to `target`
 */
export function askAbsence(
  f: LlvmFunction,
  env: string,
  type: BoundaryType,
  value: string,
): (target: string, write: (tag: string) => void) => void {
  if (!isOptional(type)) return () => {};
  const slot = f.alloca('i32');
  f.store('i32', '-1', slot);
  napi(f, 'napi_typeof', [env, value, slot]);
  const found = f.load('i32', slot);
  const blocks = (['undefined', 'null'] as const).flatMap((absent) => {
    if (!type[absent]) return [];
    const [block, next] = [f.fresh(absent), f.fresh('not')];
    f.condBr(f.emit(`icmp eq i32 ${found}, ${valueType[absent]}`), block, next);
    f.block(next);
    return [{ block, tag: String(Tag[absent]) }];
  });
  return (target, write) => {
    for (const { block, tag } of blocks) {
      f.block(block);
      write(tag);
      f.br(target);
    }
  };
}
