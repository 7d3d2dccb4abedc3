/** What a kernel is run with. The kernel itself is a TypeScript file, with the same in C beside it where there are only typed arrays. */
import type { Random } from './random.ts';

export type TypedArray =
  Float64Array | Float32Array | Int32Array | Uint32Array | Uint8Array | Int8Array;
export type Argument = number | TypedArray;

export interface Case {
  /** `test` is tiny; `small` fits the caches near the core; `large` has more data than their L2. */
  readonly sizes: { readonly test: number; readonly small: number; readonly large: number };
  /** The arguments for a size, always the same ones. Arrays that results go to start with zeros. */
  readonly inputs: (size: number, random: Random) => readonly Argument[];
  /**
   * That it calls `Math.exp`, `log` …, whose last bit ECMA-262 leaves open: ours are compared bit by
   * bit with our library run as JavaScript, and only nearly with V8's and C's.
   */
  readonly approximate?: boolean;
  /** Why there is no version of it in AssemblyScript. */
  readonly notInAssemblyScript?: string;
}

export type SizeName = keyof Case['sizes'];
export type Suite = 'polybench' | 'other' | 'heap';
/** By the names of their files. */
export type Cases = Readonly<Record<string, Case>>;

/** An array for results, or for workspace. */
export const zeros = (length: number): Float64Array => new Float64Array(length);
