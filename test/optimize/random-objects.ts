/** Random programs of small objects: made, changed, shared, compared, passed, returned, and put into each other. */
import type { random } from './random.ts';

type Random = ReturnType<typeof random>;

const classes = `
class V {
  x: number;
  y: number;
  constructor(x: number, y: number) {
    this.x = x;
    this.y = y;
  }
  plus(v: V): V {
    return new V(this.x + v.x, this.y + v.y);
  }
  grow(by: number): void {
    this.x += by;
  }
  flipped(): V {
    return new V(this.y, this.x);
  }
  same(): V {
    return this;
  }
}
`;
const derived = `
class Named extends V {
  id: number;
  constructor(x: number, id: number) {
    super(x, id);
    this.id = id;
  }
  override plus(v: V): V {
    return new Named(this.x + v.y, this.id + 1);
  }
}
const isNamed = (v: V): boolean => v instanceof Named;
`;
const others = `
interface Pair {
  a: V;
  b: V;
}
interface Link {
  v: V;
  next: Link | null;
}
interface R {
  readonly p: number;
  q: number;
}
const rest = (r: R): R => ({ p: r.q, q: r.p + 1 });
const isNone = (v: V | null): boolean => v === null;
const hasNext = (l: Link | null): boolean => l !== null && l.next !== null;
const maybe = (v: V, is: boolean): V | null => (is ? v : null);
const chain = (v: V, next: Link | null, is: boolean): Link | null => (is ? { v, next } : next);
function swap(pair: Pair): Pair {
  return { a: pair.b, b: pair.a };
}
`;

/** A program that exports `main(n: number): number`. */
export function randomObjects(below: Random): string {
  // Everything at once leaves hardly an object to its function alone.
  const style = {
    derives: below(4) === 0,
    compares: below(3) === 0,
    shares: below(3) === 0,
    changes: below(2) === 0,
  };
  const functions = Array.from({ length: 3 }, (_, index) => new Writer(below, style, index).text());
  const main = `/** @native */
export function main(n: number): number {
  const a = new V(n, 1);
  const b = new V(2, n);
  const v = f0(a, b, n, 4);
  return v.x * 3 + v.y + a.x * 5 + b.y * 7 + a.y + b.x;
}
`;
  const declarations = style.derives ? [classes, derived, others] : [classes, others];
  return [...declarations, ...functions, main].join('\n');
}

/** What a program has. */
interface Style {
  /** A class that extends another. */
  readonly derives: boolean;
  /** Comparisons of objects. */
  readonly compares: boolean;
  /** Several names for one object. */
  readonly shares: boolean;
  /** Objects that are changed after they were made. */
  readonly changes: boolean;
}

class Writer {
  private readonly below: Random;
  private readonly style: Style;
  private readonly index: number;
  private depth = 0;
  private left = 16;
  private loops = 0;

  constructor(below: Random, style: Style, index: number) {
    this.below = below;
    this.style = style;
    this.index = index;
  }

  text(): string {
    const body = this.statements(4 + this.below(6));
    return `function f${this.index}(p: V, q: V, n: number, fuel: number): V {
  if (fuel < 0) return ${this.known(['p', 'q.flipped()'], ['new V(n, fuel)'])};
  let s = n;
  let u = ${this.known(['p', 'q'], ['new V(s, p.x)', 'new V(1, q.y)'])};
  let w = ${this.known(['p', 'u'], ['new V(1, 2)', 'p.flipped()'])};
  const k = ${this.known(['p', 'u'], ['new V(s, 3)', ...(this.style.derives ? ['new Named(s, 4)'] : [])])};
  let o = maybe(${this.known(['p'], ['new V(n, 2)'])}, s > 4);
  let pair: Pair = { a: ${this.known(['u'], ['new V(s, 5)'])}, b: ${this.known(['w'], ['new V(6, n)'])} };
  let r: R = { p: s, q: 2 };
  let link = chain(${this.known(['q'], ['new V(7, s)'])}, null, n > 1);
${body}
  s += u.x + w.y + pair.a.x - pair.b.y + r.p * 2 + r.q + k.x;
  if (o !== null) s += o.x;
  while (link !== null) {
    s += link.v.x;
    link = link.next;
  }
  return ${this.known(['u', 'pair.a', 'k'], ['new V(s, u.y)', 'new V(s, 1).plus(w)'])};
}
`;
  }

