import type { f64 } from 'tsnative';

class Box<T> {
  constructor(readonly value: T) {}
}
class Counter {
  static count = 0;
}
class Late {
  total: f64;
  constructor(x: f64) {
    this.add(x);
    this.total = x;
  }
  add(x: f64): void {
    this.total += x;
  }
}

/** @native */
export function generic(x: f64): f64 {
  return new Box<f64>(x).value;
}

/** @native */
export function counting(): f64 {
  return Counter.count;
}

/** @native */
export function late(x: f64): f64 {
  return new Late(x).total;
}
// rewritten:
import type { f64 } from 'tsnative';

class Box {
  constructor(readonly value: f64) {}
}
class Counter {
  static readonly count = 0;
}
class Late {
  total = 0;
  constructor(x: f64) {
    this.add(x);
    this.total = x;
  }
  add(x: f64): void {
    this.total += x;
  }
}

/** @native */
export function generic(x: f64): f64 {
  return new Box(x).value;
}

/** @native */
export function counting(): f64 {
  return Counter.count;
}

/** @native */
export function late(x: f64): f64 {
  return new Late(x).total;
}
