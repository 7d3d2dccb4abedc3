/** Types of C as clang writes them, such as `int (*)(void *, const char *)`: read by the grammar of type names (ISO C 6.7.7). */

export type CType =
  | { readonly kind: 'void' }
  /** A number by its words in clang's order, such as `unsigned long`. */
  | { readonly kind: 'number'; readonly name: string }
  | { readonly kind: 'pointer'; readonly to: CType; readonly isConst: boolean }
  | { readonly kind: 'array'; readonly of: CType; readonly size: number | undefined }
  | {
      readonly kind: 'function';
      readonly result: CType;
      readonly params: readonly CType[];
      readonly isVariadic: boolean;
    }
  /** `struct`, `union` and `enum` with their tags. */
  | { readonly kind: 'tagged'; readonly what: 'struct' | 'union' | 'enum'; readonly tag: string }
  /** What a typedef names. */
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'unknown'; readonly text: string };

/** What is pointed to, with whether it may be changed. */
interface Specified {
  readonly type: CType;
  readonly isConst: boolean;
}

const qualifiers = new Set([
  ...['const', 'volatile', 'restrict', '__restrict', '__restrict__', '_Nonnull', '_Nullable'],
  ...['__extension__', 'register', '_Atomic'],
]);
const numberWords = new Set([
  ...['char', 'short', 'int', 'long', 'float', 'double', 'signed', 'unsigned', '_Bool', 'bool'],
  ...['__int128', '_Complex', '_Float16', '__float128', '_Float128'],
]);

/** @returns `unknown` for what isn't in the grammar */
export function parseType(text: string): CType {
  const reader = new Reader(text.replace(/ *__attribute__\(\(.*?\)\)+/g, ''));
  const type = reader.type();
  return type && reader.atEnd ? type : { kind: 'unknown', text };
}

class Reader {
  private readonly tokens: readonly string[];
  private at = 0;

  constructor(text: string) {
    this.tokens = text.match(/\.\.\.|[A-Za-z_]\w*|\d+|\S/g) ?? [];
  }

  get atEnd(): boolean {
    return this.at === this.tokens.length;
  }

  /** A type name; undefined where there is none. */
  type(): CType | undefined {
    const specified = this.specifiers();
    return specified && this.declarator(specified);
  }

  private peek(ahead = 0): string {
    return this.tokens[this.at + ahead] ?? '';
  }

  private accept(token: string): boolean {
    if (this.peek() !== token) return false;
    this.at++;
    return true;
  }

  private specifiers(): Specified | undefined {
    const words: string[] = [];
    let isConst = false;
    let type: CType | undefined;
    for (; /^[A-Za-z_]/.test(this.peek()); this.at++) {
      const word = this.peek();
      if (word === 'const') isConst = true;
      if (qualifiers.has(word)) continue;
      if (word === '__attribute__') break;
      if (word === 'struct' || word === 'union' || word === 'enum') {
        this.at++;
        // `struct (unnamed at x.h:1:2)`
        const tag = this.peek() === '(' ? this.unnamed() : this.peek();
        type = { kind: 'tagged', what: word, tag };
      } else if (word === 'void') type = { kind: 'void' };
      else if (numberWords.has(word)) words.push(word);
      else if (!type && words.length === 0) type = { kind: 'named', name: word };
      else break;
    }
    if (words.length > 0) type = { kind: 'number', name: words.join(' ') };
    return type && { type, isConst };
  }

  private unnamed(): string {
    const start = this.at;
    let depth = 0;
    do {
      if (this.peek() === '(') depth++;
      if (this.peek() === ')') depth--;
      this.at++;
    } while (depth > 0 && !this.atEnd);
    this.at--;
    return this.tokens.slice(start, this.at + 1).join(' ');
  }

  /** What stands behind the specifiers, around which the type grows from the inside. */
  private declarator(specified: Specified): CType {
    let { type, isConst } = specified;
    for (;;) {
      if (this.accept('*')) {
        type = { kind: 'pointer', to: type, isConst };
        isConst = false;
      } else if (qualifiers.has(this.peek())) {
        if (this.peek() === 'const') isConst = true;
        this.at++;
      } else break;
    }
    const isNested = this.peek() === '(' && ['*', '(', '^'].includes(this.peek(1));
    if (!isNested) return this.suffixes(type);
    this.at++;
    const inner = this.at;
    this.skipTo(')');
    const outer = this.suffixes(type);
    const end = this.at;
    this.at = inner;
    const made = this.declarator({ type: outer, isConst: false });
    this.at = end;
    return made;
  }

  /** Goes behind the bracket that closes. */
  private skipTo(closing: string): void {
    for (let depth = 0; !this.atEnd; this.at++) {
      if (this.peek() === '(') depth++;
      if (this.peek() === closing && depth-- === 0) break;
    }
    this.at++;
  }

  private suffixes(type: CType): CType {
    if (this.accept('(')) {
      const params: CType[] = [];
      let isVariadic = false;
      while (!this.atEnd && !this.accept(')')) {
        if (this.accept('...')) isVariadic = true;
        else params.push(this.type() ?? { kind: 'unknown', text: this.tokens[this.at++] ?? '' });
        this.accept(',');
      }
      const [first] = params;
      const isEmpty = params.length === 1 && first?.kind === 'void';
      return { kind: 'function', result: type, params: isEmpty ? [] : params, isVariadic };
    }
    if (this.accept('[')) {
      const size = /^\d+$/.test(this.peek()) ? Number(this.peek()) : undefined;
      while (!this.atEnd && !this.accept(']')) this.at++;
      return { kind: 'array', of: this.suffixes(type), size };
    }
    return type;
  }
}