  private pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }

  private statements(count: number): string {
    return Array.from({ length: count }, () => this.statement()).join('\n');
  }

  private block(): string {
    this.depth++;
    const inner = this.statements(1 + this.below(3));
    this.depth--;
    return inner;
  }

  private number(): string {
    return this.pick([
      's',
      'n',
      '1',
      '-0',
      '0.5',
      'u.x',
      'u.y',
      'w.x',
      'w.y',
      'k.x',
      'p.x',
      'q.y',
      'r.p',
      'r.q',
      'pair.a.x',
      'pair.b.y',
      'u.x + w.y',
      's * 2 - u.y',
      'n - r.q',
    ]);
  }

  /** One of the names, where objects may have several, or of what makes an object. */
  private known(names: readonly string[], makers: readonly string[]): string {
    return this.pick(this.style.shares ? [...names, ...makers] : makers);
  }

  private object(): string {
    const { below, index, loops } = this;
    const made = `new V(${this.number()}, ${this.number()})`;
    const passed = this.pick(['u', 'w', 'k', 'p', made]);
    const other = this.pick(['w', 'k', 'q']);
    const calls = [
      ...(index < 2 ? [`f${index + 1}(${passed}, ${other}, ${this.number()}, fuel - 1)`] : []),
      `f${index}(${passed}, ${other}, ${this.number()}, fuel - 2)`,
    ];
    return this.known(
      ['u', 'w', 'k', 'p', 'q', 'pair.a', 'pair.b', 'w.same()', '(s > 3 ? u : w)'],
      [
        made,
        made,
        'u.plus(w)',
        'w.plus(k).plus(u)',
        'u.flipped()',
        'k.flipped()',
        `(n < 2 ? ${made} : new V(0, ${this.number()}))`,
        ...(loops === 0 && below(2) === 0 ? calls : []),
        ...(this.style.derives ? [`new Named(${this.number()}, ${this.number()})`] : []),
      ],
    );
  }

  private condition(): string {
    return this.pick([
      's > 2',
      'n < r.q',
      'u.x < w.x',
      'u.y > 0',
      'isNone(o)',
      'hasNext(link)',
      ...(this.style.compares
        ? ['u === w', 'p === q', 'u !== k', 'o === u', 'pair.a === pair.b']
        : []),
      ...(this.style.derives ? ['isNamed(w)', 'isNamed(k)'] : []),
    ]);
  }

  private statement(): string {
    if (this.depth < 3 && this.left-- > 0)
      switch (this.below(14)) {
        case 0:
          return `if (${this.condition()}) {\n${this.block()}\n} else {\n${this.block()}\n}`;
        case 1:
          return `if (${this.condition()}) {\n${this.block()}\n}`;
        case 2: {
          const name = `i${this.left + 20}`;
          this.loops++;
          const body = this.block();
          this.loops--;
          const leave = this.pick([
            '',
            `if (${this.condition()}) break;`,
            `if (${this.condition()}) continue;`,
          ]);
          return `for (let ${name} = 0; ${name} < 3; ${name}++) {\n${leave}\n${body}\n}`;
        }
        case 3:
          return `try {\n${this.block()}\nif (${this.condition()}) throw new Error('e');\n${this.block()}\n} catch {\n${this.block()}\n}`;
      }
    const assigned = [
      () => `u = ${this.object()};`,
      () => `w = ${this.object()};`,
      () => `o = ${this.pick([this.object(), `maybe(${this.object()}, ${this.condition()})`])};`,
      () => `s += ${this.number()};`,
      () => `s = ${this.number()} - s / 4;`,
      () => `pair = { a: ${this.object()}, b: ${this.object()} };`,
      () => `pair = swap(pair);`,
      () => `r = { p: ${this.number()}, q: ${this.number()} };`,
      () => `r = rest(r);`,
      () => `link = { v: ${this.object()}, next: link };`,
      () => `link = chain(${this.object()}, link, ${this.condition()});`,
      () => `if (link !== null) link = link.next;`,
      () => `{ const { x, y } = ${this.object()}; s += x - y; }`,
      () => `{ const t = u; u = w; w = t; }`,
      () => `{ const c = ${this.object()}; s += c.x; ${this.pick(['', 'u = c;', 'o = c;'])} }`,
    ];
    const changed = [
      () => `u.x = ${this.number()};`,
      () => `w.y = ${this.number()};`,
      () => `k.grow(${this.number()});`,
      () => `u.grow(1);`,
      () => `if (o !== null) o.x += 1;`,
      () => `pair.a = ${this.object()};`,
      () => `r.q += ${this.number()};`,
      () =>
        `{ const c = new V(${this.number()}, ${this.number()}); c.x += c.y; s += c.x; ${this.pick(['', 'u = c;', 'c.grow(2); w = c;', 'pair.b = c; c.y = 9;', 'o = c;'])} }`,
    ];
    return this.pick(this.style.changes ? [...assigned, ...changed] : assigned)();
  }
}
