import type { f64 } from 'tsnative';

class Point {
  x!: f64;
  constructor(far: boolean) {
    if (far) this.setUp();
  }
  setUp(): void {
    this.x = 1;
  }
}

/** @native */
export function unset(far: boolean): f64 {
  return new Point(far).x;
}
// rewritten:
import type { f64 } from 'tsnative';

class Point {
  x: f64;
  constructor(far: boolean) {
    this.x = far ? 1 : 0;
  }
}

/** @native */
export function unset(far: boolean): f64 {
  return new Point(far).x;
}
