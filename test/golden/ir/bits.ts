import type { u32 } from 'tsnative';

/** @native */
export function hash(seed: u32, byte: number): u32 {
  let h = seed ^ byte;
  h = Math.imul(h, 0x01000193);
  return (h ^ (h >>> 15)) >>> 0;
}
