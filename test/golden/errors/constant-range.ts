import type { f32, i64, u8 } from 'tsnative';

const top: u8 = 256;
const half: u8 = 0.5;
const tenth: f32 = 0.1;
const huge: i64 = 10000000000000000000n;

/** @native */
export function sum(): number {
  return top + half + tenth + Number(huge);
}
// rewritten:
import type { f32, u16, u64 } from 'tsnative';

const top: u16 = 256;
const half = 0.5;
const tenth: f32 = Math.fround(0.1);
const huge: u64 = 10000000000000000000n;

/** @native */
export function sum(): number {
  return top + half + tenth + Number(huge);
}
