/**
 * Builds that keep what an edit leaves alone, as those of `--watch`: after each of a series of edits, the program prints
 * what it prints after a build of everything, and as JavaScript.
 */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { build } from '../../compiler/build.ts';
import type { BuildResult } from '../../compiler/build-types.ts';
import { KeptProject } from '../../compiler/kept.ts';
import { makeProject, type TestProject } from '../support/project.ts';

/** A list that is data of the binary; two sources have the same one. */
const constants = Array.from({ length: 70 }, (_, n) => (n * 7919) % 1000).join(', ');

const files = {
  'src/shared.ts': `
export const scale = 2.5;
export const table = new Float64Array([3, 1, 4, 1, 5, 9, 2, 6]);
export const names: readonly string[] = ['one', 'two', 'three'];
export const clamp = (x: number, least: number, most: number): number =>
  x < least ? least : x > most ? most : x;
export class Vec {
  constructor(readonly x: number, readonly y: number) {}
  times(factor: number): Vec { return new Vec(this.x * factor, this.y * factor); }
  dot(v: Vec): number { return this.x * v.x + this.y * v.y; }
}
export abstract class Shape {
  abstract area(): number;
  label(): string { return 'shape ' + this.area(); }
}
`,
  'src/lines.ts': `
import { clamp, scale, Vec } from './shared.js';
const isDigit = (unit: number): boolean => unit >= 48 && unit <= 57;
interface Point { x: number; y: number }
/** @native */
export function lengths(points: Float64Array): number {
  let sum = 0;
  for (let i = 0; i + 1 < points.length; i += 2) {
    const v = new Vec(points[i]!, points[i + 1]!).times(scale);
    sum += Math.sqrt(clamp(v.dot(v), 0.1, 1000));
  }
  return sum;
}
/** @native */
export function digits(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) if (isDigit(text.charCodeAt(i))) count++;
  return count;
}
/** @native */
export function inLines(index: number): number { const list = [${constants}]; return list[index]!; }
/** @native */
export function moved(p: Point, by: number): Point { return { x: p.x + by, y: p.y - by }; }
`,
  'src/words.ts': `
import { clamp, names, table } from './shared.js';
const isDigit = (unit: number): boolean => unit === 48 || unit === 49;
interface Point { x: number; y: number; name: string }
/** @native */
export function binary(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) if (isDigit(text.charCodeAt(i))) count++;
  return count;
}
/** @native */
export function inWords(index: number): number { const list = [${constants}]; return list[index]! + 0.5; }
/** @native */
export function named(points: Point[]): string {
  let all = '';
  for (const p of points) all += p.name + ':' + clamp(p.x * p.y, -5, 5) + ' ';
  return all + names[1];
}
/** @native */
export function fromTable(index: number): number { return table[index]! * 10; }
`,
  'src/table.ts': `
import { table } from './shared.js';
/** @native */
export function change(index: number, value: number): void { table[index] = value; }
`,
  'src/chain.ts': `
import { digits } from './lines.js';
/** @native */
export function twiceDigits(text: string): number { return 2 * digits(text); }
`,
  'src/counter.ts': `
/** @native */
export class Counter {
  private count = 0;
  constructor(private readonly step: number) {}
  next(): number { this.count += this.step; return this.count; }
}
`,
  'src/counts.ts': `
import { Counter } from './counter.js';
/** @native */
export function both(a: Counter, b: Counter): number { return a.next() * 100 + b.next(); }
`,
  'src/shapes.ts': `
import { Shape } from './shared.js';
export class Square extends Shape {
  constructor(private readonly side: number) { super(); }
  area(): number { return this.side * this.side; }
}
export class Round extends Shape {
  constructor(private readonly radius: number) { super(); }
  area(): number { return 3 * this.radius * this.radius; }
  override label(): string { return 'round ' + this.area(); }
}
`,
  'src/areas.ts': `
import type { Shape } from './shared.js';
import { Round, Square } from './shapes.js';
/** @native */
export function areas(sides: number[]): string {
  const shapes: Shape[] = sides.map((side) => (side % 2 === 0 ? new Square(side) : new Round(side)));
  let all = '';
  for (const shape of shapes) all += shape.label() + ';';
  return all;
}
/** @native */
export function apply(values: number[], change: (x: number) => number): number[] { return values.map((x) => change(x)); }
`,
  'src/main.ts': `
import { apply, areas } from './areas.js';
import { twiceDigits } from './chain.js';
import { Counter } from './counter.js';
import { both } from './counts.js';
import { digits, inLines, lengths, moved } from './lines.js';
import { change } from './table.js';
import { binary, fromTable, inWords, named } from './words.js';
declare const console: { log(...args: unknown[]): void };
const tried = (run: () => unknown): unknown => { try { return run(); } catch (error) { return String(error); } };
console.log(lengths(Float64Array.of(1, 2, 3, 4, 0.01, 0.02)), digits('a1b22'), JSON.stringify(moved({ x: 1, y: 2 }, 5)));
console.log(binary('1012'), named([{ x: 1, y: 2, name: 'p' }, { x: 9, y: 9, name: 'q' }]));
console.log(fromTable(2), change(2, 8), fromTable(2), twiceDigits('12x3'), inLines(69), inWords(69), inWords(0));
const [a, b] = [new Counter(3), new Counter(4)];
console.log(both(a, b), a.next(), both(a, b), areas([1, 2, 3]), apply([1, 2], (x) => x + 0.5).join());
console.log(tried(() => fromTable(80)), tried(() => lengths(new Float64Array(3))));
`,
};

