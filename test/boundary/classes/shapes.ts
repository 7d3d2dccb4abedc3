/** An abstract class, an interface of classes, a class that is exported as default, unions. */
import type { f64 } from 'tsnative';

/** @native */
export abstract class Shape {
  constructor(readonly name: string) {}
  abstract area(): f64;
  describe(): string {
    return `${this.name} of ${this.area()}`;
  }
}

/** @native */
export class Circle extends Shape {
  constructor(public radius: f64) {
    super('circle');
  }
  area(): f64 {
    return this.radius * this.radius * 3;
  }
}

/** @native */
class Square extends Shape {
  side: f64;
  constructor(side: f64) {
    super('square');
    this.side = side;
  }
  area(): f64 {
    return this.side ** 2;
  }
}
export { Square };

/** @native */
export default class Settings {
  title: string | null = null;
  size?: f64;
  tags: string[] = [];
  count: f64 | undefined = 3;
}

/** @native */
export function total(shapes: Shape[]): f64 {
  let sum = 0;
  for (const shape of shapes) sum += shape.area();
  return sum;
}

/** @native */
export function larger(a: Circle | Square, b: Circle | Square): Circle | Square {
  return a.area() > b.area() ? a : b;
}
