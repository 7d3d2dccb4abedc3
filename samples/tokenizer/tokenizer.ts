import type { i32 } from 'tsnative';

/** A word of a program, how often it stands there, and where it does so first. */
export interface Word {
  text: string;
  isKeyword: boolean;
  count: i32;
  /** The number of the source, and the line in it from 1 on. */
  source: i32;
  line: i32;
}

/** What a program is made of. */
export interface Census {
  lines: i32;
  comments: i32;
  numbers: i32;
  strings: i32;
  templates: i32;
  patterns: i32;
  punctuators: i32;
  /** In the order in which they first occur. */
  words: Word[];
}

enum Kind {
  End,
  Word,
  Number,
  Text,
  /** A template, or the part of one up to the next `${` or behind a `}`. */
  Template,
  /** A regular expression. */
  Pattern,
  Comment,
  Punctuator,
}

const tab = 0x09;
const lineFeed = 0x0a;
const space = 0x20;
const dollar = 0x24;
const quote = 0x22;
const apostrophe = 0x27;
const closingParenthesis = 0x29;
const star = 0x2a;
const dot = 0x2e;
const slash = 0x2f;
const zero = 0x30;
const nine = 0x39;
const openingBracket = 0x5b;
const backslash = 0x5c;
const closingBracket = 0x5d;
const underscore = 0x5f;
const backtick = 0x60;
const openingBrace = 0x7b;
const closingBrace = 0x7d;

const isDigit = (unit: i32): boolean => unit >= zero && unit <= nine;

const isLetter = (unit: i32): boolean =>
  (unit >= 0x61 && unit <= 0x7a) ||
  (unit >= 0x41 && unit <= 0x5a) ||
  unit === underscore ||
  unit === dollar ||
  unit > 0x7f;

/** What may stand twice or more in one punctuator: `& * + - < = > ? |`. */
const mayRepeat = (unit: i32): boolean =>
  unit === 0x26 ||
  unit === star ||
  unit === 0x2b ||
  unit === 0x2d ||
  (unit >= 0x3c && unit <= 0x3f) ||
  unit === 0x7c;

function keywords(): Set<string> {
  return new Set([
    'await',
    'break',
    'case',
    'catch',
    'class',
    'const',
    'continue',
    'debugger',
    'default',
    'delete',
    'do',
    'else',
    'enum',
    'export',
    'extends',
    'false',
    'finally',
    'for',
    'function',
    'if',
    'import',
    'in',
    'instanceof',
    'interface',
    'let',
    'new',
    'null',
    'return',
    'static',
    'super',
    'switch',
    'this',
    'throw',
    'true',
    'try',
    'typeof',
    'var',
    'void',
    'while',
    'with',
    'yield',
  ]);
}

/** Cuts JavaScript or TypeScript into tokens. */
class Tokenizer {
  /** Where the last token begins, and behind its end. */
  start: i32 = 0;
  at: i32 = 0;
  /** The line that the last token ends on. */
  line: i32 = 1;
  /** Whether a value ends with the last token, so that a slash behind it divides. */
  private endsValue = false;
  /** For each template that is open, how many braces are open in its `${ }`. */
  private readonly braces: i32[] = [];

  constructor(private readonly source: string) {}

  /** The text of the last token. */
  get text(): string {
    return this.source.slice(this.start, this.at);
  }

  /** Tells that the last word stands before a value, as `return` does. */
  expectValue(): void {
    this.endsValue = false;
  }

  /** Reads the next token. */
  next(): Kind {
    this.skipSpace();
    this.start = this.at;
    if (this.at >= this.source.length) return Kind.End;
    const unit = this.source.charCodeAt(this.at);
    if (unit === slash) {
      const following = this.peek(1);
      if (following === slash) return this.lineComment();
      if (following === star) return this.comment();
      if (!this.endsValue && this.pattern()) return this.value(Kind.Pattern);
      return this.punctuator(unit);
    }
    if (isLetter(unit) || unit === backslash) return this.word();
    if (isDigit(unit) || (unit === dot && isDigit(this.peek(1)))) return this.number();
    if (unit === quote || unit === apostrophe) return this.string(unit);
    if (unit === backtick) return this.template();
    if (unit === closingBrace && this.braces.at(-1) === 0) {
      this.braces.pop();
      return this.template();
    }
    return this.punctuator(unit);
  }

  /** The unit so many places further, or 0 behind the end. */
  private peek(distance: i32): i32 {
    const at = this.at + distance;
    return at < this.source.length ? this.source.charCodeAt(at) : 0;
  }

  private value(kind: Kind): Kind {
    this.endsValue = true;
    return kind;
  }

  private skipSpace(): void {
    const { source } = this;
    while (this.at < source.length) {
      const unit = source.charCodeAt(this.at);
      if (unit === lineFeed) this.line++;
      else if (unit !== space && (unit < tab || unit > 0x0d) && unit !== 0xa0 && unit !== 0xfeff)
        return;
      this.at++;
    }
  }

  private word(): Kind {
    const { source } = this;
    let at: i32 = this.at + 1;
    while (at < source.length) {
      const unit = source.charCodeAt(at);
      if (!isLetter(unit) && !isDigit(unit)) break;
      at++;
    }
    this.at = at;
    return this.value(Kind.Word);
  }

