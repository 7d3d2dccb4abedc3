import type { f64 } from 'tsnative';

class Base {
  size: f64 = 1;
}
/** @native */
export class Derived extends Base {
  more: f64 = 2;
}

/** @native */
export class Animal {
  legs: f64 = 4;
}
export class Bird extends Animal {
  wings: f64 = 2;
}

/** @native */
export default class {
  value: f64 = 1;
}

function sealed(made: Function): void {
  Object.seal(made);
}
/** @native */
@sealed
export class Decorated {
  value: f64 = 1;
}

/** @native */
export class Box<T> {
  constructor(readonly held: T) {}
}

/** @native */
export class Sequence {
  value: f64 = 1;
  ['next'](): f64 {
    return this.value++;
  }
  map(transform: (value: f64) => f64): f64 {
    return transform(this.value);
  }
}
// rewritten:
import type { f64 } from 'tsnative';

/** @native */
class Base {
  size: f64 = 1;
}
/** @native */
export class Derived extends Base {
  more: f64 = 2;
}

/** @native */
export class Animal {
  legs: f64 = 4;
}
/** @native */
export class Bird extends Animal {
  wings: f64 = 2;
}

/** @native */
export default class Value {
  value: f64 = 1;
}

/** @native */
export class Decorated {
  value: f64 = 1;
}

class Box<T> {
  constructor(readonly held: T) {}
}
/** @native */
export function boxed(x: f64): f64 {
  return new Box<f64>(x).held;
}

/** @native */
export class Sequence {
  value: f64 = 1;
  next(): f64 {
    return this.value++;
  }
}
