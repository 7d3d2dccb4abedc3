/**
 * A module that runs as an addon would: its memory, the values of JavaScript that it has handles of, and its calls.
 *
 * A `napi_value` is an index into a list, which ends where it was when the call from JavaScript has ended; 0 is none.
 */
import { Copies, type WasmMemory } from './copies.ts';
import { textOfUnits } from './strings.ts';
import { isShared, type SeenView } from './views.ts';

/** What a module exports. */
export interface WasmExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly __indirect_function_table: { get(index: number): unknown };
  napi_register_module_v1(env: number, exports: number): number;
  tsn_allocate(bytes: number): number;
  tsn_free(address: number): void;
}

/** Makes an instance of the module. */
export type Instantiate = (imports: object) => WasmExports;

/** `napi_status`. */
export const status = {
  ok: 0,
  invalidArgument: 1,
  stringExpected: 3,
  functionExpected: 5,
  numberExpected: 6,
  booleanExpected: 7,
  arrayExpected: 8,
  pendingException: 10,
  bigintExpected: 17,
} as const;

/** A function that native code calls, and which leaves typed arrays alone where it gets one of these as its first argument. */
interface Quiet {
  readonly quiet?: ReadonlySet<unknown>;
}

type NativeCallback = (env: number, info: number) => number;
type AnyFunction = (...args: readonly unknown[]) => unknown;

/** A call from JavaScript. */
interface Call {
  readonly args: readonly unknown[];
  copies: Copies | undefined;
  /** A bit for each `napi_typedarray_type` that it may write; `dataViewBit` is for DataViews. */
  written: number;
  /** Its first argument is a wire. */
  hasWire: boolean;
}

/** As `viewKinds` of the compiler counts. */
const dataViewBit = 12;

/** Stands for the environment, of which there is one. */
const environmentHandle = 1;

const onlyJavaScript =
  'a SharedArrayBuffer that is written needs JavaScript or native code: WebAssembly has memory of its own';

export class WasmInstance implements WasmMemory {
  u8 = new Uint8Array();
  u32 = new Uint32Array();
  i64 = new BigInt64Array();
  u64 = new BigUint64Array();
  f64 = new Float64Array();
  readonly values: unknown[] = [undefined];
  private references: unknown[] = [undefined];
  private freeReferences: number[] = [];
  pending: { readonly error: unknown } | undefined;
  call: Call = { args: [], copies: undefined, written: 0, hasWire: false };
  /** How many calls from JavaScript run, each within the one before. */
  private depth = 0;
  /** What the module gave when it last started. */
  private offered: Record<string, AnyFunction> = {};
  /** The address that it wants back in each call. */
  data = 0;
  /** What ended native code in the middle of a call: after it nothing in its memory is sure. */
  private broken: { readonly error: unknown } | undefined;
  /** What a new start has to be told again: the arguments of `$setup`, and of each `$bind`. */
  private setup: readonly unknown[] = [];
  private readonly bound = new Map<unknown, unknown>();
  private exports!: WasmExports;
  private readonly instantiate: Instantiate;
  private readonly startsAgain: boolean;
  /** What the module imports from `env`. */
  readonly imports: object;

  /**
   * @param api makes the functions that the module imports
   * @param startsAgain nothing that JavaScript has refers to what is in its memory
   */
  constructor(
    instantiate: Instantiate,
    api: (instance: WasmInstance) => object,
    startsAgain: boolean,
  ) {
    this.imports = api(this);
    this.instantiate = instantiate;
    this.startsAgain = startsAgain;
  }

  /** Runs the module's entry. @returns what it exports to JavaScript */
  start(exports = this.instantiate(this.imports)): object {
    this.exports = exports;
    this.look();
    const offered: Record<string, AnyFunction> = {};
    this.inScope(() => exports.napi_register_module_v1(environmentHandle, this.handle(offered)));
    this.offered = offered;
    return {
      ...offered,
      $setup: (...args: unknown[]) => {
        this.setup = args;
        this.offered['$setup']?.(...args);
      },
      $bind: (index: unknown, value: unknown) => {
        this.offered['$bind']?.(index, value);
        this.bound.set(index, value);
      },
    };
  }

  /** Starts with new memory, as the old one's is in an unknown state. */
  private startAgain(): void {
    this.broken = undefined;
    [this.references, this.freeReferences, this.pending] = [[undefined], [], undefined];
    this.start();
    this.offered['$setup']?.(...this.setup);
    for (const [index, value] of this.bound) this.offered['$bind']?.(index, value);
  }

  allocate(bytes: number): number {
    return this.exports.tsn_allocate(Math.max(bytes, 1));
  }

  free(address: number): void {
    this.exports.tsn_free(address);
  }

  /** Looks at the memory anew, as it has grown. */
  look(): void {
    const { buffer } = this.exports.memory;
    this.u8 = new Uint8Array(buffer);
    this.u32 = new Uint32Array(buffer);
    this.i64 = new BigInt64Array(buffer);
    this.u64 = new BigUint64Array(buffer);
    this.f64 = new Float64Array(buffer);
  }

  handle(value: unknown): number {
    return this.values.push(value) - 1;
  }

  /** Puts the handle of a value where native code looks for it. */
  give(value: unknown, to: number): number {
    this.u32[to >>> 2] = this.values.push(value) - 1;
    return status.ok;
  }

