export class Failure extends Error {
  #secret = 1;
  secret(): number {
    return this.#secret;
  }
}

export class Listed extends Error {
  constructor(readonly places: number[]) {
    super('listed');
  }
}

export class Named extends Error {
  constructor(isBad: boolean) {
    super('named');
    if (isBad) this.name = 'Bad';
  }
}

/** @native */
export function fail(kind: number): number {
  if (kind === 0) throw new Failure('no');
  if (kind === 1) throw new Listed([kind]);
  if (kind === 2) throw new Named(true);
  return kind;
}

// rewritten:
export class Failure extends Error {
  private secret = 1;
}

export class Listed extends Error {
  constructor(readonly place: number) {
    super('listed');
  }
}

export class Named extends Error {
  constructor(isBad: boolean) {
    super('named');
    this.name = isBad ? 'Bad' : 'Error';
  }
}

/** @native */
export function fail(kind: number): number {
  if (kind === 0) throw new Failure('no');
  if (kind === 1) throw new Listed(kind);
  if (kind === 2) throw new Named(true);
  return kind;
}
