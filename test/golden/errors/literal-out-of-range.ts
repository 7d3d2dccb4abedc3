import type { i8, i64, u8, u32 } from 'tsnative';

const big = 3_000_000_000;

/** @native */
export function numbers(x: u8): i8 {
  let a: u8 = 256;
  const b: u32 = 1.5;
  const c: i64 = 10000000000000000000n;
  a = x;
  return Number(c) + a + b > 0 ? big : 0;
}
// rewritten:
import type { i8, u8, u16, u64, f64 } from 'tsnative';

const big = 3_000_000_000;

/** @native */
export function numbers(x: u8): i8 {
  let a: u16 = 256;
  const b: f64 = 1.5;
  const c: u64 = 10000000000000000000n;
  a = x;
  return Number(c) + a + b > 0 ? (big << 24) >> 24 : 0;
}
