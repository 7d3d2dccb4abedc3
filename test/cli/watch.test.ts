/** `tsnative build --watch`: edits of a project's files, and what is built then. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { temporaryFolder } from './harness.ts';

// The command as it is installed; test/run.mjs has built it.
const root = fileURLToPath(new URL('../..', import.meta.url));
const command = join(root, 'dist/compiler/cli/main.js');
const longest = 60_000;

const options = {
  target: 'es2022',
  module: 'nodenext',
  strict: true,
  types: [],
  outDir: 'dist',
  rootDir: 'src',
};
const dot = `/** @native */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
`;
const main = `import { dot } from './dot.js';
declare const console: { log(...args: unknown[]): void };
console.log(dot(Float64Array.of(1, 2, 3), Float64Array.of(4, 5, 6)));
`;

const children: ChildProcess[] = [];
// A test that fails leaves one behind.
test.after(() => children.forEach((child) => child.kill('SIGKILL')));

class Watched {
  readonly folder = temporaryFolder();
  private child: ChildProcess | undefined;
  private text = '';
  private read = 0;

  constructor(files: Readonly<Record<string, string>>) {
    mkdirSync(join(this.folder, 'node_modules'));
    symlinkSync(root, join(this.folder, 'node_modules/tsnative'), 'junction');
    mkdirSync(join(this.folder, 'src'));
    for (const [name, text] of Object.entries(files)) this.write(name, text);
  }

  start(...args: string[]): void {
    const child = spawn(process.execPath, [command, 'build', '--watch', ...args], {
      cwd: this.folder,
    });
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (more: string) => (this.text += more));
    this.child = child;
    children.push(child);
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  /** What is printed up to something that is yet to come. */
  async until(end: RegExp): Promise<string> {
    const deadline = Date.now() + longest;
    for (;;) {
      const rest = this.text.slice(this.read);
      const found = end.exec(rest);
      if (found) {
        const length = found.index + found[0].length;
        this.read += length;
        return rest.slice(0, length);
      }
      if (Date.now() > deadline || this.child?.exitCode !== null)
        throw new Error(`waited for ${end}, got: ${rest}`);
      await new Promise((done) => setTimeout(done, 10));
    }
  }

  run(): string {
    const { stdout, stderr } = spawnSync(process.execPath, ['dist/main.js'], {
      cwd: this.folder,
      env: { ...process.env, TSNATIVE: 'require' },
      encoding: 'utf8',
    });
    return stdout + stderr;
  }

  async end(): Promise<number | null> {
    const { child } = this;
    if (!child) return null;
    child.kill('SIGINT');
    return new Promise((done) => child.on('exit', done));
  }
}

test('edits, errors, new files and other options are built when they come', async () => {
  const project = new Watched({
    'package.json': '{ "name": "app", "type": "module" }',
    'tsconfig.json': JSON.stringify({ compilerOptions: options, include: ['src'] }),
    'src/dot.ts': dot,
    'src/main.ts': main,
  });
  project.start();
  const first = await project.until(/watching for changes; Ctrl-C ends\n/);
  assert.match(first, '✓ dot  src/dot.ts:2');
  assert.not.match(first, '\x1b', 'nothing moves the cursor where there is no terminal');
  assert.is(project.run(), '32\n');

  project.write('src/dot.ts', dot.replace('let sum = 0', 'let sum = 10'));
  const built = await project.until(/built in .*\n/);
  assert.match(built, /^\d\d:\d\d:\d\d built in [\d.]+ s, \d+ files: src\/dot\.ts\n$/);
  assert.is(project.run(), '42\n');

  project.write('src/dot.ts', dot.replace('let sum = 0', 'let sum = ""'));
  assert.match(
    await project.until(/TS2322\]\n(?:.*\]\n)*/),
    /\d errors? in [\d.]+ s: src\/dot\.ts\nsrc\/dot\.ts:\d+:\d+: .* \[Error\/TS2322\]\n/,
  );
  assert.is(project.run(), '42\n', 'what was there stays');

  project.write('src/dot.ts', dot.replace('let sum = 0', 'let sum: any = 0'));
  assert.match(await project.until(/TSN\d+\]\n/), /src\/dot\.ts:3:\d+: .* \[Error\/TSN\d+\]\n/);

  // As editors replace a file.
  project.write('src/dot.ts~', dot);
  renameSync(join(project.folder, 'src/dot.ts~'), join(project.folder, 'src/dot.ts'));
  await project.until(/built in .*: src\/dot\.ts\n/);
  assert.is(project.run(), '32\n');

  project.write('src/main.ts', `import './more.js';\n${main}`);
  await project.until(/src\/main\.ts:1:8: .*more\.js.* \[Error\/TS2882\]\n/);
  project.write(
    'src/more.ts',
    `/** @native */\nexport function twice(x: number): number { return 2 * x; }\ndeclare const console: { log(...args: unknown[]): void };\nconsole.log(twice(4));\n`,
  );
  await project.until(/built in .*: src\/more\.ts\n/);
  assert.is(project.run(), '8\n32\n');

  rmSync(join(project.folder, 'src/more.ts'));
  await project.until(/src\/main\.ts:1:8: .* \[Error\/TS2882\]\n/);
  project.write('src/main.ts', main);
  await project.until(/built in .*: src\/main\.ts\n/);

  project.write(
    'tsconfig.json',
    JSON.stringify({ compilerOptions: { ...options, declaration: true }, include: ['src'] }),
  );
  await project.until(/built in .*: tsconfig\.json\n/);
  assert.ok(readdirSync(join(project.folder, 'dist')).includes('dot.d.ts'));

  assert.is(await project.end(), 130);
  const left = readdirSync(project.folder, { recursive: true, encoding: 'utf8' });
  assert.equal(
    left.filter((name) => !name.startsWith('node_modules') && /tmp|~|\.part/.test(name)),
    [],
  );
});

test('with --json each build is a line, and other files get the types of what has changed', async () => {
  const project = new Watched({
    'package.json': '{ "name": "app", "type": "module" }',
    'tsconfig.json': JSON.stringify({ compilerOptions: options, include: ['src'] }),
    'src/dot.ts': dot,
    'src/main.ts': main,
  });
  project.start('--json');
  const next = async () => JSON.parse(await project.until(/\{.*\}\n/));
  assert.is((await next()).ok, true);
  project.write('src/dot.ts', dot.replace('b: Float64Array', 'b: Float32Array'));
  const { ok, diagnostics } = await next();
  assert.is(ok, false);
  assert.equal(
    diagnostics.map(({ code }: { code: string }) => code),
    ['TS2345'],
  );
  project.write('src/dot.ts', dot);
  assert.is((await next()).ok, true);
  assert.is(await project.end(), 130);
});

test('edits of sources in C and of their headers are built, and errors in them told', async () => {
  const project = new Watched({
    'package.json':
      '{ "name": "app", "type": "module", "tsnative": { "sources": ["vendor/sum.c"] } }',
    'tsconfig.json': JSON.stringify({ compilerOptions: options, include: ['src'] }),
    'src/main.ts': `/** @extern sum: sum */
