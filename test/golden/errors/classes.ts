import type { f64 } from 'tsnative';

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
export function counting(): f64 {
  return Counter.count;
}

/** @native */
export function late(x: f64): f64 {
  return new Late(x).total;
}
// rewritten:
import type { f64 } from 'tsnative';

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
export function counting(): f64 {
  return Counter.count;
}

/** @native */
export function late(x: f64): f64 {
  return new Late(x).total;
}
