class Bad extends Error {
  constructor(readonly n: number) {
    super('bad');
  }
}

/** @native */
export class Keeper {
  private last: Bad = new Bad(0);

  fail(n: number): number {
    this.last = new Bad(n);
    throw this.last;
  }
}

// rewritten:
class Bad extends Error {
  constructor(readonly n: number) {
    super('bad');
  }
}

/** @native */
export class Keeper {
  private last = 0;

  fail(n: number): number {
    this.last = n;
    throw new Bad(this.last);
  }
}
