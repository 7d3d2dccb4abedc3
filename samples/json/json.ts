import type { f64, i32 } from 'tsnative';

interface Product {
  id: i32;
  name: string;
  price: f64;
  tags: string[];
  active: boolean;
}

/** What the products of a tag come to. */
export interface Tag {
  name: string;
  products: i32;
  active: i32;
  /** The sum of the prices of those that are active. */
  total: f64;
  /** The name of the dearest one. */
  dearest: string;
  highest: f64;
}

const quote = 0x22;
const plus = 0x2b;
const comma = 0x2c;
const minus = 0x2d;
const dot = 0x2e;
const zero = 0x30;
const nine = 0x39;
const colon = 0x3a;
const openingBracket = 0x5b;
const backslash = 0x5c;
const closingBracket = 0x5d;
const openingBrace = 0x7b;
const closingBrace = 0x7d;

const isDigit = (unit: i32): boolean => unit >= zero && unit <= nine;

/** The value of a hexadecimal digit; −1 for another unit. */
function hexadecimal(unit: i32): i32 {
  if (isDigit(unit)) return unit - zero;
  const small = unit | 0x20;
  return small >= 0x61 && small <= 0x66 ? small - 0x61 + 10 : -1;
}

/** Reads JSON (RFC 8259). What it reads is given by the method; other members of objects are skipped. */
class Reader {
  private at: i32 = 0;

  constructor(private readonly text: string) {}

  /** An array of products, which is all there is. */
  products(): Product[] {
    const products: Product[] = [];
    this.expect(openingBracket);
    if (!this.accept(closingBracket)) {
      do products.push(this.product());
      while (this.accept(comma));
      this.expect(closingBracket);
    }
    this.skipSpace();
    if (this.at < this.text.length) this.fail('the end');
    return products;
  }

  private product(): Product {
    const product: Product = { id: 0, name: '', price: 0, tags: [], active: false };
    this.expect(openingBrace);
    if (this.accept(closingBrace)) return product;
    do {
      const name = this.string();
      this.expect(colon);
      switch (name) {
        case 'id':
          product.id = this.number();
          break;
        case 'name':
          product.name = this.string();
          break;
        case 'price':
          product.price = this.number();
          break;
        case 'tags':
          product.tags = this.strings();
          break;
        case 'active':
          product.active = this.boolean();
          break;
        default:
          this.skipValue();
      }
    } while (this.accept(comma));
    this.expect(closingBrace);
    return product;
  }

  private strings(): string[] {
    const strings: string[] = [];
    this.expect(openingBracket);
    if (this.accept(closingBracket)) return strings;
    do strings.push(this.string());
    while (this.accept(comma));
    this.expect(closingBracket);
    return strings;
  }

  private string(): string {
    this.expect(quote);
    const { text } = this;
    let start: i32 = this.at;
    let at: i32 = start;
    let value = '';
    for (;;) {
      if (at >= text.length) this.fail('a closing quote');
      const unit = text.charCodeAt(at);
      if (unit === quote) break;
      if (unit < 0x20) this.fail('an escape');
      if (unit !== backslash) {
        at++;
        continue;
      }
      value += text.slice(start, at);
      this.at = at + 1;
      value += this.escaped();
      at = this.at;
      start = at;
    }
    this.at = at + 1;
    return value + text.slice(start, at);
  }

  /** What stands behind a backslash. */
  private escaped(): string {
    const { text } = this;
    if (this.at >= text.length) this.fail('an escape');
    const kind = text.charAt(this.at++);
    switch (kind) {
      case '"':
      case '\\':
      case '/':
        return kind;
      case 'b':
        return '\b';
      case 'f':
        return '\f';
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 't':
        return '\t';
      case 'u': {
        let unit = 0;
        for (let end = this.at + 4; this.at < end; this.at++) {
          const digit = this.at < text.length ? hexadecimal(text.charCodeAt(this.at)) : -1;
          if (digit < 0) this.fail('four hexadecimal digits');
          unit = 16 * unit + digit;
        }
        return String.fromCharCode(unit);
      }
      default:
        this.at--;
        return this.fail('an escape');
    }
  }

  private number(): f64 {
    this.skipSpace();
    const start = this.at;
    if (this.peek() === minus) this.at++;
    if (this.peek() === zero) this.at++;
    else this.digits();
    if (this.peek() === dot) {
      this.at++;
      this.digits();
    }
    if ((this.peek() | 0x20) === 0x65) {
      this.at++;
      if (this.peek() === plus || this.peek() === minus) this.at++;
      this.digits();
    }
    return Number(this.text.slice(start, this.at));
  }

  private digits(): void {
    const start = this.at;
    while (isDigit(this.peek())) this.at++;
    if (this.at === start) this.fail('a digit');
  }

  private boolean(): boolean {
    if (this.acceptWord('true')) return true;
    if (this.acceptWord('false')) return false;
    return this.fail('true or false');
  }

  private skipValue(): void {
    this.skipSpace();
    const unit = this.peek();
    if (unit === quote) this.string();
    else if (unit === openingBracket) {
      this.at++;
      if (this.accept(closingBracket)) return;
      do this.skipValue();
      while (this.accept(comma));
      this.expect(closingBracket);
    } else if (unit === openingBrace) {
      this.at++;
      if (this.accept(closingBrace)) return;
      do {
        this.string();
        this.expect(colon);
        this.skipValue();
      } while (this.accept(comma));
      this.expect(closingBrace);
    } else if (unit === minus || isDigit(unit)) this.number();
    else if (!this.acceptWord('null')) this.boolean();
  }

  /** The unit that comes next, or 0 at the end. */
  private peek(): i32 {
    return this.at < this.text.length ? this.text.charCodeAt(this.at) : 0;
  }

  private skipSpace(): void {
    for (;;) {
      const unit = this.peek();
      if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return;
      this.at++;
    }
  }

  private accept(unit: i32): boolean {
    this.skipSpace();
    if (this.peek() !== unit) return false;
    this.at++;
    return true;
  }

  private acceptWord(word: string): boolean {
    this.skipSpace();
    if (!this.text.startsWith(word, this.at)) return false;
    this.at += word.length;
    return true;
  }

  private expect(unit: i32): void {
    if (!this.accept(unit)) this.fail(String.fromCharCode(unit));
  }

  private fail(expected: string): never {
    throw new Error(`expected ${expected} at position ${this.at}`);
  }
}

/**
 * Reads a catalogue of products in JSON, and sums them up by their tags, in the order in which those occur.
 * @throws Error where the text is no array of products
 * @native
 */
export function summarize(text: string): Tag[] {
  const tags: Tag[] = [];
  const known = new Map<string, Tag>();
  for (const product of new Reader(text).products()) {
    for (const name of product.tags) {
      let tag = known.get(name);
      if (tag === undefined) {
        tag = { name, products: 0, active: 0, total: 0, dearest: '', highest: -Infinity };
        known.set(name, tag);
        tags.push(tag);
      }
      tag.products++;
      if (!product.active) continue;
      tag.active++;
      tag.total += product.price;
      if (product.price > tag.highest) {
        tag.highest = product.price;
        tag.dearest = product.name;
      }
    }
  }
  return tags;
}
