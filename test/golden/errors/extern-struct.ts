import type { f64, i32, Pointer } from 'tsnative';

interface Plain {
  weight: f64;
}

/** @struct */
interface Named {
  name: string;
}

/** @struct 24 */
interface Short {
  count: i32;
  sum: f64;
}

/** @struct */
interface Whole {
  x: f64;
  y: f64;
}

interface Part {
  y: f64;
}

/** @extern c: one */
declare function one(value: Plain): void;
/** @extern c: two */
declare function two(value: Named): void;
/** @extern c: three */
declare function three(value: Short): void;
/** @extern c: four */
declare function four(value: Whole): void;

function partOf(part: Part): f64 {
  return part.y;
}

/** @native */
export function all(x: f64): f64 {
  one({ weight: x });
  two({ name: '' });
  three({ count: 1, sum: x });
  const whole: Whole = { x, y: x };
  const part = partOf(whole);
  four(whole);
  return part;
}
// rewritten:
import type { f64, i32, Pointer } from 'tsnative';

/** @struct */
interface Plain {
  weight: f64;
}

/** @struct */
interface Named {
  name: Pointer;
}

/** @struct 24 */
interface Short {
  count: i32;
  sum: f64;
  squares: f64;
}

/** @struct */
interface Whole {
  x: f64;
  y: f64;
}

/** @extern c: one */
declare function one(value: Plain): void;
/** @extern c: two */
declare function two(value: Named): void;
/** @extern c: three */
declare function three(value: Short): void;
/** @extern c: four */
declare function four(value: Whole): void;

function partOf(y: f64): f64 {
  return y;
}

/** @native */
export function all(x: f64): f64 {
  one({ weight: x });
  two({ name: 0n });
  three({ count: 1, sum: x, squares: 0 });
  const whole: Whole = { x, y: x };
  const part = partOf(whole.y);
  four(whole);
  return part;
}