declare function sum(a: number, b: number): number;
declare const console: { log(...args: unknown[]): void };
/** @native */
export function more(x: number): number { return sum(x, 2); }
console.log(more(40));
`,
  });
  const source = '#include "more.h"\ndouble sum(double a, double b) { return a + b + MORE; }\n';
  mkdirSync(join(project.folder, 'vendor'));
  project.write('vendor/more.h', '#define MORE 0\n');
  project.write('vendor/sum.c', source);
  project.start();
  await project.until(/watching for changes; Ctrl-C ends\n/);
  assert.is(project.run(), '42\n');

  project.write('vendor/sum.c', source.replace('a + b', 'a - b'));
  await project.until(/built in .*: vendor\/sum\.c\n/);
  assert.is(project.run(), '38\n');
  project.write('vendor/more.h', '#define MORE 100\n');
  await project.until(/built in .*: vendor\/more\.h\n/);
  assert.is(project.run(), '138\n');

  project.write('vendor/sum.c', `${source}int half(`);
  await project.until(/error.*: vendor\/sum\.c\n/);
  assert.is(project.run(), '138\n', 'what was there stays');
  project.write('vendor/sum.c', source);
  await project.until(/built in .*: vendor\/sum\.c\n/);
  assert.is(project.run(), '142\n');
  assert.is(await project.end(), 130);
});

test('what is done once can’t be watched', () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    [command, 'build', '--watch', '--explain'],
    { encoding: 'utf8' },
  );
  assert.is(status, 2);
  assert.match(stderr, "`--watch` can't be with `--explain`");
});

test.run();
