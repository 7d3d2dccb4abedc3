/**
 * As much of Node-API as generated code calls, for code that runs as WebAssembly: in a browser as in Node. It is what
 * `compiler/4-emit/boundary/napi.ts` declares, with sizes of 64 bits, so that the code of wrappers is the same for all
 * platforms. Pointers in arrays are 8 bytes apart.
 */
import { status, type WasmInstance } from './instance.ts';
import { putUnits, textOfUnits } from './strings.ts';
import { makeArray, seenArray, seenDataView, type SeenView } from './views.ts';

/** `napi_valuetype`, but for null. */
const valueTypes: Readonly<Record<string, number>> = {
  undefined: 0,
  boolean: 2,
  number: 3,
  string: 4,
  symbol: 5,
  object: 6,
  function: 7,
  bigint: 9,
};
const nullType = 1;

/** What a module imports from `env`. */
export const nodeApi = (instance: WasmInstance): Readonly<Record<string, unknown>> => ({
  tsn_grown: () => instance.look(),
  tsn_call(written: number, wire: number): void {
    instance.call.written = written;
    instance.call.hasWire = wire !== 0;
  },
  ...functions(instance),
  ...simpleValues(instance),
  ...strings(instance),
  ...objects(instance),
  ...views(instance),
  ...lifetimes(instance),
  ...errors(instance),
});

const functions = (instance: WasmInstance) => ({
  // There is one environment, and what ends it frees all of its memory.
  napi_set_instance_data: (_env: number, data: number): number => {
    instance.data = data;
    return status.ok;
  },
  napi_create_function: (
    _env: number,
    name: number,
    length: bigint,
    callback: number,
    _data: number,
    to: number,
  ): number => instance.give(instance.callable(callback, instance.textAt(name, length)), to),
  napi_get_cb_info: (
    _env: number,
    _info: number,
    capacity: number,
    args: number,
    _self: number,
    data: number,
  ): number => {
    const { call, u32 } = instance;
    const count = capacity === 0 ? 0 : (u32[capacity >>> 2] ?? 0);
    for (let index = 0; index < count; index++)
      u32[(args >>> 2) + 2 * index] = instance.handle(call.args[index]);
    if (data !== 0) u32[data >>> 2] = instance.data;
    return status.ok;
  },
  napi_call_function: (
    _env: number,
    _self: number,
    fn: number,
    count: bigint,
    args: number,
    to: number,
  ): number => {
    const { values, u32 } = instance;
    const given = Array.from(
      { length: Number(count) },
      (_, index) => values[u32[(args >>> 2) + 2 * index] ?? 0],
    );
    return instance.callFunction(values[fn], given, to);
  },
});

const simpleValues = (instance: WasmInstance) => {
  const bigintTo =
    (wrap: (bits: 64, value: bigint) => bigint, memory: () => BigInt64Array | BigUint64Array) =>
    (_env: number, value: number, to: number, lossless: number): number => {
      const own = instance.values[value];
      if (typeof own !== 'bigint') return status.bigintExpected;
      memory()[to >>> 3] = own;
      instance.u8[lossless] = wrap(64, own) === own ? 1 : 0;
      return status.ok;
    };
  return {
    napi_get_undefined: (_env: number, to: number) => instance.give(undefined, to),
    napi_get_null: (_env: number, to: number) => instance.give(null, to),
    napi_get_boolean: (_env: number, value: number, to: number) =>
      instance.give((value & 1) !== 0, to),
    napi_create_double: (_env: number, value: number, to: number) => instance.give(value, to),
    napi_create_int32: (_env: number, value: number, to: number) => instance.give(value, to),
    napi_create_uint32: (_env: number, value: number, to: number) => instance.give(value >>> 0, to),
    napi_create_bigint_int64: (_env: number, value: bigint, to: number) => instance.give(value, to),
    napi_create_bigint_uint64: (_env: number, value: bigint, to: number) =>
      instance.give(BigInt.asUintN(64, value), to),
    napi_typeof: (_env: number, value: number, to: number): number => {
      const own = instance.values[value];
      instance.u32[to >>> 2] = own === null ? nullType : (valueTypes[typeof own] ?? 0);
      return status.ok;
    },
    napi_strict_equals: (_env: number, a: number, b: number, to: number): number => {
      instance.u8[to] = instance.values[a] === instance.values[b] ? 1 : 0;
      return status.ok;
    },
    napi_get_value_double: (_env: number, value: number, to: number): number => {
      const own = instance.values[value];
      if (typeof own !== 'number') return status.numberExpected;
      instance.f64[to >>> 3] = own;
      return status.ok;
    },
    napi_get_value_uint32: (_env: number, value: number, to: number): number => {
      const own = instance.values[value];
      if (typeof own !== 'number') return status.numberExpected;
      instance.u32[to >>> 2] = own;
      return status.ok;
    },
    napi_get_value_bool: (_env: number, value: number, to: number): number => {
      const own = instance.values[value];
      if (typeof own !== 'boolean') return status.booleanExpected;
      instance.u8[to] = own ? 1 : 0;
      return status.ok;
    },
    napi_get_value_bigint_int64: bigintTo(BigInt.asIntN, () => instance.i64),
    napi_get_value_bigint_uint64: bigintTo(BigInt.asUintN, () => instance.u64),
  };
};