/** An edit: the new texts of files; null for one that goes. */
interface Step {
  readonly name: string;
  readonly texts: Partial<Record<keyof typeof files, (text: string) => string>>;
  readonly others?: Readonly<Record<string, string | null>>;
  /** The build finds errors. */
  readonly fails?: boolean;
  /** How many units are to be made anew; left out where anything will do. */
  readonly anew?: number;
}

const swap =
  (old: string, text: string) =>
  (source: string): string => {
    assert.is(source.split(old).length, 2, `"${old}" stands there once`);
    return source.replace(old, () => text);
  };

const steps: readonly Step[] = [
  {
    name: 'an edit beside native code',
    texts: { 'src/main.ts': swap("'a1b22'", "'a1b2233'") },
    anew: 0,
  },
  {
    name: 'a comment in native code',
    texts: { 'src/table.ts': swap('/** @native */', '// one\n/** @native */') },
    anew: 1,
  },
  {
    name: 'what is called',
    texts: { 'src/shared.ts': swap('x > most ? most', 'x > most ? most + 0.25') },
  },
  { name: 'a constant', texts: { 'src/shared.ts': swap('scale = 2.5', 'scale = -0.3') } },
  { name: 'a constant array', texts: { 'src/shared.ts': swap('[3, 1, 4,', '[3, 1, 4.5, 7,') } },
  {
    name: 'a signature',
    texts: {
      'src/lines.ts': swap(
        'digits(text: string): number {',
        'digits(text: string, more = 1): number {\n  if (more > 5) return more;',
      ),
      'src/main.ts': swap("digits('a1b2233')", "digits('a1b2233', 7)"),
    },
  },
  {
    name: 'the layout of a class',
    texts: {
      'src/shared.ts': (text) =>
        swap(
          'constructor(readonly x: number, readonly y: number) {}',
          "z = 0.5; name = 'v';\n  constructor(readonly x: number, readonly y: number) {}",
        )(swap('this.y * v.y', 'this.y * v.y + this.z * v.z + v.name.length')(text)),
    },
  },
  {
    name: 'the layout of a class of JavaScript, too',
    texts: { 'src/counter.ts': swap('count = 0', "log = ''; private count = 0.5") },
  },
  {
    name: 'the layout of objects that cross the boundary',
    texts: {
      'src/words.ts': (text) =>
        swap(
          "p.name + ':'",
          "p.name + ':' + p.more + ':'",
        )(swap('name: string }', 'more: number; name: string }')(text)),
      'src/main.ts': (text) =>
        swap(
          "y: 2, name: 'p'",
          "y: 2, more: 1, name: 'p'",
        )(swap("y: 9, name: 'q'", "y: 9, more: -0, name: 'q'")(text)),
    },
  },
  {
    name: 'a method of a class below',
    texts: {
      'src/shapes.ts': swap("override label(): string { return 'round ' + this.area(); }", ''),
    },
  },
  {
    name: 'a new class below',
    texts: {
      'src/shapes.ts': (text) =>
        `${text}export class Flat extends Square { override area(): number { return -1; } }\n`,
      'src/areas.ts': (text) =>
        swap(
          'Round, Square',
          'Flat, Round, Square',
        )(swap('new Square(side)', '(side > 1 ? new Flat(side) : new Square(side))')(text)),
    },
  },
  {
    name: 'an error of types',
    texts: { 'src/table.ts': swap('value: number', 'value: string') },
    fails: true,
  },
  { name: 'its end', texts: { 'src/table.ts': swap('value: string', 'value: number') }, anew: 1 },
  {
    name: 'a refusal',
    texts: { 'src/chain.ts': swap('return 2 * digits', 'const two: any = 2; return two * digits') },
    fails: true,
  },
  {
    name: 'another edit beside it',
    texts: { 'src/words.ts': swap('unit === 49', 'unit === 50') },
    fails: true,
  },
  {
    name: 'the end of the refusal',
    texts: { 'src/chain.ts': swap('const two: any = 2; return two * digits', 'return 3 * digits') },
  },
  {
    name: 'a new source',
    texts: {
      'src/main.ts': (text) =>
        `${text}import { extra } from './extra.js';\nconsole.log(extra(4));\n`,
    },
    others: {
      'src/extra.ts':
        "import { clamp } from './shared.js';\n/** @native */\nexport function extra(x: number): number { return clamp(x, 0, 3) / 7; }\n",
    },
  },
  {
    name: 'one less',
    texts: {
      'src/main.ts': (text) =>
        text.replace("import { extra } from './extra.js';\nconsole.log(extra(4));\n", ''),
    },
    others: { 'src/extra.ts': null },
  },
  {
    name: 'a function less',
    texts: {
      'src/words.ts': swap(
        '\n/** @native */\nexport function fromTable(index: number): number { return table[index]! * 10; }',
        '\nexport function fromTable(index: number): number { return table[index]! / 10; }',
      ),
    },
  },
  {
    name: 'a number of a long list that another source has too',
    texts: { 'src/words.ts': swap('[0, 919', '[-5, 919') },
    anew: 1,
  },
  {
    name: 'the same in the other source',
    texts: { 'src/lines.ts': swap('[0, 919', '[-5, 919') },
  },
  {
    name: 'another option',
    texts: {
      'src/words.ts': swap(
        '/** @native */\nexport function binary',
        '/** @native bounds: js */\nexport function binary',
      ),
    },
  },
  {
    name: 'new checks and texts before others',
    texts: {
      'src/lines.ts': swap(
        '/** @native */\nexport function lengths',
        "/** @native */\nexport function first(list: string[]): string { return list[0]! + 'first' + 'two'; }\n/** @native */\nexport function lengths",
      ),
    },
  },
];

