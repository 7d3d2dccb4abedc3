/** Arrays in chunks: graphs of tasks for each chunk. */
import type { ArrayName } from '../array-classes.ts';
import type { TypedArray } from '../parallel.ts';
import { checkWhole } from '../workers/check.ts';
import { callForChunk, fold, isArrayName, join, mapChunk } from './chunk-calls.ts';
import { nameOf, Task } from './task.ts';
import type { Lazy, LazyArguments } from './types.ts';

export interface ChunkOptions {
  /**
   * How many elements a chunk has, the last one at most: a whole number above 0; 65,536 without it. Sums and other
   * reductions of doubles depend on it in their last bits.
   */
  readonly chunk?: number;
}

type Constructor<A extends TypedArray> = { readonly name: string } & (new (length: number) => A);

const usual = 65_536;

/** A typed array in chunks that are yet to be made. As a task it gives the whole array. */
export class ChunkedArray<A extends TypedArray> extends Task<A> {
  constructor(
    readonly length: number,
    /** How many elements a chunk has. */
    readonly chunk: number,
    /** At least one, if an empty one. */
    readonly chunks: readonly Lazy<A>[],
  ) {
    super('join', join, [chunks]);
  }

  /**
   * The array of what a function gives for each element.
   * @param fn exported by a module; gets an element and its index
   * @param type of the new array, such as `Float64Array`; that of this one without it
   */
  map(fn: (element: A[number], index: number) => A[number]): ChunkedArray<A>;
  map<B extends TypedArray>(
    fn: (element: A[number], index: number) => B[number],
    type: Constructor<B>,
  ): ChunkedArray<B>;
  map(
    fn: (element: A[number], index: number) => number | bigint,
    type?: Constructor<TypedArray>,
  ): ChunkedArray<TypedArray> {
    const name = type && typeName(type);
    return this.like(
      (chunk, from) => new Task(`map ${nameOf(fn)}`, mapChunk, [fn, name, chunk, from]),
    );
  }

  /**
   * One value of all elements. Chunks are reduced each by itself, then what comes of them in groups of `arity` from the
   * left to the right, then those, and so on: the same tree whatever runs it, so the same bits.
   * @param each reduces a chunk, which is empty only where the array is
   * @param combine makes one of two of its results, the left one first
   * @param arity a whole number above 1; 8 without it
   */
  reduce<R>(
    each: (chunk: A) => R,
    combine: (a: Awaited<R>, b: Awaited<R>) => R,
    { arity = 8 }: { readonly arity?: number } = {},
  ): Task<Awaited<R>> {
    checkWhole('graphs', 'arity', arity, 2);
    let level = this.chunks.map((chunk) => new Task<Awaited<R>>(nameOf(each), each, [chunk]));
    while (level.length > 1) {
      const groups = Array.from({ length: Math.ceil(level.length / arity) }, (_, at) =>
        level.slice(at * arity, (at + 1) * arity),
      );
      level = groups.map(
        (group) => new Task<Awaited<R>>(`combine ${nameOf(combine)}`, fold, [combine, group]),
      );
    }
    const [all] = level;
    // There is a chunk.
    return all as Task<Awaited<R>>;
  }

  private like<B extends TypedArray>(
    make: (chunk: Lazy<A>, from: number) => Task<B>,
  ): ChunkedArray<B> {
    const chunks = this.chunks.map((chunk, at) => make(chunk, at * this.chunk));
    return new ChunkedArray(this.length, this.chunk, chunks);
  }
}

/**
 * A typed array in chunks, or one whose chunks are made where they are needed.
 * @param array is not copied, so it must stay as it is until it was computed
 * @param length a whole number
 * @param make exported by a module; gives the elements from an index up to another, which is not included
 */
export function chunked<A extends TypedArray>(array: A, options?: ChunkOptions): ChunkedArray<A>;
export function chunked<A extends TypedArray>(
  length: number,
  make: (from: number, to: number) => A | Promise<A>,
  options?: ChunkOptions,
): ChunkedArray<A>;
export function chunked<A extends TypedArray>(
  from: A | number,
  ...[make, options]: [ChunkOptions?] | [(from: number, to: number) => unknown, ChunkOptions?]
): ChunkedArray<A> {
  if (typeof from === 'number' || typeof make === 'function') {
    if (typeof make !== 'function' || typeof from !== 'number')
      throw new TypeError('graphs: chunked takes a typed array, or a length and a function');
    checkWhole('graphs', 'the length', from, 0);
    return inChunks(from, options, (start, end) => {
      const args = [make, end - start, start, end];
      return new Task<A>(nameOf(make), callForChunk, args);
    });
  }
  // The subarray of a typed array is of its type.
  return inChunks(from.length, make, (start, end) => from.subarray(start, end) as Lazy<A>);
}

/**
 * The array whose chunks a function makes of the chunks of others.
 * @param fn exported by a module; gets a chunk of each chunked array, and all else as it is. It must give a typed array as
 *   long as the chunks
 * @throws RangeError for arrays of other lengths or chunks. TypeError where no argument is in chunks
 */
export function blockwise<P extends readonly unknown[], B extends TypedArray>(
  fn: (...args: P) => B | Promise<B>,
  ...args: LazyArguments<P>
): ChunkedArray<B> {
  const arrays = args.filter((arg) => arg instanceof ChunkedArray);
  const [first] = arrays;
  if (!first) throw new TypeError('graphs: blockwise needs an array in chunks');
  for (const { length, chunk } of arrays)
    if (length !== first.length || chunk !== first.chunk)
      throw new RangeError(
        `graphs: blockwise needs arrays in the same chunks: ${first.length} elements in chunks of ${first.chunk}, and ${length} in chunks of ${chunk}`,
      );
  return inChunks(first.length, first, (start, end) => {
    const own = args.map((arg: unknown) =>
      arg instanceof ChunkedArray ? arg.chunks[start / first.chunk] : arg,
    );
    return new Task<B>(nameOf(fn), callForChunk, [fn, end - start, ...own]);
  });
}

function inChunks<A extends TypedArray>(
  length: number,
  { chunk = usual }: ChunkOptions = {},
  make: (from: number, to: number) => Lazy<A>,
): ChunkedArray<A> {
  checkWhole('graphs', 'chunk', chunk, 1);
  const count = Math.max(1, Math.ceil(length / chunk));
  const chunks = Array.from({ length: count }, (_, at) =>
    make(at * chunk, Math.min(length, (at + 1) * chunk)),
  );
  return new ChunkedArray<A>(length, chunk, chunks);
}

function typeName({ name }: { readonly name: string }): ArrayName {
  if (isArrayName(name)) return name;
  throw new TypeError(`graphs: ${name} is no typed array`);
}
