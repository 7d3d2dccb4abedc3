/** Functions of C libraries, as native code calls them. */
import type { IrType } from './types.ts';

/**
 * How C gets an argument or gives a result:
 * - `value`: a number or boolean as C has it, of the machine type;
 * - `pointer`: an address, which is a u64 (0 is NULL);
 * - `data`: where the elements of a typed array or the bytes of a DataView are;
 * - `text`: a string as UTF-8 that ends with 0: a copy for the call or, of a result, one of what C has;
 * - `struct`: an object of a record that is laid out as C does it, where it is;
 * - `out`, `out pointer`: C gets a place with the value and may set it; it is a result of the function, too;
 * - `long double`: an f64 that is converted for the call;
 * - `callback`: a function of the module, as `callback` tells.
 */
export const externWays = [
  'value',
  'pointer',
  'data',
  'text',
  'struct',
  'out',
  'out pointer',
  'long double',
  'callback',
] as const;
export type ExternWay = (typeof externWays)[number];

export interface ExternParameter {
  readonly way: ExternWay;
  /** Of a pointer that is a handle: what it is one of. */
  readonly handle?: string;
  /** The handle is none any more when C has returned. */
  readonly frees?: boolean;
  /** Of `out`: NULL may go to C instead. A boolean before the value tells whether there is a place. */
  readonly optional?: boolean;
  readonly callback?: ExternCallback;
  /** Of a structure: the functions in it. C gets a copy then, with C's addresses in their places. */
  readonly functions?: readonly { readonly slot: string; readonly callback: ExternCallback }[];
}

/** A function of the module that C calls. */
export interface ExternCallback {
  /** Its name: it takes the function, which is what is passed as the parameter, and then what C passes. */
  readonly callee: string;
  readonly params: readonly CallbackValue[];
  /** Undefined where C gets nothing. */
  readonly result: CallbackValue | undefined;
  /** C may call it when it has returned, too, from other functions of the library. */
  readonly kept?: boolean;
  /**
   * C may call it on threads of its own. It runs there (`any`), or on the thread that has passed it (`calling`), for
   * which the others wait.
   */
  readonly threads?: 'any' | 'calling';
}

export interface CallbackValue {
  readonly way: 'value' | 'pointer' | 'text' | 'long double';
  readonly type: IrType;
  /** An address that may be NULL, behind a tag. */
  readonly null?: boolean;
}

export interface ExternResult {
  readonly way: 'value' | 'pointer' | 'text' | 'long double';
  readonly handle?: string;
}

/** A function of a C library. */
export interface Extern {
  readonly library: string;
  readonly symbol: string;
  /** In C's order. Each is one parameter of the IR function, or two where it is `optional`. */
  readonly params: readonly ExternParameter[];
  /** The first result of the IR function; those of `out` come behind it. */
  readonly result: ExternResult | undefined;
  /** So many of the parameters are declared in C; the others are for its `...`. */
  readonly fixed?: number;
  /** `extern.errno` tells `errno` afterwards. */
  readonly errno?: boolean;
  /** It changes nothing but what it is passed as `out`, and keeps nothing: parallel loops may call it. */
  readonly pure?: boolean;
  /** It may call functions that the library has kept (`ExternCallback.kept`). */
  readonly callsKept?: boolean;
  /** C calls functions that it is passed, or has kept, on threads of its own, too. */
  readonly threads?: boolean;
  /** Some of these run on the calling thread, which waits for them while another thread is in C. */
  readonly served?: boolean;
}

/** Whether a call may leave with an error of its own: what can't be C's text, what is freed, what a callback throws. */
export const externThrows = ({ params, result, callsKept }: Extern): boolean =>
  result?.way === 'text' ||
  callsKept === true ||
  params.some(
    ({ way, handle, functions }) =>
      way === 'text' || way === 'callback' || handle !== undefined || functions !== undefined,
  );

/** Whether C may change objects of native code. */
export const externChangesObjects = ({ params }: Extern): boolean =>
  params.some(({ way }) => way === 'struct' || way === 'callback');

/** How many parameters of the IR function stand for one of C. */
export const valuesOfExtern = ({ optional }: ExternParameter): number => (optional ? 2 : 1);
