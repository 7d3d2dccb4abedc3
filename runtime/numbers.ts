/** Names of number types, which TypeScript sees as `number` or `bigint` and the compiler as machine types. */

/** A double; the same as `number`. */
export type f64 = number;
/** A single-precision number. */
export type f32 = number;
/** An integer from −128 to 127. */
export type i8 = number;
/** An integer from 0 to 255. */
export type u8 = number;
/** An integer from −32768 to 32767. */
export type i16 = number;
/** An integer from 0 to 65535. */
export type u16 = number;
/** An integer from −2^31 to 2^31 − 1. */
export type i32 = number;
/** An integer from 0 to 2^32 − 1. */
export type u32 = number;
/** An integer from −2^63 to 2^63 − 1. */
export type i64 = bigint;
/** An integer from 0 to 2^64 − 1. */
export type u64 = bigint;
/** The same as `boolean`. */
export type bool = boolean;
