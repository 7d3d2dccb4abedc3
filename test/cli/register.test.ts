/** `node --import tsnative/register`: modules run from their sources, natively. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { temporaryFolder } from './harness.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A folder of sources in which `tsnative` is installed. */
function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules/tsnative'), 'junction');
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

function run(cwd: string, ...args: string[]) {
  return spawnSync(process.execPath, ['--import', 'tsnative/register', ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, TSNATIVE: 'require' },
  });
}

const dot = `/** @native */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
`;
const globals = `declare const console: { log(...args: unknown[]): void };
declare const process: { argv: string[] };
`;
const options = { target: 'es2022', strict: true, types: [] };

test('ECMAScript modules', () => {
  const folder = folderWith({
    'package.json': '{ "name": "app", "type": "module" }',
    'tsconfig.json': JSON.stringify({
      compilerOptions: {
        ...options,
        module: 'nodenext',
        noEmit: true,
        allowImportingTsExtensions: true,
      },
      include: ['src'],
    }),
    'src/inner/dot.ts': dot,
    'src/main.ts': `import { info } from 'tsnative';
import { dot } from './inner/dot.ts';
${globals}
type Numbers = readonly number[];
const numbers: Numbers = [1, 2, 3];
console.log(dot(Float64Array.from(numbers), Float64Array.of(4, 5, 6)));
console.log(info().modules.map(({ native }) => native), import.meta.url.slice(-11));
if (process.argv[2] === 'fail') throw new Error('meant');
`,
  });
  const before = readdirSync(folder);
  const first = run(folder, 'src/main.ts');
  assert.is(first.stdout, '32\n[ true ] src/main.ts\n', first.stderr);
  assert.equal(readdirSync(folder), before, 'nothing is written beside the sources');
  const failing = run(folder, 'src/main.ts', 'fail');
  assert.is(failing.status, 1);
  assert.match(failing.stderr, /Error: meant\n +at .*main\.ts:10:/);

  writeFileSync(join(folder, 'src/inner/dot.ts'), dot.replace('let sum = 0', 'let sum = 10'));
  assert.match(run(folder, 'src/main.ts').stdout, /^42\n\[ true \]/, 'an edit is compiled');

  writeFileSync(join(folder, 'src/inner/dot.ts'), dot.replace('let sum = 0', 'let sum = ""'));
  const wrong = run(folder, 'src/main.ts');
  assert.is(wrong.status, 1);
  assert.is(wrong.stdout, '');
  assert.match(wrong.stderr, /error\[TS2322\][^]*src\/inner\/dot\.ts:5:/);
  assert.not.match(wrong.stderr, /tsnative\/dist/, 'no trace of tsnative itself');
});

test('CommonJS', () => {
  const folder = folderWith({
    'package.json': '{ "name": "app" }',
    'tsconfig.json': JSON.stringify({
      compilerOptions: { ...options, module: 'nodenext', outDir: 'out', rootDir: 'src' },
      include: ['src'],
    }),
    'src/dot.ts': dot,
    'src/lib/index.ts':
      "import { dot } from '../dot';\nexport const twice = (x: number): number => dot(Float64Array.of(x), Float64Array.of(2));\n",
    'src/main.ts': `import { dot } from './dot.js';
import { twice } from './lib';
${globals}declare const __filename: string;
console.log(dot(Float64Array.of(1, 2, 3), Float64Array.of(4, 5, 6)), twice(4), __filename.slice(-7));
`,
  });
  const { stdout, stderr } = run(folder, 'src/main.ts');
  assert.is(stdout, '32 8 main.ts\n', stderr);
});

test('a module without a project is told so', () => {
  const folder = folderWith({
    'tsconfig.json': JSON.stringify({ compilerOptions: options, include: ['src'] }),
    'src/dot.ts': dot,
    'other.ts': 'export {};\n',
  });
  const { status, stderr } = run(folder, 'other.ts');
  assert.is(status, 1);
  assert.match(stderr, /other\.ts is none of the files of .*tsconfig\.json: add it to "include"/);
});

test.run();
