/** Native classes: instances that JavaScript makes, asks and changes between calls of native code. */
import type { Random } from '../../random.ts';
import { assignment, bool, int, num, text, type Scope } from '../expressions.ts';
import type { Content } from './index.ts';

interface Field {
  readonly name: string;
  readonly type: 'number' | 'i32' | 'boolean' | 'string' | 'Float64Array' | 'Int32Array';
}

const types = [
  'number',
  'number',
  'i32',
  'boolean',
  'string',
  'Float64Array',
  'Int32Array',
] as const;

const isArray = ({ type }: Field): boolean => type.endsWith('Array');

const namesOf = (fields: readonly Field[], wanted: Field['type'], before: string): string[] =>
  fields.filter(({ type }) => type === wanted).map(({ name }) => `${before}${name}`);

/** What an instance's fields add to what is in scope. */
const scopeOf = (
  fields: readonly Field[],
  object: string,
  nums: string[],
  ints: string[],
): Scope => ({
  nums: [...nums, ...namesOf(fields, 'number', `${object}.`)],
  ints: [...ints, ...namesOf(fields, 'i32', `${object}.`)],
  bools: namesOf(fields, 'boolean', `${object}.`),
  texts: namesOf(fields, 'string', `${object}.`),
  arrays: fields.filter(isArray).map(({ name }) => `${object}.${name}`),
});

function initial(random: Random, type: Field['type']): string {
  const none: Scope = { nums: [], ints: [] };
  switch (type) {
    case 'number':
      return num(random, none, 0);
    case 'i32':
      return int(random, none, 0);
    case 'boolean':
      return random.pick(['true', 'false']);
    case 'string':
      return text(random, none, 0);
    case 'Float64Array':
    case 'Int32Array':
      return `new ${type}(${random.between(4, 6)})`;
  }
}

/** Statements over what is in scope, with branches and loops; `left` bounds how many. */
export function body(random: Random, scope: Scope, count: number): string {
  const lines = Array.from({ length: count }, () =>
    random.weighted<() => string>([
      [6, () => assignment(random, scope, 2)],
      [
        2,
        () =>
          `if (${bool(random, scope, 1)}) { ${assignment(random, scope, 1)} } else { ${assignment(random, scope, 1)} }`,
      ],
      [
        2,
        () =>
          `for (let k = 0; k < ${random.between(2, 5)}; k++) { ${assignment(random, { ...scope, nums: scope.nums }, 2)} ${random.chance(0.3) ? `if (${bool(random, scope, 1)}) break;` : ''} }`,
      ],
      [
        1,
        () =>
          `if (${bool(random, scope, 2)}) { ${assignment(random, scope, 1)} return ${num(random, scope, 1)}; }`,
      ],
      [
        1,
        () =>
          `try { ${assignment(random, scope, 1)} if (${bool(random, scope, 1)}) throw new RangeError('r' + ${num(random, scope, 1)}); ${assignment(random, scope, 1)} } catch { ${assignment(random, scope, 1)} } finally { ${assignment(random, scope, 1)} }`,
      ],
      [
        0.5,
        () => `if (${bool(random, scope, 1)}) throw new Error('e' + ${num(random, scope, 1)});`,
      ],
    ])(),
  );
  return lines.join('\n    ');
}

