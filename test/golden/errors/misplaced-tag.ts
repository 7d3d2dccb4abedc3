export const size = 4;

/** @native */
export const limit = 10;

/** @native */
export interface Point {
  x: number;
}

export class Counter {
  /** @native */
  constructor(readonly step: number) {}

  /** @native */
  get twice(): number {
    return this.step * 2;
  }
}

export default class {
  /** @native */
  next(x: number): number {
    return x + 1;
  }
}

export function outer(x: number): number {
  /** @native */
  const inner = (y: number): number => y * 2;
  return inner(x);
}
// rewritten:
export const size = 4;

export class Counter {
  constructor(readonly step: number) {}

  /** @native */
  twice(): number {
    return this.step * 2;
  }
}

export default class Next {
  /** @native */
  next(x: number): number {
    return x + 1;
  }
}

/** @native */
export const inner = (y: number): number => y * 2;
