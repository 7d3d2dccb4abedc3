import type { f64 } from 'tsnative';

class Base {
  size: f64 = 1;
}
class Again extends Base {
  size: f64 = 2;
}
const name = 'length';
class Computed {
  [name]: f64 = 3;
}
class Stack extends Array<f64> {
  top: f64 = 4;
}

/** @native */
export function again(): f64 {
  return new Again().size;
}

/** @native */
export function computed(): f64 {
  const c = new Computed();
  return c.length;
}

/** @native */
export function stack(s: Stack): f64 {
  return s.top;
}

/** @native */
export function nested(): f64 {
  return outer();
}

function outer(): f64 {
  class Inner {
    value: f64 = 6;
  }
  const made: Inner = new Inner();
  return made.value;
}
// rewritten:
import type { f64 } from 'tsnative';

class Base {
  size: f64 = 1;
}
class Again extends Base {}
class Computed {
  length: f64 = 3;
}
class Stack {
  readonly items: f64[] = [];
  top: f64 = 4;
}
class Inner {
  value: f64 = 6;
}

/** @native */
export function again(): f64 {
  return new Again().size;
}

/** @native */
export function computed(): f64 {
  const c = new Computed();
  return c.length;
}

/** @native */
export function stack(top: f64): f64 {
  const s = new Stack();
  s.top = top;
  return s.top;
}

/** @native */
export function nested(): f64 {
  const made: Inner = new Inner();
  return made.value;
}
