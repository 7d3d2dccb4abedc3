/** Macros that stand for a number or a text, out of what the preprocessor tells (`-dD -E`). */

export interface Macro {
  readonly name: string;
  /** As TypeScript writes it. */
  readonly value: string;
}

interface Definition {
  readonly name: string;
  readonly body: string;
  readonly isOwn: boolean;
}

/** @param isOwn whether a file's macros are wanted */
export function constantsOf(preprocessed: string, isOwn: (file: string) => boolean): Macro[] {
  const definitions = new Map<string, Definition>();
  let own = false;
  for (const line of preprocessed.split('\n')) {
    const marker = /^# \d+ "(.*?)"/.exec(line);
    if (marker) own = isOwn(marker[1] ?? '');
    const [, name, body] = /^#define (\w+)(?: (.*))?$/.exec(line) ?? [];
    if (name !== undefined) definitions.set(name, { name, body: body ?? '', isOwn: own });
    const undefinedName = /^#undef (\w+)/.exec(line)?.[1];
    if (undefinedName !== undefined) definitions.delete(undefinedName);
  }
  const bodies = new Map([...definitions].map(([name, { body }]) => [name, body]));
  return [...definitions.values()].flatMap(({ name, body, isOwn: wanted }) => {
    if (!wanted || name.startsWith('_')) return [];
    const value = evaluate(body, bodies);
    return value === undefined ? [] : [{ name, value }];
  });
}

/** The value of a macro's body in TypeScript; undefined where it is no constant. */
function evaluate(body: string, macros: ReadonlyMap<string, string>): string | undefined {
  const text = textOf(body, macros, 0);
  if (text !== undefined) return JSON.stringify(text);
  try {
    const value = new Expression(body, macros, 0).value();
    if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
    const isSafe =
      value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER);
    return isSafe ? String(value) : `${value}n`;
  } catch (error) {
    if (error instanceof NoConstant) return undefined;
    throw error;
  }
}

/** Deeper macros are in each other. */
const deepest = 20;

/** Texts side by side. */
function textOf(
  body: string,
  macros: ReadonlyMap<string, string>,
  depth: number,
): string | undefined {
  const parts = body.trim().match(/"(?:[^"\\]|\\.)*"|\w+|\S/g) ?? [];
  if (parts.length === 0 || depth > deepest) return undefined;
  let text = '';
  for (const part of parts) {
    const own = part.startsWith('"')
      ? unquoted(part)
      : textOf(macros.get(part) ?? '', macros, depth + 1);
    if (own === undefined) return undefined;
    text += own;
  }
  return text;
}

function unquoted(literal: string): string | undefined {
  try {
    return JSON.parse(
      literal.replace(/\\x([0-9a-f]{2})/gi, '\\u00$1').replace(/\\0/g, '\\u0000'),
    ) as string;
  } catch {
    return undefined;
  }
}

class NoConstant extends Error {}

type Value = bigint | number;

/** Expressions of numbers (ISO C 6.6), in which casts are left out. */
class Expression {
  private readonly tokens: readonly string[];
  private readonly macros: ReadonlyMap<string, string>;
  private readonly depth: number;
  private at = 0;

  constructor(body: string, macros: ReadonlyMap<string, string>, depth: number) {
    this.tokens =
      body.match(
        /0[xX][\da-fA-F]+[uUlL]*|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[uUlLfF]*|'(?:[^'\\]|\\.)'|\w+|<<|>>|\S/g,
      ) ?? [];
    this.macros = macros;
    this.depth = depth;
    if (this.tokens.length === 0 || depth > deepest) throw new NoConstant();
  }

  /** The value of all of it. */
  value(): Value {
    const value = this.binary(0);
    if (this.at < this.tokens.length) throw new NoConstant();
    return value;
  }

  private static readonly levels: readonly (readonly string[])[] = [
    ['|'],
    ['^'],
    ['&'],
    ['<<', '>>'],
    ['+', '-'],
    ['*', '/', '%'],
  ];

  private binary(level: number): Value {
    const operators = Expression.levels[level];
    if (!operators) return this.unary();
    let left = this.binary(level + 1);
    for (;;) {
      const operator = this.tokens[this.at] ?? '';
      if (!operators.includes(operator)) return left;
      this.at++;
      left = compute(operator, left, this.binary(level + 1));
    }
  }

  private unary(): Value {
    const token = this.tokens[this.at++] ?? '';
    if (token === '-') return negative(this.unary());
    if (token === '+') return this.unary();
    if (token === '~') {
      const value = this.unary();
      if (typeof value === 'number') throw new NoConstant();
      return ~value;
    }
    if (token === '(') {
      if (this.isCast()) {
        this.at = this.tokens.indexOf(')', this.at) + 1;
        return this.unary();
      }
      const value = this.binary(0);
      if (this.tokens[this.at++] !== ')') throw new NoConstant();
      return value;
    }
    if (token.startsWith("'"))
      return BigInt(unquoted(`"${token.slice(1, -1)}"`)?.charCodeAt(0) ?? 0);
    if (/^(\d|\.\d)/.test(token)) return number(token);
    const body = this.macros.get(token);
    if (body === undefined) throw new NoConstant();
    return new Expression(body, this.macros, this.depth + 1).value();
  }

  /** `(unsigned long)`, or a typedef before what can't be an operand's end. */
  private isCast(): boolean {
    const end = this.tokens.indexOf(')', this.at);
    const inside = this.tokens.slice(this.at, end);
    const next = this.tokens[end + 1] ?? '';
    const isWords = inside.length > 0 && inside.every((word) => /^([A-Za-z_]\w*|\*)$/.test(word));
    const isMacro = inside.some((word) => this.macros.has(word));
    return isWords && !isMacro && /^[\w('~.-]/.test(next) && next !== '';
  }
}

function number(token: string): Value {
  if (/^0[xX]/.test(token)) return BigInt(token.replace(/[uUlL]+$/, ''));
  const digits = token.replace(/[uUlLfF]+$/, '');
  if (/[.eE]/.test(digits)) return Number(digits);
  return BigInt(/^0\d/.test(digits) ? `0o${digits.slice(1)}` : digits);
}

const negative = (value: Value): Value => (typeof value === 'number' ? -value : -value);

function compute(operator: string, left: Value, right: Value): Value {
  if (typeof left === 'number' || typeof right === 'number') {
    const [a, b] = [Number(left), Number(right)];
    const floats: Readonly<Record<string, number>> = {
      '+': a + b,
      '-': a - b,
      '*': a * b,
      '/': a / b,
    };
    const value = floats[operator];
    if (value === undefined) throw new NoConstant();
    return value;
  }
  switch (operator) {
    case '|':
      return left | right;
    case '^':
      return left ^ right;
    case '&':
      return left & right;
    case '<<':
      return left << right;
    case '>>':
      return left >> right;
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    default:
      if (right === 0n) throw new NoConstant();
      return operator === '/' ? left / right : left % right;
  }
}
