/** Functions of C libraries, as native code calls them. */
import { isArrayLeaf, isGivenBack, layoutOf, type CStruct } from './c-structs.ts';
import type { IrType } from './types.ts';

/**
 * How C gets an argument or gives a result:
 * - `value`: a number or boolean as C has it, of the machine type;
 * - `pointer`: an address, which is a u64 (0 is NULL);
 * - `data`: where the elements of a typed array or the bytes of a DataView are;
 * - `text`: a string as UTF-8 that ends with 0: a copy for the call or, of a result, one of what C has;
 * - `struct`: an object of a record that is laid out as C does it, where it is; or, with `struct`, a copy for the call
 *   that is made of the operands and, of a pointer, results of the function, too;
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
  /** Of `out` and of a structure that is copied: NULL may go to C instead. A boolean before the value tells whether there is a place. */
  readonly optional?: boolean;
  readonly callback?: ExternCallback;
  /** Of a structure that is copied: what C has. Each of its leaves is one parameter of the IR function. */
  readonly struct?: CStruct;
  /** Of that: C gets it itself, and no pointer to it. */
  readonly byValue?: boolean;
  /** Of a structure: C only looks at it, and of a copy nothing comes back. */
  readonly readonly?: boolean;
  /** Of that: the functions in it, in the order of its leaves. */
  readonly functions?: readonly { readonly callback: ExternCallback }[];
  /** Of a structure that C gets in place: there are addresses in it, of 8 bytes. */
  readonly addresses?: boolean;
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
  readonly way: 'value' | 'pointer' | 'text' | 'long double' | 'struct';
  readonly handle?: string;
  /**
   * The structure itself. Each of its leaves is one result of the IR function, but for arrays: these are set in typed
   * arrays, which are parameters behind all others.
   */
  readonly struct?: CStruct;
}

/** A function of a C library. */
export interface Extern {
  readonly library: string;
  readonly symbol: string;
  /** In C's order. See `valuesOfExtern` for how many parameters of the IR function each is. */
  readonly params: readonly ExternParameter[];
  /** The first result of the IR function, or results; those of `out` and of structures come behind it. */
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
  hasText(result?.struct) ||
  callsKept === true ||
  params.some(
    ({ way, handle, functions, struct }) =>
      way === 'text' ||
      way === 'callback' ||
      handle !== undefined ||
      functions !== undefined ||
      hasText(struct),
  );

const hasText = (struct: CStruct | undefined): boolean =>
  struct !== undefined && layoutOf(struct).leaves.some(({ leaf }) => leaf.kind === 'text');

/** How many parameters of the IR function stand for one of C. */
export const valuesOfExtern = ({ optional, struct }: ExternParameter): number =>
  (optional ? 1 : 0) + (struct ? layoutOf(struct).leaves.length : 1);

/** How many results of the IR function come back of a parameter. */
export const outsOfExtern = ({ way, struct, byValue, readonly }: ExternParameter): number => {
  if (way === 'out' || way === 'out pointer') return 1;
  if (!struct || byValue || readonly) return 0;
  return layoutOf(struct).leaves.filter(({ leaf }) => isGivenBack(leaf)).length;
};

/** How many results of the IR function C's result is, and how many parameters behind all others. */
export function sizeOfResult(result: ExternResult | undefined): {
  readonly results: number;
  readonly arrays: number;
} {
  if (!result?.struct) return { results: result ? 1 : 0, arrays: 0 };
  const { leaves } = layoutOf(result.struct);
  const arrays = leaves.filter(({ leaf }) => isArrayLeaf(leaf)).length;
  return { results: leaves.length - arrays, arrays };
}