  /** Puts an `i64` there that is no more than 2^32 − 1. */
  giveSize(value: number, to: number): void {
    this.u32[to >>> 2] = value;
    this.u32[(to >>> 2) + 1] = 0;
  }

  fail(error: unknown): number {
    this.pending ??= { error };
    return status.pendingException;
  }

  /** Gives what a function of JavaScript makes; what it throws is pending then. */
  giveMade(make: () => unknown, to: number): number {
    try {
      return this.give(make(), to);
    } catch (error) {
      return this.fail(error);
    }
  }

  /** A text of the compiler's, in UTF-8, which ends with a zero where its length is below 0. */
  textAt(address: number, length: bigint): string {
    const end = length < 0n ? this.u8.indexOf(0, address) : address + Number(length);
    const bytes = textOfUnits(this.u8.subarray(address, end));
    // Each byte as its escape: there are decoders of UTF-8 in all engines, but not under one name.
    return decodeURIComponent(
      bytes.replace(/[^ -$&-~]/g, (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, '0')}`),
    );
  }

  /** A function of JavaScript for one of the module's table. */
  callable(callback: number, name: string): AnyFunction {
    let { exports } = this;
    let native = exports.__indirect_function_table.get(callback) as NativeCallback;
    const made = (...args: unknown[]): unknown => {
      if (this.broken) this.mend();
      if (exports !== this.exports) {
        ({ exports } = this);
        native = exports.__indirect_function_table.get(callback) as NativeCallback;
      }
      return this.callNative(native, args);
    };
    return Object.defineProperty(made, 'name', { value: name });
  }

  private mend(): void {
    if (this.depth === 0 && this.startsAgain) this.startAgain();
    else throw this.broken?.error;
  }

  private callNative(callback: NativeCallback, args: readonly unknown[]): unknown {
    const outer = this.call;
    const call: Call = { args, copies: undefined, written: 0, hasWire: false };
    this.call = call;
    this.depth++;
    try {
      return this.inScope(() => {
        try {
          return callback(environmentHandle, 0);
        } catch (error) {
          // Errors are returned: this is the end of the engine's stack.
          this.broken = { error };
          throw error;
        } finally {
          call.copies?.giveBack();
          if (!this.broken) call.copies?.free();
        }
      });
    } finally {
      this.depth--;
      this.call = outer;
    }
  }

  /** Runs what makes values, which are forgotten then; throws what is pending. */
  private inScope(run: () => number): unknown {
    const { length } = this.values;
    let result: unknown;
    try {
      result = this.values[run()];
    } finally {
      this.values.length = length;
    }
    const { pending } = this;
    this.pending = undefined;
    if (pending) throw pending.error;
    return result;
  }

  /** Tells where a view's bytes are, to `data`. */
  place(view: SeenView, isDataView: boolean, data: number): number {
    const { call } = this;
    const { buffer, byteOffset, byteLength, length } = view;
    if (length === 0) {
      this.u32[data >>> 2] = 0;
      return status.ok;
    }
    const isWritten = (call.written & (1 << (isDataView ? dataViewBit : view.type))) !== 0;
    if (isWritten && isShared(buffer)) return this.fail(new TypeError(onlyJavaScript));
    const isWire = call.hasWire && isDataView && buffer === (call.args[0] as DataView).buffer;
    call.copies ??= new Copies(this);
    if (isWire) return this.placed(call.copies.placeWire(buffer), data);
    const range = { start: byteOffset, end: byteOffset + byteLength };
    return this.placed(call.copies.place(buffer, range, { isWritten }), data);
  }

  /** Tells where all of a buffer is that native code has made. */
  placeAll(buffer: ArrayBuffer, data: number): number {
    this.call.copies ??= new Copies(this);
    const range = { start: 0, end: buffer.byteLength };
    return this.placed(this.call.copies.place(buffer, range, { isWritten: true }), data);
  }

  private placed(address: number, data: number): number {
    if (address === 0) return this.fail(new RangeError('Array buffer allocation failed'));
    this.u32[data >>> 2] = address;
    return status.ok;
  }

  /** Calls a function of JavaScript, which sees in typed arrays what native code has written, and the other way round. */
  callFunction(fn: unknown, args: readonly unknown[], to: number): number {
    if (this.pending) return status.pendingException;
    if (typeof fn !== 'function') return status.functionExpected;
    const { copies } = this.call;
    const sees = copies && (fn as Quiet).quiet?.has(args[0]) !== true ? copies : undefined;
    sees?.giveBack();
    try {
      const result: unknown = Reflect.apply(fn, undefined, args);
      if (to !== 0) this.give(result, to);
    } catch (error) {
      this.fail(error);
    }
    // What it called has broken the code that would go on here.
    if (this.broken) throw this.broken.error;
    sees?.bringAgain();
    return this.pending ? status.pendingException : status.ok;
  }

  /** A `napi_ref` of a value. */
  keep(value: unknown): number {
    const free = this.freeReferences.pop();
    if (free === undefined) return this.references.push(value) - 1;
    this.references[free] = value;
    return free;
  }

  kept(reference: number): unknown {
    return this.references[reference];
  }

  forget(reference: number): void {
    this.references[reference] = undefined;
    this.freeReferences.push(reference);
  }
}
