/**
 * What programs import from 'tsnative': names of number types, which TypeScript sees as `number` or
 * `bigint` and the compiler as machine types, `parallel`, `withThreads` and `info`, and what declarations of C's
 * functions are written with.
 */
import { poolInfo, type PoolInfo } from './pool.ts';
import { nativeModules, type NativeModuleInfo } from './registry.ts';

export type { bool, f32, f64, i16, i32, i64, i8, u16, u32, u64, u8 } from './numbers.ts';
export { addressOf, errno, memory, textAt } from './c.ts';
export type { ByValue, Handle, long_double, Out, Pointer, Sized } from './c.ts';
export { parallel, type Parallel, type TypedArray } from './parallel.ts';
export type { Progress } from './progress.ts';
export type { PoolInfo } from './pool.ts';
export { withThreads } from './threads.ts';
export type { NativeFunctionInfo, NativeModuleInfo } from './registry.ts';

export interface Info {
  /** The platform that binaries are looked for, such as `linux-x64`. */
  readonly platform: string;
  /** The compiled packages that were loaded so far. */
  readonly modules: readonly NativeModuleInfo[];
  /** The pool of threads, once a package is loaded that uses it. */
  readonly pool?: PoolInfo;
}

/** Tells which functions of this process are machine code, and why the others are not. */
export function info(): Info {
  const pool = poolInfo();
  return {
    platform: `${process.platform}-${process.arch}`,
    modules: nativeModules().map((module) => ({ ...module })),
    ...(pool && { pool }),
  };
}
