/** Types of what is lazy and of what it gives. */
import type { Task } from './task.ts';

/** What has no parts that could be lazy. */
type Whole =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | Function
  | Date
  | ArrayBufferLike
  | ArrayBufferView
  | ReadonlyMap<unknown, unknown>
  | ReadonlySet<unknown>;

/** A `T` any part of which may be the result of a task. */
export type Lazy<T> = Task<T> | LazyParts<T>;
type LazyParts<T> = T extends Whole ? T : T extends object ? { [K in keyof T]: Lazy<T[K]> } : T;

export type LazyArguments<A extends readonly unknown[]> = { [K in keyof A]: Lazy<A[K]> };

/** What is there when all tasks in a `T` are replaced by their results. */
export type Computed<T> =
  T extends Task<infer R>
    ? R
    : T extends Whole
      ? T
      : T extends object
        ? { -readonly [K in keyof T]: Computed<T[K]> }
        : T;
