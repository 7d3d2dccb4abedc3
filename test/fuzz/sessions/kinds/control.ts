/** Jumps: labels, `try` with `finally` around them, fall-through, and closures over the variables of loops. */
import type { Random } from '../../random.ts';
import { num, type Scope } from '../expressions.ts';
import type { Content } from './index.ts';

/** What can stand around a statement. */
interface Around {
  readonly scope: Scope;
  /** Labels of loops, and of blocks. */
  readonly loops: readonly string[];
  readonly blocks: readonly string[];
  readonly isLoop: boolean;
  readonly isSwitch: boolean;
  readonly depth: number;
}

class Maker {
  private readonly random: Random;
  private names = 0;
  private left = 34;

  constructor(random: Random) {
    this.random = random;
  }

  statements(around: Around, most = 3): string {
    const count = this.random.between(1, most);
    return Array.from({ length: count }, () => this.statement(around)).join('\n');
  }

  private inner(around: Around, more: Partial<Around> = {}, most = 3): string {
    return `{ ${this.statements({ ...around, depth: around.depth - 1, ...more }, most)} }`;
  }

  private statement(around: Around): string {
    const { random } = this;
    const isDeep = around.depth <= 0 || this.left-- <= 0;
    return random.weighted<() => string>([
      [5, () => this.mark(around)],
      [4, () => this.jump(around)],
      [isDeep ? 0 : 3, () => `if (${this.test(around)}) ${this.inner(around)}`],
      [isDeep ? 0 : 4, () => this.loop(around)],
      [isDeep ? 0 : 4, () => this.attempt(around)],
      [isDeep ? 0 : 3, () => this.choice(around)],
      [isDeep ? 0 : 1, () => this.block(around)],
      [2, () => this.closure(around)],
      [1, () => this.set(around)],
    ])();
  }

  private fresh(prefix: string): string {
    return `${prefix}${this.names++}`;
  }

  private expression({ scope }: Around): string {
    return num(this.random, scope, 1);
  }

  private test(around: Around): string {
    const { random } = this;
    return random.chance(0.5)
      ? `(n + ${random.below(5)}) % ${random.between(2, 4)} === ${random.below(3)}`
      : `${random.pick(around.scope.ints)} + 0 ${random.pick(['<', '>', '==='])} ${random.below(4)}`;
  }

  private mark(around: Around): string {
    return `out.push(${this.names++}, ${this.expression(around)});`;
  }

  private set({ scope }: Around): string {
    return `${this.random.pick(['v', 'w'])} = ${num(this.random, scope, 1)};`;
  }

  private jump(around: Around): string {
    const targets = [
      ...around.loops.flatMap((name) => [`break ${name}`, `continue ${name}`]),
      ...around.blocks.map((name) => `break ${name}`),
      ...(around.isLoop ? ['continue', 'break'] : []),
      ...(around.isSwitch ? ['break', 'break'] : []),
      `return ${this.expression(around)}`,
      `throw new ${this.random.pick(['Error', 'RangeError', 'TypeError'])}(\`t\${${this.expression(around)}}\`)`,
    ];
    return `if (${this.test(around)}) ${this.random.pick(targets)};`;
  }

  private loop(around: Around): string {
    const { random } = this;
    const name = random.chance(0.5) ? this.fresh('l') : undefined;
    const i = this.fresh('i');
    const inside = {
      scope: { ...around.scope, ints: [...around.scope.ints, i] },
      loops: name === undefined ? around.loops : [...around.loops, name],
      isLoop: true,
      isSwitch: false,
    };
    const label = name === undefined ? '' : `${name}: `;
    const body = this.inner(around, inside);
    const rounds = random.between(2, 4);
    return random.pick([
      () => `${label}for (let ${i} = 0; ${i} < ${rounds}; ${i}++) ${body}`,
      () => `${label}for (const ${i} of [3, 1, 2]) ${body}`,
      () => `let ${i} = 0;\n${label}while (${i}++ < ${rounds}) ${body}`,
      () => `let ${i} = ${rounds};\n${label}do ${body} while (--${i} > 0);`,
    ])();
  }

  private attempt(around: Around): string {
    const { random } = this;
    const name = this.fresh('e');
    const tried = this.inner(around);
    const caught = `catch (${name}) { out.push(${this.names++}); text += (${name} as Error).message; ${random.chance(0.6) ? this.statement({ ...around, depth: around.depth - 1 }) : ''} ${random.chance(0.15) ? `throw ${name};` : ''} }`;
    const last = `finally ${this.inner(around, {}, 2)}`;
    return random.pick([
      `try ${tried} ${caught}`,
      `try ${tried} ${last}`,
      `try ${tried} ${caught} ${last}`,
    ]);
  }

  private choice(around: Around): string {
    const { random } = this;
    const count = random.between(2, 4);
    const labels = Array.from({ length: count }, (_, i) => `case ${i}:`);
    labels.splice(random.between(0, count), random.below(2), 'default:');
    const declared = random.chance(0.3) ? this.fresh('c') : undefined;
    const cases = labels.map((label, index) => {
      const inside = { ...around, depth: around.depth - 1, isSwitch: true };
      const own =
        declared !== undefined && index === 0
          ? `let ${declared} = n; fs.push(() => ${declared}++);`
          : '';
      return `${label} ${own} ${random.chance(0.85) ? this.statements(inside, 2) : ''} ${random.chance(0.4) ? 'break;' : ''}`;
    });
    const subject = random.pick(['n & 3', `out.length % ${count}`, 'v + 0']);
    return `switch (${subject}) { ${cases.join('\n')} }`;
  }

  private block(around: Around): string {
    const name = this.fresh('b');
    return `${name}: ${this.inner(around, { blocks: [...around.blocks, name] })}`;
  }

  private closure(around: Around): string {
    const { random } = this;
    const own = around.scope.ints.filter((name) => name.startsWith('i'));
    const variable = own.length > 0 ? random.pick(own) : 'v';
    return random.pick([
      `fs.push(() => ${variable});`,
      `fs.push(() => (v += ${variable}));`,
      `fs.push((x = ${this.expression(around)}) => x + ${variable});`,
      `if (fs.length > 0) v = fs[fs.length - 1]();`,
      `{ const f = (x: number): number => (x > 2 ? x - ${variable} : f(x + 1) + w); if (out.length < 50) out.push(f(${random.below(4)})); }`,
    ]);
  }
}

export function control(random: Random): Content {
  const maker = new Maker(random);
  const around: Around = {
    scope: { nums: ['v', 'w'], ints: ['n'] },
    loops: [],
    blocks: [],
    isLoop: false,
    isSwitch: false,
    depth: 4,
  };
  const module = `import type { i32 } from 'tsnative';
function work(n: i32, out: number[], texts: string[]): number {
  let v = n / 2;
  let w = 1;
  let text = '';
  const fs: (() => number)[] = [];
  try {
    ${maker.statements(around, 6)}
    ${maker.statements(around, 3)}
  } finally {
    for (const f of fs) out.push(f());
    texts.push(text);
  }
  return v + w;
}
/** @native */
export function entry(n: i32): { out: number[]; texts: string[]; result: number; failed: string } {
  const out: number[] = [];
  const texts: string[] = [];
  let failed = '';
  let result = 0;
  try {
    result = work(n, out, texts);
  } catch (e) {
    failed = e instanceof RangeError ? 'range ' + e.message : (e as Error).message;
  }
  return { out, texts, result, failed };
}
`;
  return { module, script: 'for (let n = -1; n < 8; n++) thrown(() => m.entry(n));' };
}
