import type { u64 } from 'tsnative';

export const SCALE = 3;
export const half = SCALE / 6;
export const TABLE = new Int32Array([10, 20, 30]);
export const big: u64 = 0xffff_0000n;
