/** The classes of typed arrays by name, in the order of Node-API's `napi_typedarray_type`, which native code's kinds of views have too. */
export const arrayClasses = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
} as const;

/** What a class of typed arrays has for its name. */
export type ArrayName = keyof typeof arrayClasses;
