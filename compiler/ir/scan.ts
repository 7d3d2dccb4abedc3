/** Reads the small words of the IR's text: names, numbers, strings, punctuation. */

/** Text that is no IR. */
export class IrSyntaxError extends Error {
  override readonly name = 'IrSyntaxError';
  /** Counts from 1. */
  readonly line: number;
  constructor(line: number, message: string) {
    super(`line ${line}: ${message}`);
    this.line = line;
  }
}

const wordStart = /[A-Za-z_$]/;
const wordPattern = /[A-Za-z_$][\w$.]*/y;
const stringPattern = /"(?:[^"\\\n]|\\.)*"/y;
const integerPattern = /\d+/y;
const constantPattern = /-?\d+n|NaN|-?Infinity|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|true|false/y;

export class Scanner {
  private readonly text: string;
  private position = 0;

  constructor(text: string) {
    this.text = text;
    this.passBlank(true);
  }

  get atEnd(): boolean {
    return this.position >= this.text.length;
  }

  /** Whether the next thing is a name, bare or quoted. */
  get atName(): boolean {
    const next = this.text[this.position];
    return next !== undefined && (next === '"' || wordStart.test(next));
  }

  /** Whether this punctuation or character comes next. */
  sees(text: string): boolean {
    return this.text.startsWith(text, this.position);
  }

  /** Passes the punctuation if it comes next. */
  accept(text: string): boolean {
    if (!this.sees(text)) return false;
    this.position += text.length;
    this.passBlank(false);
    return true;
  }

  expect(text: string): void {
    if (!this.accept(text)) this.fail(`expected '${text}'`);
  }

  /** Ends the line, which must hold nothing more; passes empty lines too. */
  endLine(): void {
    if (!this.atEnd && !this.sees('\n')) this.fail('expected the end of the line');
    this.passBlank(true);
  }

  /** A bare word such as a keyword, a type or an operation. */
  word(what: string): string {
    return this.match(wordPattern) ?? this.fail(`expected ${what}`);
  }

  /** Passes this word if exactly it comes next. */
  acceptWord(expected: string): boolean {
    wordPattern.lastIndex = this.position;
    if (!this.sees(expected) || wordPattern.exec(this.text)?.[0] !== expected) return false;
    this.position += expected.length;
    this.passBlank(false);
    return true;
  }

  /** A name: a word, or any text in quotes. */
  name(what: string): string {
    return this.sees('"') ? this.string(what) : this.word(what);
  }

  /** Text in quotes. */
  string(what: string): string {
    const quoted = this.match(stringPattern) ?? this.fail(`expected ${what}`);
    try {
      return JSON.parse(quoted) as string;
    } catch {
      return this.fail(`${quoted} is no valid string`);
    }
  }

  /** A number ≥ 0 without a fraction. */
  integer(what: string): number {
    return Number(this.match(integerPattern) ?? this.fail(`expected ${what}`));
  }

  constant(): number | bigint | boolean {
    const text = this.match(constantPattern) ?? this.fail('expected a constant');
    if (text === 'true' || text === 'false') return text === 'true';
    return text.endsWith('n') ? BigInt(text.slice(0, -1)) : Number(text);
  }

  /** @throws IrSyntaxError at the current line */
  fail(message: string): never {
    const before = this.text.slice(0, this.position);
    const rest = this.text.slice(this.position).split('\n', 1)[0] ?? '';
    const found = rest === '' ? 'the end of the line' : `'${rest.slice(0, 30)}'`;
    throw new IrSyntaxError(before.split('\n').length, `${message}, found ${found}`);
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const text = pattern.exec(this.text)?.[0];
    if (text === undefined) return undefined;
    this.position += text.length;
    this.passBlank(false);
    return text;
  }

  /** Passes spaces, and with `lines` also line ends. */
  private passBlank(lines: boolean): void {
    for (;;) {
      const code = this.text.charCodeAt(this.position);
      const blank = code === 32 || code === 9 || code === 13 || (lines && code === 10);
      if (!blank) return;
      this.position++;
    }
  }
}
