export class Box<T> {
  constructor(public value: T) {}

  /** @native */
  twice(x: number): number {
    return x * 2;
  }
}
// rewritten:
export class Box {
  constructor(public value: number) {}

  /** @native */
  twice(x: number): number {
    return x * 2;
  }
}
