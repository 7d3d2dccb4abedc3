/**
 * Memory layouts that generated code and wrappers agree on. All offsets are in
 * bytes; all targets are 64-bit.
 *
 * A *context* lives as long as one call from JavaScript and is the hidden first
 * parameter of each native function. A *view* stands for one typed array or
 * DataView object; a *buffer* for one ArrayBuffer. Both count references;
 * those that came from JavaScript in this call are owned by the wrapper's stack
 * frame and have the count `immortal`.
 */

export const context = {
  size: 176,
  /** ptr: the napi_env of the call. */
  env: 0,
  /** ptr: the environment's data (`EnvironmentData` of the wrapper). */
  data: 8,
  /** ptr: the lowest stack address that `check.stack` allows. */
  stackLimit: 16,
  /** i32: index of the error's site plus one, with what else is known of it (`siteWord` in heap/errors.ts); 0 while there is no error. */
  errorSite: 24,
  /** 4 × i64: what the error's message needs, as bits: doubles and integers alike. */
  errorValues: 32,
  /** ptr: array of view pointers or 64-bit scalars, one for each global of the module. */
  globals: 64,
  /**
   * ptr: the newest live view that this call's native code made, null at the start. They are
   * linked, so that the wrapper can free what is left of them in the end, also after an error
   * (`sweepViews` in memory.ts).
   */
  views: 72,
  /**
   * i32: how many more buffers JavaScript may allocate during the call: memory for results is the
   * engine's from the start, and so needs no copy, but stays until the call ends.
   */
  lastingBuffers: 80,
  /** ptr: the heap of the environment (`heap`). */
  heap: 88,
  /** ptr to an array of pointers, which may be null, to the views that came from JavaScript. Where functions of JavaScript are called, as what follows. */
  received: 96,
  /** i64: how many there are. */
  receivedCount: 104,
  /** ptr: the napi_value of the function that runs behind each call of another one (`IrExport.guarded`), or null. */
  guard: 112,
  /** ptr to the views inside of objects (`inside`); where there are some. */
  inside: 120,
  /** i32: how many parallel regions are around what runs. */
  depth: 128,
  /** i32: what C's `errno` was behind the last call that asks for it; 0 at first. */
  errno: 132,
  /** ptr to an i8: not 0 where the call is to end; for functions with `check.ended`. */
  ended: 136,
  /** ptr to the f64 that says how far the call is, or null where nobody wants to know; for functions with `progress.wanted`. */
  progress: 144,
  /** ptr: the scope of `withThreads` that the call runs in (runtime/native/pool/scopes.h), or null; where there are parallel regions. */
  scope: 152,
  /** ptr to the newest of the views of kept typed arrays that the call has (`keptView`), or null; they are linked. */
  kept: 160,
  /** i64: the number of the call, which no other one of the environment has. */
  call: 168,
} as const;

/** The first part of the block of a call that runs off its caller's thread; `call` of runtime/native/async.c. */
export const asyncCall = {
  size: 168,
  /** ptr: as `context.scope`. */
  scope: 16,
  /** ptr: as `context.stackLimit`, of the thread that it runs on. */
  stackLimit: 48,
  /** ptr: as `context.data`, for when its result is made. */
  data: 56,
  /** i32: 1 where native code has left with an error. */
  failed: 76,
  /** i8: as what `context.ended` points to. */
  ended: 148,
  /** ptr: the napi_value of the array that JavaScript has of what is inside of objects, while its result is made. */
  array: 128,
} as const;

/** What a piece of a parallel region leaves where it fails; `tsn_error` of runtime/native/pool.c. */
export const regionError = {
  size: 40,
  /** i32: as `context.errorSite`. */
  site: 0,
  /** 4 × i64: as `context.errorValues`. */
  values: 8,
} as const;

export const view = {
  size: 64,
  /** ptr to the first element; may be null when the length is 0. */
  data: 0,
  /** i64: elements (bytes of a DataView). */
  length: 8,
  /** i64: start in the buffer in bytes. */
  byteOffset: 16,
  /** i64: references, or `immortal`. */
  references: 24,
  /** ptr to the buffer. */
  buffer: 32,
  /** ptr: the napi_value of the JavaScript object while the call lasts, or null while it has none. */
  js: 40,
  /** i32: index of its kind in `viewKinds`. */
  kind: 48,
  /** i32: its number among those inside of objects, plus one; 0 where it has none. */
  number: 52,
  /** ptr to the `jsValue` that keeps the typed array which it is a view of, or null. */
  kept: 56,
} as const;

export const buffer = {
  size: 48,
  /** ptr to the first byte, where the memory is or was native. */
  data: 0,
  /** i64, as `data`. */
  byteLength: 8,
  /** i64: references, or `immortal`. */
  references: 16,
  /** ptr: the napi_value of the ArrayBuffer while the call lasts, or null while it has none. */
  js: 24,
  /** i32: 1 where the memory is native (from `calloc`) and not yet JavaScript's. */
  native: 32,
  /** ptr: the napi_value of some view of it that came from JavaScript, through which the ArrayBuffer can be had. */
  view: 40,
} as const;