const strings = (instance: WasmInstance) => ({
  napi_create_string_latin1: (_env: number, units: number, length: bigint, to: number): number =>
    instance.give(textOfUnits(instance.u8.subarray(units, units + Number(length))), to),
  napi_create_string_utf16: (_env: number, units: number, length: bigint, to: number): number =>
    instance.give(textOfUnits(new Uint16Array(instance.u8.buffer, units, Number(length))), to),
  napi_create_string_utf8: (_env: number, bytes: number, length: bigint, to: number): number =>
    instance.give(instance.textAt(bytes, length), to),
  napi_get_value_string_utf16: (
    _env: number,
    value: number,
    units: number,
    room: bigint,
    length: number,
  ): number => {
    const own = instance.values[value];
    if (typeof own !== 'string') return status.stringExpected;
    const count = units === 0 ? own.length : Math.min(own.length, Number(room) - 1);
    if (units !== 0) putUnits(own, new Uint16Array(instance.u8.buffer, units, count));
    if (length !== 0) instance.giveSize(count, length);
    return status.ok;
  },
});

const objects = (instance: WasmInstance) => ({
  napi_create_array_with_length: (_env: number, length: bigint, to: number): number =>
    instance.give(new Array(Number(length)), to),
  napi_get_array_length: (_env: number, array: number, to: number): number => {
    const own = instance.values[array];
    if (!Array.isArray(own)) return status.arrayExpected;
    instance.u32[to >>> 2] = own.length;
    return status.ok;
  },
  napi_get_element: (_env: number, array: number, index: number, to: number): number =>
    instance.giveMade(() => (instance.values[array] as unknown[])[index >>> 0], to),
  napi_set_element: (_env: number, array: number, index: number, value: number): number => {
    (instance.values[array] as unknown[])[index >>> 0] = instance.values[value];
    return status.ok;
  },
  napi_set_named_property: (_env: number, object: number, name: number, value: number): number => {
    const own = instance.values[object] as Record<string, unknown>;
    own[instance.textAt(name, -1n)] = instance.values[value];
    return status.ok;
  },
  napi_get_prototype: (_env: number, object: number, to: number): number =>
    instance.giveMade(() => Object.getPrototypeOf(instance.values[object]), to),
});

const views = (instance: WasmInstance) => {
  const tell = (
    view: SeenView | undefined,
    isDataView: boolean,
    [length, data, buffer, byteOffset]: readonly [number, number, number, number],
  ): number => {
    if (!view) return status.invalidArgument;
    const placed = data === 0 ? status.ok : instance.place(view, isDataView, data);
    if (placed !== status.ok) return placed;
    if (length !== 0) instance.giveSize(view.length, length);
    if (byteOffset !== 0) instance.giveSize(view.byteOffset, byteOffset);
    return buffer === 0 ? status.ok : instance.give(view.buffer, buffer);
  };
  return {
    napi_get_typedarray_info: (
      _env: number,
      array: number,
      type: number,
      ...asked: [length: number, data: number, buffer: number, byteOffset: number]
    ): number => {
      const view = seenArray(instance.values[array]);
      if (view && view.type >= 0 && type !== 0) instance.u32[type >>> 2] = view.type;
      return tell(view, false, asked);
    },
    napi_get_dataview_info: (
      _env: number,
      view: number,
      ...asked: [length: number, data: number, buffer: number, byteOffset: number]
    ): number => tell(seenDataView(instance.values[view]), true, asked),
    napi_create_typedarray: (
      _env: number,
      type: number,
      length: bigint,
      buffer: number,
      byteOffset: bigint,
      to: number,
    ): number => {
      const own = instance.values[buffer];
      if (!(own instanceof ArrayBuffer)) return status.invalidArgument;
      return instance.giveMade(() => makeArray(type, own, Number(byteOffset), Number(length)), to);
    },
    napi_create_arraybuffer: (_env: number, bytes: bigint, data: number, to: number): number => {
      try {
        const made = new ArrayBuffer(Number(bytes));
        const placed = instance.placeAll(made, data);
        return placed === status.ok ? instance.give(made, to) : placed;
      } catch (error) {
        return instance.fail(error);
      }
    },
    napi_get_arraybuffer_info: (
      _env: number,
      buffer: number,
      data: number,
      length: number,
    ): number => {
      const own = instance.values[buffer];
      if (!(own instanceof ArrayBuffer)) return status.invalidArgument;
      if (length !== 0) instance.giveSize(own.byteLength, length);
      return data === 0 ? status.ok : instance.placeAll(own, data);
    },
  };
};

const lifetimes = (instance: WasmInstance) => ({
  napi_create_reference: (_env: number, value: number, _count: number, to: number): number => {
    instance.u32[to >>> 2] = instance.keep(instance.values[value]);
    return status.ok;
  },
  napi_get_reference_value: (_env: number, reference: number, to: number): number =>
    instance.give(instance.kept(reference), to),
  napi_delete_reference: (_env: number, reference: number): number => {
    instance.forget(reference);
    return status.ok;
  },
  napi_open_handle_scope: (_env: number, to: number): number => {
    instance.u32[to >>> 2] = instance.values.length;
    return status.ok;
  },
  napi_close_handle_scope: (_env: number, scope: number): number => {
    instance.values.length = scope;
    return status.ok;
  },
});

const errors = (instance: WasmInstance) => ({
  napi_throw: (_env: number, error: number): number => {
    instance.fail(instance.values[error]);
    return status.ok;
  },
  napi_throw_error: (_env: number, _code: number, message: number): number => {
    instance.fail(new Error(instance.textAt(message, -1n)));
    return status.ok;
  },
  napi_is_exception_pending: (_env: number, to: number): number => {
    instance.u8[to] = instance.pending ? 1 : 0;
    return status.ok;
  },
  napi_get_and_clear_last_exception: (_env: number, to: number): number => {
    const { pending } = instance;
    instance.pending = undefined;
    return instance.give(pending?.error, to);
  },
});
