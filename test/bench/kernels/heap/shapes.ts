/** Shapes of different classes in one array, by methods that each class has of its own. */
import type { f64, i32 } from 'tsnative';

abstract class Shape {
  abstract area(): f64;
  abstract grow(factor: f64): void;
}

class Circle extends Shape {
  constructor(private radius: f64) {
    super();
  }
  override area(): f64 {
    return Math.PI * this.radius * this.radius;
  }
  override grow(factor: f64): void {
    this.radius *= factor;
  }
}

class Rectangle extends Shape {
  constructor(
    private width: f64,
    private height: f64,
  ) {
    super();
  }
  override area(): f64 {
    return this.width * this.height;
  }
  override grow(factor: f64): void {
    this.width *= factor;
    this.height *= factor;
  }
}

class Triangle extends Shape {
  constructor(
    private a: f64,
    private b: f64,
    private c: f64,
  ) {
    super();
  }
  override area(): f64 {
    const half = (this.a + this.b + this.c) / 2;
    return Math.sqrt(half * (half - this.a) * (half - this.b) * (half - this.c));
  }
  override grow(factor: f64): void {
    this.a *= factor;
    this.b *= factor;
    this.c *= factor;
  }
}

function shapeOf(kind: f64, size: f64): Shape {
  if (kind < 0.4) return new Circle(size);
  if (kind < 0.8) return new Rectangle(size, size + 1);
  return new Triangle(size + 3, size + 4, size + 5);
}

/** @native */
export function shapes(times: i32, sizes: Float64Array): f64 {
  const all: Shape[] = [];
  for (let i = 0; i + 1 < sizes.length; i += 2) all.push(shapeOf(sizes[i]!, sizes[i + 1]!));
  let sum = 0;
  for (let time = 0; time < times; time++) {
    for (const shape of all) {
      sum += shape.area();
      shape.grow(time % 2 === 0 ? 1.25 : 0.8);
    }
  }
  return sum;
}