  /** Also with a prefix, an exponent, separators, and an n behind it. */
  private number(): Kind {
    const { source } = this;
    const isHexadecimal = (this.peek(1) | 0x20) === 0x78;
    let at: i32 = this.at + 1;
    while (at < source.length) {
      const unit = source.charCodeAt(at);
      const isSign =
        (unit === 0x2b || unit === 0x2d) &&
        !isHexadecimal &&
        (source.charCodeAt(at - 1) | 0x20) === 0x65;
      if (!isLetter(unit) && !isDigit(unit) && unit !== dot && !isSign) break;
      at++;
    }
    this.at = at;
    return this.value(Kind.Number);
  }

  private string(end: i32): Kind {
    const { source } = this;
    this.at++;
    while (this.at < source.length) {
      const unit = source.charCodeAt(this.at);
      if (unit === lineFeed) break;
      this.at += unit === backslash ? 2 : 1;
      if (unit === end) break;
    }
    if (this.at > source.length) this.at = source.length;
    return this.value(Kind.Text);
  }

  /** A template from its backtick or the brace of its last `${ }` on. */
  private template(): Kind {
    const { source } = this;
    this.at++;
    while (this.at < source.length) {
      const unit = source.charCodeAt(this.at);
      if (unit === lineFeed) this.line++;
      if (unit === backtick) {
        this.at++;
        return this.value(Kind.Template);
      }
      if (unit === dollar && this.peek(1) === openingBrace) {
        this.at += 2;
        this.braces.push(0);
        this.endsValue = false;
        return Kind.Template;
      }
      this.at += unit === backslash ? 2 : 1;
    }
    this.at = source.length;
    return this.value(Kind.Template);
  }

  private lineComment(): Kind {
    const end = this.source.indexOf('\n', this.at);
    this.at = end < 0 ? this.source.length : end;
    return Kind.Comment;
  }

  private comment(): Kind {
    const { source } = this;
    const end = source.indexOf('*/', this.at + 2);
    const stop = end < 0 ? source.length : end + 2;
    for (let at = this.at; at < stop; at++) if (source.charCodeAt(at) === lineFeed) this.line++;
    this.at = stop;
    return Kind.Comment;
  }

  /** Reads a regular expression; gives false, and reads nothing, where the line ends before it does. */
  private pattern(): boolean {
    const { source } = this;
    let isInClass = false;
    let at: i32 = this.at + 1;
    for (;;) {
      if (at >= source.length) return false;
      const unit = source.charCodeAt(at);
      if (unit === lineFeed) return false;
      if (unit === openingBracket) isInClass = true;
      else if (unit === closingBracket) isInClass = false;
      at += unit === backslash ? 2 : 1;
      if (unit === slash && !isInClass) break;
    }
    while (at < source.length && isLetter(source.charCodeAt(at))) at++;
    this.at = at;
    return true;
  }

  private punctuator(unit: i32): Kind {
    const { source } = this;
    let at: i32 = this.at + 1;
    if (mayRepeat(unit)) while (at < source.length && source.charCodeAt(at) === unit) at++;
    const isAssignable = mayRepeat(unit) || unit === 0x21 || unit === 0x25 || unit === slash;
    if (isAssignable) while (at < source.length && source.charCodeAt(at) === 0x3d) at++;
    this.at = at;
    this.endsValue =
      unit === closingParenthesis || unit === closingBracket || unit === closingBrace;
    const open = this.braces.length - 1;
    if (open >= 0) {
      if (unit === openingBrace) this.braces[open]!++;
      if (unit === closingBrace) this.braces[open]!--;
    }
    return Kind.Punctuator;
  }
}

/** Whether a value may follow a keyword. */
const isBeforeValue = (keyword: string): boolean =>
  keyword !== 'this' &&
  keyword !== 'super' &&
  keyword !== 'null' &&
  keyword !== 'true' &&
  keyword !== 'false';

/**
 * Counts what sources in JavaScript or TypeScript are made of.
 * @native
 */
export function census(sources: readonly string[]): Census {
  const result: Census = {
    lines: 0,
    comments: 0,
    numbers: 0,
    strings: 0,
    templates: 0,
    patterns: 0,
    punctuators: 0,
    words: [],
  };
  const reserved = keywords();
  const known = new Map<string, Word>();
  for (let source = 0; source < sources.length; source++) {
    const tokenizer = new Tokenizer(sources[source]!);
    for (;;) {
      const kind = tokenizer.next();
      if (kind === Kind.End) break;
      switch (kind) {
        case Kind.Word: {
          const { text } = tokenizer;
          let word = known.get(text);
          if (word === undefined) {
            const isKeyword = reserved.has(text);
            word = { text, isKeyword, count: 0, source, line: tokenizer.line };
            known.set(text, word);
            result.words.push(word);
          }
          word.count++;
          if (word.isKeyword && isBeforeValue(text)) tokenizer.expectValue();
          break;
        }
        case Kind.Number:
          result.numbers++;
          break;
        case Kind.Text:
          result.strings++;
          break;
        case Kind.Template:
          result.templates++;
          break;
        case Kind.Pattern:
          result.patterns++;
          break;
        case Kind.Comment:
          result.comments++;
          break;
        default:
          result.punctuators++;
      }
    }
    result.lines += tokenizer.line;
  }
  return result;
}
