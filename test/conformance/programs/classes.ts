import type { f64, i32 } from 'tsnative';

class Vec {
  constructor(
    readonly x: f64,
    readonly y: f64,
  ) {}
  plus(other: Vec): Vec {
    return new Vec(this.x + other.x, this.y + other.y);
  }
  get length(): f64 {
    return Math.sqrt(this.x * this.x + this.y * this.y);
  }
  static zero(): Vec {
    return new Vec(0, 0);
  }
}

/** @native */
export function vectors(n: i32): f64 {
  let sum = Vec.zero();
  for (let i = 0; i < n; i++) sum = sum.plus(new Vec(i, -i / 2));
  return sum.length + sum.x * 1000;
}

abstract class Shape {
  name = 7;
  count = 0;
  #secret = 1;
  abstract area(): f64;
  describe(): f64 {
    this.count++;
    return this.area() * 2 + this.name + this.#secret++;
  }
  get double(): f64 {
    return this.area() * 2;
  }
  set scaled(value: f64) {
    this.name = value * 10;
  }
  get scaled(): f64 {
    return this.name / 10;
  }
}

class Circle extends Shape {
  constructor(public radius: f64) {
    super();
    this.name = 1;
  }
  area(): f64 {
    return 3 * this.radius * this.radius;
  }
}

class Square extends Shape {
  side: f64;
  constructor(side: f64) {
    super();
    this.side = side;
  }
  area(): f64 {
    return this.side * this.side;
  }
  override describe(): f64 {
    return super.describe() + 1000;
  }
}

class Cube extends Square {
  tag?: i32;
  override area(): f64 {
    return 6 * super.area();
  }
}

function pick(kind: i32, size: f64): Shape {
  if (kind === 0) return new Circle(size);
  if (kind === 1) return new Square(size);
  return new Cube(size);
}

/** @native */
export function shapes(kind: i32, size: f64, out: Float64Array): f64 {
  const shape = pick(kind, size);
  out[0] = shape.describe();
  out[1] = shape.describe();
  out[2] = shape.double;
  shape.scaled = 4;
  out[3] = shape.scaled;
  shape.scaled += 1;
  out[4] = shape.name;
  out[5] = shape.count;
  out[6] =
    shape instanceof Circle ? 1 : shape instanceof Cube ? 3 : shape instanceof Square ? 2 : 0;
  if (shape instanceof Circle) out[7] = shape.radius;
  if (shape instanceof Cube) out[7] = shape.tag ?? -5;
  return shape.area();
}

interface Animal {
  sound(times: i32): f64;
}
class Dog implements Animal {
  barks = 0;
  sound(times: i32): f64 {
    this.barks += times;
    return this.barks;
  }
}
class Cat implements Animal {
  lives = 9;
  sound(times: i32): f64 {
    return this.lives-- * times;
  }
}

/** @native */
export function animals(which: boolean, n: i32): f64 {
  const dog = new Dog();
  const cat = new Cat();
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const animal: Animal = ((i & 1) === 0) === which ? dog : cat;
    sum = sum * 3 + animal.sound(i);
  }
  return sum;
}

class Tree {
  left: Tree | null = null;
  right: Tree | null = null;
  constructor(public value: f64) {}
  insert(value: f64): void {
    if (value < this.value) {
      if (this.left) this.left.insert(value);
      else this.left = new Tree(value);
    } else if (this.right) this.right.insert(value);
    else this.right = new Tree(value);
  }
  sum(depth: f64): f64 {
    return (
      this.value * depth + (this.left?.sum(depth + 1) ?? 0) + (this.right?.sum(depth + 1) ?? 0)
    );
  }
}

/** @native */
export function tree(values: Float64Array): f64 {
  if (values.length === 0) return 0;
  const root = new Tree(values[0]!);
  for (let i = 1; i < values.length; i++) root.insert(values[i]!);
  return root.sum(1);
}

let order = 0;
const note = (x: f64): f64 => x;
class Base {
  a = note(1);
  b: f64;
  constructor(x: f64 = 5) {
    this.b = this.a + x;
  }
}
class Derived extends Base {
  c = this.a * 10 + this.b;
  d: f64;
  constructor(y: f64) {
    super(y + 1);
    this.d = this.c + y;
  }
}
class Implicit extends Derived {
  e = this.d + 0.5;
}
export const touched = (): number => order++;

/** @native */
export function construction(x: f64): f64 {
  const base = new Base();
  const derived = new Derived(x);
  const implicit = new Implicit(x);
  return base.b + derived.c * 100 + derived.d * 10000 + implicit.e;
}

class Property {
  twice: f64;
  constructor(
    public value: f64,
    readonly other: Property | null = null,
  ) {
    this.twice = value * 2;
    value = 100;
    if (other !== null) this.twice += value + other.twice;
  }
}

/** @native */
export function parameterProperties(x: f64): f64 {
  const first = new Property(x);
  const second = new Property(x + 1, first);
  second.value *= 3;
  return first.value + 10 * first.twice + 100 * second.value + 1000 * second.twice;
}

const factor = 3;
class Settings {
  static readonly limit = 10 * factor;
  static readonly small: i32 = 7;
  static readonly title = 'settings €';
  static readonly on = true;
  static twice(x: f64): f64 {
    return 2 * x + Settings.limit;
  }
}

/** @native */
export function statics(x: f64): f64 {
  return Settings.twice(x) + Settings.small + Settings.title.length + (Settings.on ? 1000 : 0);
}

class Gauge {
  constructor(protected level: f64) {}
  get height(): f64 {
    return this.level;
  }
  set height(level: f64) {
    this.level = level;
  }
  get half(): f64 {
    return this.height / 2;
  }
}

class Doubled extends Gauge {
  override get height(): f64 {
    return super.height + 0.5;
  }
  override set height(level: f64) {
    super.height = level * 2;
  }
  bump(by: f64): f64 {
    super.height += by;
    const before = super.height++;
    const read = (): f64 => super.height;
    return before + read() * 100;
  }
}

class Sealed extends Doubled {
  override get half(): f64 {
    return -super.half;
  }
}

/** @native */
export function accessorsOfBases(x: f64, kind: f64): f64 {
  const gauge: Gauge = kind > 1 ? new Sealed(x) : kind > 0 ? new Doubled(x) : new Gauge(x);
  gauge.height = x + 1;
  const bumped = gauge instanceof Doubled ? gauge.bump(x) : 0;
  return gauge.height + gauge.half * 1000 + bumped * 1e6;
}

export const cases = [
  ['statics', [1.5]] as const,
  ['parameterProperties', [1.5]] as const,
  ['parameterProperties', [-0]] as const,
  ...[0, 1, 10].map((n) => ['vectors', [n]] as const),
  ...[0, 1, 2].flatMap((kind) =>
    [0, -0, 2.5, NaN].map((size) => ['shapes', [kind, size, new Float64Array(8)]] as const),
  ),
  ...[true, false].map((which) => ['animals', [which, 7]] as const),
  ['tree', [Float64Array.of()]] as const,
  ['tree', [Float64Array.of(5, 3, 8, 1, 4, 9, 7, 5, NaN)]] as const,
  ...[0, 3].map((x) => ['construction', [x]] as const),
  ...[0, 1, 2].flatMap((kind) =>
    [0, -0, 2.5, NaN, Infinity, 2 ** 53].map((x) => ['accessorsOfBases', [x, kind]] as const),
  ),
];