export function classes(random: Random): Content {
  const own = (letters: string, most: number): Field[] =>
    [...letters]
      .slice(0, random.between(2, most))
      .map((name) => ({ name, type: random.pick(types) }));
  const base = own('abcdefg', 6);
  const more = own('pqr', 3);
  const all = [...base, ...more];
  const secret = random.chance(0.6);
  const declare = (fields: readonly Field[]): string =>
    fields
      .map((field) => `  ${field.name}: ${field.type} = ${initial(random, field.type)};`)
      .join('\n');
  const withSecret = (scope: Scope): Scope =>
    secret ? { ...scope, nums: [...scope.nums, 'this.#s'] } : scope;
  const inBase = (nums: string[], ints: string[]): Scope =>
    withSecret(scopeOf(base, 'this', nums, ints));
  const inMore = (nums: string[], ints: string[]): Scope => scopeOf(all, 'this', nums, ints);
  const method = (scope: Scope): string =>
    `${body(random, scope, random.between(1, 4))}\n    return ${num(random, scope, 2)};`;
  const hasSuper = random.chance(0.6);
  const both = scopeOf(base, 'a', ['x', ...namesOf(base, 'number', 'b.')], ['n']);
  const module = `import type { i32 } from 'tsnative';
/** @native */
export class A {
${declare(base)}
  next: A | null = null;
${secret ? `  #s: number = ${initial(random, 'number')};` : ''}
  constructor(x: number, n: i32) {
    ${body(random, { ...inBase(['x'], ['n']) }, random.between(0, 2)).replace(/return [^;]*;/g, 'return;')}
  }
  step(x: number, n: i32): number {
    ${method(inBase(['x'], ['n']))}
  }
  get view(): number {
    return ${num(random, inBase([], []), 2)};
  }
  set view(x: number) {
    ${assignment(random, inBase(['x'], []), 2)}
  }
  link(other: A | null): number {
    this.next = other;
    return this.length();
  }
  length(): number {
    let count = 0;
    for (let at: A | null = this; at !== null && count < 9; at = at.next) count++;
    return count;
  }
  same(other: A): boolean { return other === this || this.next === other; }
  static make(x: number, n: i32): A {
    const made = new A(x, n);
    ${assignment(random, scopeOf(base, 'made', ['x'], ['n']), 2)}
    return made;
  }
}
/** @native */
export class B extends A {
${declare(more)}
  constructor(x: number, n: i32) {
    super(${num(random, { nums: ['x'], ints: ['n'] }, 1)}, n);
    ${assignment(random, inMore(['x'], ['n']), 2)}
  }
  override step(x: number, n: i32): number {
    ${hasSuper ? 'x += super.step(x, n);' : ''}
    ${method(inMore(['x'], ['n']))}
  }
  override get view(): number {
    return super.view + ${num(random, inMore([], []), 1)};
  }
  override set view(x: number) {
    super.view = x;
    ${assignment(random, inMore(['x'], []), 1)}
  }
}
/** @native */
export function use(a: A, b: A, x: number, n: i32): number {
  ${body(random, both, random.between(1, 4))}
  x += a.step(x, n);
  ${random.chance(0.5) ? 'b.view = a.view;' : 'b.next = a;'}
  ${body(random, both, random.between(0, 3))}
  return ${num(random, both, 2)} + (a instanceof B ? 1 : 0);
}
/** @native */
export function last(list: A[], n: i32): A | undefined {
  let best: A | undefined;
  for (const a of list) if (best === undefined || a.view > best.view) best = a;
  if (best !== undefined && n > 1) best.step(n, n);
  return n > 3 ? list[n & 1] : best;
}
/** @native */
export function held(a: A): { a: A; list: A[] } {
  return { a, list: a.next === null ? [a] : [a.next, a] };
}
`;
  return { module, script: script(random, base, more) };
}

function script(random: Random, base: readonly Field[], more: readonly Field[]): string {
  const none: Scope = { nums: [], ints: [] };
  const number = (): string => num(random, none, 0);
  const integer = (): string => int(random, none, 0);
  const args = (): string => `${number()}, ${integer()}`;
  const objects = ['a', 'b', 'c', 'd'];
  const isB = (name: string): boolean => name === 'b' || name === 'd';
  const lines = [
    `let a = new m.A(${args()}), b = new m.B(${args()}), c = m.A.make(${args()}), d = new m.B(${args()});`,
    'const all = { a, b, c, d };',
    'const which = (x) => Object.keys(all).find((key) => all[key] === x) ?? x;',
  ];
  const seen = (name: string): string =>
    [...base, ...(isB(name) ? more : [])].map((field) => `${name}.${field.name}`).join(', ');
  for (let i = 0; i < random.between(10, 24); i++) {
    const name = random.pick(objects);
    const fields = [...base, ...(isB(name) ? more : [])];
    const field = random.pick(fields);
    const other = random.pick(objects);
    lines.push(
      random.weighted<() => string>([
        [5, () => `thrown(() => ${name}.step(${args()}));`],
        [3, () => `thrown(() => m.use(${name}, ${other}, ${args()}));`],
        [3, () => `tell('${name}', ${seen(name)});`],
        [
          4,
          () =>
            isArray(field)
              ? random.chance(0.5)
                ? `${name}.${field.name}[${random.below(4)}] = ${number()};`
                : `{ const array = ${field.type}.of(${number()}, ${number()}, 3, 4, 5); ${name}.${field.name} = array; tell(${name}.${field.name} === array); }`
              : `${name}.${field.name} = ${initial(random, field.type)};`,
        ],
        [2, () => `thrown(() => ${name}.view);`],
        [2, () => `thrown(() => (${name}.view = ${number()}));`],
        [
          2,
          () => `tell(${name}.link(${random.chance(0.2) ? 'null' : other}), which(${name}.next));`,
        ],
        [1, () => `tell(${name}.same(${other}));`],
        [1, () => `thrown(() => which(m.last([a, ${name}, ${other}], ${random.below(5)})));`],
        [1, () => `{ const h = m.held(${name}); tell(which(h.a), h.list.map(which).join()); }`],
        [
          1,
          () =>
            `tell(Object.keys(${name}).join(), ${name} instanceof m.B, ${name}.constructor.name);`,
        ],
        [
          1,
          () =>
            isArray(field)
              ? `{ const x = ${other}.${base.find((f) => f.type === field.type)?.name ?? 'none'}; if (x) { ${name}.${field.name} = x; tell(${name}.${field.name} === x); } }`
              : `tell(JSON.stringify([${name}.${field.name}]));`,
        ],
        [0.3, () => 'gc();'],
      ])(),
    );
  }
  lines.push(...objects.map((name) => `tell('${name}', ${seen(name)});`));
  return lines.join('\n');
}