/** The views inside of objects that cross the boundary, by their numbers; in the frame of the wrapper. */
export const inside = {
  size: 40,
  /** ptr to those that JavaScript passed: a view and a buffer each; from `calloc`. */
  given: 0,
  /** i64: how many these are. */
  givenCount: 8,
  /** ptr to an array of pointers to those that native code has numbered; from `malloc`, or null. */
  made: 16,
  /** i64: how many these are. */
  madeCount: 24,
  /** i64: how many there is room for. */
  madeRoom: 32,
} as const;

/** The bytes of a view that JavaScript passed inside of an object, with its buffer. */
export const givenSize = view.size + buffer.size;

/** A reference count that is never changed. */
export const immortal = -1;

/**
 * Bits of the count of a record or list that may be part of a ring (`heap/cycles.ts`). `suspect`: it is among
 * the heap's suspects. `tried`: the collector has taken references of others in the ring off its count.
 */
export const countBits = {
  suspect: -(2n ** 63n),
  tried: 2n ** 62n,
  count: 2n ** 62n - 1n,
} as const;

/** What stands before every record, list and string, at negative offsets from what references point to. */
export const header = {
  size: 16,
  /** i64: references, or `immortal`. In a free block this word is the next free block, in a dying object the next dying one. */
  references: -16,
  /** i32: the index of its shape (`Shapes`). Strings have their length here. */
  shape: -8,
  /** i32: what `mark.set` has set, 0 at first. Strings have their form here. */
  mark: -4,
} as const;

/** A list. Its first fields are those of a view, so that it can serve as one. */
export const list = {
  size: 24,
  /** ptr to the first element; null while there is room for none. */
  data: view.data,
  /** i64: elements. */
  length: view.length,
  /** i64: how many elements there is room for. */
  capacity: 16,
} as const;

/** An error that was caught or made. */
export const error = {
  size: 64,
  /** i32: what `context.errorSite` holds of it (`siteWord` in heap/errors.ts). */
  word: 0,
  /** 4 × i64: as `context.errorValues`. */
  values: 8,
  /** ptr: its message, null where JavaScript is to make that. */
  message: 40,
  /** ptr to a `jsValue`: an array with what a function of JavaScript has thrown; null for other errors. */
  thrown: 48,
  /** ptr to the instance of a class of errors that it is; null for other errors. */
  record: 56,
} as const;

/** A view of a typed array that is kept, for one call. */
export const keptView = {
  size: 16 + view.size + buffer.size,
  /** ptr: the next older one of the call, or null. */
  next: 0,
  /** ptr to the `jsValue`, of which it has a reference. */
  value: 8,
  view: 16,
} as const;

/** A value of JavaScript that native code keeps. */
export const jsValue = {
  size: 40 + keptView.size,
  /** napi_ref, a strong one. */
  reference: 0,
  /** 2 × i32: the export that it came to, and which parameter of that it is, as messages about it need. */
  export: 8,
  parameter: 12,
  /** i64: of a typed array, the last call that has a view of it (`context.call`). */
  call: 16,
  /** ptr: that view. */
  view: 24,
  /** i64: 1 where a running call has what is in `room`. */
  taken: 32,
  /** A `keptView`; calls inside of the one that has it have others, from `malloc`. */
  room: 40,
} as const;

/** A string: its header with the units behind it. One whose units are all below 256 has units of one byte. */
export const string = {
  /** i32: units. */
  length: -8,
  /** i32: bit 0 is 1 where units have two bytes; the bits above are the bytes that there is room for, 0 in constants. */
  form: -4,
  units: 0,
} as const;

/** The longest string in units, as in V8. */
export const maxStringLength = 2 ** 29 - 24;

/** Blocks up to this many bytes are of a size class: a multiple of 16 bytes. */
export const largestSmall = 256;

/** The memory that native code of an environment has, all zero at first; see `heap/blocks.ts`. */
export const heap = {
  size: 384,
  /** ptr for each size class (16, 32, … bytes, the first of no size): the first block that is given next. */
  free: 0,
  /** ptr to what isn't a page of blocks yet of the newest chunk. */
  next: 136,
  /** ptr to the end of the newest chunk. */
  end: 144,
  /** ptr to the newest chunk; each starts with a pointer to the one before. */
  chunks: 152,
  /** ptr to the newest large block; they are linked (`heap/blocks.ts`). */
  large: 160,
  /** i64: how many blocks were cut from pages. */
  cut: 168,
  /** ptr to an array of the objects that may be part of rings which nothing else refers to; from `malloc`, or null. */
  suspects: 176,
  /** i64: how many there are. */
  suspectCount: 184,
  /** i64: how many there is room for. */
  suspectRoom: 192,
  /** i64: so many are collected, if that is more than the least (`heap/cycles.ts`). */
  suspectLimit: 200,
  /** i64: how many bytes chunks and large blocks have. */
  bytes: 208,
  /** i64: with so many bytes suspects are collected too, if that is more than the least. */
  byteLimit: 216,
  /** ptr: the napi_env whose heap it is. */
  env: 224,
  /** ptr for each size class: the first of the pages that have freed blocks (`heap/blocks.ts`). */
  pages: 232,
  /** i64: how often an empty class has got the freed blocks of a page. */
  reuses: 368,
  /** i64: how many calls had a number. */
  calls: 376,
} as const;

/** Order of kinds in `view.kind`. */
export const viewKinds = [
  'i8',
  'u8',
  'u8c',
  'i16',
  'u16',
  'i32',
  'u32',
  'f32',
  'f64',
  'i64',
  'u64',
  'buffer',
  'dataview',
] as const;