async function built(
  project: TestProject,
  outDir: string,
  kept?: KeptProject,
): Promise<BuildResult> {
  const options = {
    project: project.tsconfig,
    emit: [],
    toolchain: 'bundled',
    level: 1,
    cpu: 'baseline',
    checkOnly: false,
  } as const;
  const events = { progress: () => {} };
  return build({ ...options, outDir: join(project.folder, outDir) }, events, undefined, kept);
}

function printed(project: TestProject, outDir: string, mode: 'require' | 'off'): string {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [join(project.folder, outDir, 'main.js')],
    {
      env: { ...process.env, TSNATIVE: mode },
      encoding: 'utf8',
    },
  );
  return stdout + stderr;
}

const project = makeProject(files);
const kept = new KeptProject();
const texts: Record<string, string> = { ...files };
test.after(() => project.remove());

/** Builds with what is kept and without, and compares what is told and printed. */
async function compare({ name, fails = false }: Step, before: string): Promise<string> {
  const mine = await built(project, 'out', kept);
  rmSync(join(project.folder, 'cold'), { recursive: true, force: true });
  const cold = await built(project, 'cold');
  const told = ({ diagnostics }: BuildResult): string[] =>
    diagnostics
      .map(({ code, place, message }) => `${place?.file}:${place?.line} ${code} ${message}`)
      .sort();
  assert.equal(told(mine), told(cold), `${name}: diagnostics`);
  assert.is(told(mine).length > 0, fails, `${name}: ${told(mine).join('\n')}`);
  if (fails) {
    assert.is(printed(project, 'out', 'require'), before, `${name}: what was there stays`);
    return before;
  }
  const named = (result: BuildResult): string[] =>
    result.functions.map(({ name: own, line }) => `${own}:${line}`).sort();
  assert.equal(named(mine), named(cold), `${name}: functions`);
  const text = printed(project, 'out', 'require');
  assert.not.match(text, /Error: Cannot|at file:|node:internal/, name);
  assert.is(text, printed(project, 'cold', 'require'), `${name}: as a build of everything`);
  const withoutErrors = (all: string): string => all.split('\n').slice(0, 4).join('\n');
  assert.is(
    withoutErrors(text),
    withoutErrors(printed(project, 'cold', 'off')),
    `${name}: as JavaScript`,
  );
  return text;
}

test('after each edit, what is built is what a build of everything gives', async () => {
  let before = await compare({ name: 'the first build', texts: {} }, '');
  for (const step of steps) {
    for (const [path, edit] of Object.entries(step.texts)) {
      texts[path] = edit(texts[path] ?? '');
      project.write(path, texts[path]);
    }
    for (const [path, text] of Object.entries(step.others ?? {})) {
      if (text === null) rmSync(join(project.folder, path));
      else project.write(path, text);
      kept.program.filesChanged();
    }
    const units = new Set(kept.units.all);
    before = await compare(step, before);
    if (step.anew === undefined) continue;
    const anew = kept.units.all.filter((unit) => !units.has(unit)).length;
    assert.is(anew, step.anew, `${step.name}: units that are made anew`);
  }
});

test.run();
