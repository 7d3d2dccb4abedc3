import type { f32 } from 'tsnative';

/** @native */
export function blend(a: f32, b: f32, t: f32): f32 {
  const difference = Math.fround(b - a);
  return Math.fround(a + Math.fround(difference * t));
}
