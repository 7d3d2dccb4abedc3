export class ParseError extends Error {
  constructor(
    message: string,
    readonly position: number,
    readonly line = 1,
  ) {
    super(`${message} at ${position}`);
    this.name = 'ParseError';
  }

  where(): string {
    return `${this.line}:${this.position}`;
  }
}

export class DeepError extends ParseError {
  static made = 0;
  override name = 'DeepError';
  note: string | undefined = undefined;
  readonly fatal: boolean;
  constructor(depth: number) {
    super('deep', depth);
    this.fatal = depth > 3;
    if (depth === 2) this.note = 'two';
  }

  static count(): void {}
}

export class Empty extends TypeError {}

export default class Coded extends RangeError {
  code = 'E_CODE';
  severity: string | null = null;
}
