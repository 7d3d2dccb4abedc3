/**
 * `npm run bench:watch`: how long after an edit `tsnative build --watch` has built, from the writing of the file to the
 * line that says so, and what processors have computed for it: in a project of two files, and in that of all samples. The edits beside
 * native functions are of JavaScript alone; those in native functions make other machine code each time. Medians of
 * the last 8 of 12 edits. Ends with 1 where an aim is missed.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, table } from './figures.ts';
import { command, computedBy, layOutSamples, remove, repository } from './samples.ts';

/** In milliseconds. */
const aim = 300;
const edits = 12;
const measured = 8;
/** Between edits, so that one build has nothing to do with the next. */
const pause = 400;

interface Edit {
  readonly kind: string;
  /** In the project's folder. */
  readonly file: string;
  /** What is replaced, which stands there once. */
  readonly old: string;
  /** What stands there after so many edits; another text each time. */
  readonly text: (edit: number) => string;
}

interface Measured extends Edit {
  readonly walls: readonly number[];
  readonly processors: readonly number[];
}

class Watching {
  private readonly child: ChildProcess;
  private readonly lines: AsyncIterator<string>;
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
    const args = [command, 'build', '--watch', '--json', '--project', folder];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.child = child;
    this.lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }

  /** Waits for a build. @throws where it has failed */
  async built(): Promise<void> {
    const { value } = await this.lines.next();
    // Safe: the command has written it.
    const { ok } = JSON.parse(value as string) as { ok: boolean };
    if (!ok) throw new Error(`the build failed:\n${String(value)}`);
  }

  async measure(edit: Edit): Promise<Measured> {
    const path = join(this.folder, edit.file);
    const text = readFileSync(path, 'utf8');
    if (text.split(edit.old).length !== 2)
      throw new Error(`${edit.file} has to have ${edit.old} once`);
    const walls: number[] = [];
    const processors: number[] = [];
    for (let index = 1; index <= edits + 1; index++) {
      await new Promise((done) => setTimeout(done, pause));
      const before = computedBy(this.child.pid ?? 0);
      const start = performance.now();
      // The last one brings back what was there.
      writeFileSync(path, index > edits ? text : text.replace(edit.old, edit.text(index)));
      await this.built();
      if (index > edits) continue;
      walls.push(performance.now() - start);
      processors.push((computedBy(this.child.pid ?? 0) - before) * 1000);
    }
    return { ...edit, walls: walls.slice(-measured), processors: processors.slice(-measured) };
  }

  async end(): Promise<void> {
    this.child.kill('SIGINT');
    await new Promise((done) => this.child.once('exit', done));
  }
}

/** Lays out a project with one native function and a caller. */
function layOutTwo(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tsnative-bench-'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(repository, join(folder, 'node_modules/tsnative'));
  writeFileSync(join(folder, 'package.json'), '{ "name": "two", "type": "module" }');
  const compilerOptions = { target: 'es2022', module: 'nodenext', strict: true, outDir: 'out' };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
  const kernel = 'samples/blur/blur.ts';
  cpSync(join(repository, kernel), join(folder, 'blur.ts'));
  writeFileSync(
    join(folder, 'main.ts'),
    `import { blur } from './blur.js';\nconsole.log(typeof blur, 1.5);\n`,
  );
  return folder;
}

const projects: readonly {
  readonly name: string;
  readonly layOut: () => string;
  readonly edits: readonly Edit[];
}[] = [
  {
    name: 'two files',
    layOut: layOutTwo,
    edits: [
      { kind: 'JavaScript', file: 'main.ts', old: '1.5', text: (n) => `1.5${n}` },
      { kind: 'native', file: 'blur.ts', old: 'let sum = 0', text: (n) => `let sum = ${n}` },
    ],
  },
  {
    name: 'all samples',
    layOut: () => layOutSamples(),
    edits: [
      { kind: 'JavaScript', file: 'nbody/main.ts', old: '0.387', text: (n) => `0.387${n}` },
      {
        kind: 'JavaScript',
        file: 'support/present.ts',
        old: 'rounds = 7',
        text: (n) => `rounds = 1${n}`,
      },
      { kind: 'native', file: 'nbody/nbody.ts', old: '0.5 *', text: (n) => `0.5${n} *` },
      { kind: 'native', file: 'json/json.ts', old: '0x61 + 10', text: (n) => `0x61 + ${10 + n}` },
      {
        kind: 'native',
        file: 'raytracer/raytracer.ts',
        old: 'return nearest + half > 1e-6',
        text: (n) => `return nearest + half > ${n}e-7`,
      },
      {
        kind: 'native',
        file: 'tokenizer/tokenizer.ts',
        old: 'const isDigit = (unit: i32): boolean => unit >= zero',
        text: (n) => `const isDigit = (unit: i32): boolean => unit >= ${n}`,
      },
      {
        kind: 'native',
        file: 'deltablue/deltablue.ts',
        old: 'private mark: i32 = 0;',
        text: (n) => `private mark: i32 = ${n};`,
      },
    ],
  },
];

const told: string[][] = [
  ['', 'edit of', 'median', 'least', 'most', 'of processors', `aim ${aim} ms`],
];
let met = true;
for (const { name, layOut, edits: wanted } of projects) {
  const folder = layOut();
  const watching = new Watching(folder);
  try {
    await watching.built();
    for (const edit of wanted) {
      const { kind, file, walls, processors } = await watching.measure(edit);
      const ms = (value: number): string => `${Math.round(value)} ms`;
      const isMet = median(walls) <= aim;
      met &&= isMet;
      told.push([
        `${name}, ${kind}`,
        file,
        ...[median(walls), Math.min(...walls), Math.max(...walls), median(processors)].map(ms),
        isMet ? 'met' : 'MISSED',
      ]);
    }
  } finally {
    await watching.end();
    remove(folder);
  }
}
console.log(table(told));
process.exitCode = met ? 0 : 1;
