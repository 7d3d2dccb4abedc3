/** What tasks of chunked arrays call. */
import { arrayClasses, type ArrayName } from '../array-classes.ts';
import type { TypedArray } from '../parallel.ts';

type Elements = { [index: number]: number | bigint; readonly length: number };
type MakeElements = new (length: number) => TypedArray & Elements;

export const isArrayName = (name: string): name is ArrayName => Object.hasOwn(arrayClasses, name);

/** @param type of what is made; undefined for that of the chunk */
export function mapChunk(
  fn: (element: never, index: number) => unknown,
  type: ArrayName | undefined,
  chunk: TypedArray,
  from: number,
): TypedArray {
  const make = (type === undefined ? chunk.constructor : arrayClasses[type]) as MakeElements;
  const elements = chunk as TypedArray & Elements;
  const made = new make(chunk.length);
  for (let i = 0; i < chunk.length; i++)
    made[i] = fn(elements[i] as never, from + i) as number | bigint;
  return made;
}

/** @throws TypeError where it gives anything but a typed array of that length */
export async function callForChunk(
  fn: (...args: unknown[]) => unknown,
  length: number,
  ...args: unknown[]
): Promise<TypedArray> {
  const given = await fn(...args);
  if (!ArrayBuffer.isView(given) || given instanceof DataView)
    throw new TypeError(`${fn.name} must give a typed array for a chunk`);
  const chunk = given as TypedArray;
  if (chunk.length !== length)
    throw new TypeError(
      `${fn.name} must give as many elements as the chunk has: ${length}, not ${chunk.length}`,
    );
  return chunk;
}

/** From the left to the right. */
export async function fold(
  combine: (a: unknown, b: unknown) => unknown,
  parts: readonly unknown[],
): Promise<unknown> {
  let [all, ...others] = parts;
  for (const part of others) all = await combine(all, part);
  return all;
}

/** @throws TypeError for chunks of several types */
export function join(chunks: readonly TypedArray[]): TypedArray {
  const make = chunks[0]?.constructor as new (length: number) => TypedArray & {
    set(from: TypedArray, at: number): void;
  };
  const whole = new make(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    if (chunk.constructor !== make)
      throw new TypeError(`chunks are of several types: ${make.name}, ${chunk.constructor.name}`);
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
