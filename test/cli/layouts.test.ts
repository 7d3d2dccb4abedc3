/** Projects of other shapes than one folder: several that refer to each other, and packages behind links. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { temporaryFolder } from './harness.ts';

// The command as it is installed; test/run.mjs has built it.
const root = fileURLToPath(new URL('../..', import.meta.url));
const command = join(root, 'dist/compiler/cli/main.js');

function folderWith(files: Readonly<Record<string, string | object>>): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), typeof text === 'string' ? text : JSON.stringify(text));
  }
  return folder;
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path, 'junction');
}

function build(folder: string, project: string): void {
  const args = [command, 'build', '-p', join(folder, project)];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  assert.is(status, 0, stdout + stderr);
}

function run(folder: string, file: string): string {
  const { stdout, stderr } = spawnSync(process.execPath, [join(folder, file)], {
    encoding: 'utf8',
    env: { ...process.env, TSNATIVE: 'require' },
  });
  return stdout + stderr;
}

const options = { target: 'es2022', strict: true, types: [], declaration: true, rootDir: 'src' };
const log = 'declare const console: { log(...args: unknown[]): void };\n';
const twice = '/** @native */\nexport function twice(x: number): number { return 2 * x; }\n';
const thrice = '/** @native */\nexport function thrice(x: number): number { return 3 * x; }\n';

for (const format of ['module', 'commonjs'] as const)
  test(`a monorepo whose projects refer to each other, as ${format}`, () => {
    const own = { ...options, module: 'nodenext', composite: true, outDir: 'dist' };
    const folder = folderWith({
      'package.json': { name: 'all', private: true, workspaces: ['packages/*'] },
      'packages/lib/package.json': { name: '@all/lib', type: format, exports: './dist/index.js' },
      'packages/lib/tsconfig.json': { compilerOptions: own, include: ['src'] },
      'packages/lib/src/index.ts': twice,
      'packages/app/package.json': { name: '@all/app', type: format },
      'packages/app/tsconfig.json': {
        compilerOptions: own,
        include: ['src'],
        references: [{ path: '../lib' }],
      },
      'packages/app/src/main.ts': `import { twice } from '@all/lib';\nimport { thrice } from './thrice.js';\n${log}console.log(thrice(twice(7)));\n`,
      'packages/app/src/thrice.ts': thrice,
    });
    // As npm, pnpm and yarn link the packages of a workspace.
    link(join(folder, 'packages/lib'), join(folder, 'node_modules/@all/lib'));
    link(root, join(folder, 'node_modules/tsnative'));
    build(folder, 'packages/lib');
    build(folder, 'packages/app');
    assert.is(run(folder, 'packages/app/dist/main.js'), '42\n');
  });

test('TypeScript’s paths, with a package behind links as pnpm lays it out', () => {
  const folder = folderWith({
    'package.json': { name: 'app', type: 'module', imports: { '#math/*': './dist/math/*' } },
    'tsconfig.json': {
      compilerOptions: {
        ...options,
        module: 'nodenext',
        outDir: 'dist',
        paths: { '#math/*': ['./src/math/*'] },
      },
      include: ['src'],
    },
    'src/main.ts': `import { twice } from '#math/twice.js';\nimport type { f64 } from 'tsnative';\n/** @native */\nexport function six(x: f64): f64 { return 3 * twice(x); }\n${log}console.log(six(7));\n`,
    'src/math/twice.ts': twice,
    'node_modules/.pnpm/node_modules/.keep': '',
  });
  const store = join(folder, 'node_modules/.pnpm/tsnative@0.1.0/node_modules/tsnative');
  link(root, store);
  link(store, join(folder, 'node_modules/tsnative'));
  build(folder, 'tsconfig.json');
  assert.is(run(folder, 'dist/main.js'), '42\n');
});

test.run();
