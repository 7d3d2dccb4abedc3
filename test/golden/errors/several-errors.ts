import type { f32, i32 } from 'tsnative';

/** @native */
export function first(x: number): number {
  const list = [x];
  const object = { x };
  if (x > 0) {
    const y: i32 = 0.5;
    return list[0]! + object.x + y;
  }
  return Math.random();
}

/** @native */
export function second(x: f32): f32 {
  const y: f32 = x + 0.1;
  for (const c of 'text') console.log(c);
  return y;
}
