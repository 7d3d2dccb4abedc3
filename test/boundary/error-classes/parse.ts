import Coded, { DeepError, Empty, ParseError } from './errors.js';

/** Not exported, and thrown by native code alone. */
class Limit extends RangeError {
  override name = 'Limit';
  code: string;
  constructor(readonly limit: number) {
    super('too much');
    this.code = 'E_LIMIT';
  }
}

/** @native */
export function fail(kind: number, x: number): number {
  if (kind === 0) throw new ParseError('bad', x);
  if (kind === 1) throw new DeepError(x);
  if (kind === 2) throw new Limit(x);
  if (kind === 3) throw new Empty();
  if (kind === 4) throw new Empty('told €');
  if (kind === 5) throw new Coded();
  if (kind === 6) throw new ParseError('deep', x, 7);
  return x;
}

/** @native */
export function called(callback: (x: number) => number, x: number): string {
  try {
    return `none ${callback(x)}`;
  } catch (e) {
    if (e instanceof DeepError) {
      if (e.fatal) throw e;
      return `deep ${e.name} ${e.position} ${e.note ?? '-'}`;
    }
    if (e instanceof ParseError) return `${e.name}: ${e.message}, ${e.position}, ${e.line}`;
    if (e instanceof Coded) return `${e.code} ${e.severity ?? 'null'} ${e.message}`;
    if (e instanceof Error) return `${e.name}: ${e.message}`;
    return 'no error';
  }
}

/** @native */
export function passedThrough(callback: (x: number) => number, x: number): number {
  try {
    return callback(x);
  } catch (e) {
    if (e instanceof Coded && e.code === 'none') return 0;
    throw e;
  }
}

/** Objects cross too. */
/** @native */
export function parse(text: string): { readonly numbers: number[] } {
  const numbers: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i) - 48;
    if (unit < 0 || unit > 9) throw new ParseError(`unexpected ${text[i]}`, i);
    numbers.push(unit);
  }
  return { numbers };
}

/** @native */
export class Parser {
  private at = 0;

  next(text: string): number {
    if (this.at >= text.length) throw new DeepError(this.at);
    return text.charCodeAt(this.at++);
  }
}
