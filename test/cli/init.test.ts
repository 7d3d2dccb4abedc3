import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { cli, temporaryFolder } from './harness.ts';

/** Every file below a folder with its text. */
function contents(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(folder.length + 1), readFileSync(path, 'utf8')];
    }),
  );
}

function readPackage(folder: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

test('an empty folder becomes a project', async () => {
  const cwd = temporaryFolder();
  const { code, stdout, stderr } = await cli(['init'], { cwd });
  assert.is(code, 0);
  assert.is(stderr, '');
  assert.equal(Object.keys(contents(cwd)).sort(), [
    '.gitignore',
    'package.json',
    'src/main.ts',
    'src/primes.ts',
    'tsconfig.json',
  ]);
  const { name, ...rest } = readPackage(cwd);
  assert.match(String(name), /^tsnative-cli-/);
  assert.equal(rest, {
    version: '0.1.0',
    private: true,
    type: 'module',
    scripts: { build: 'tsnative build' },
    dependencies: { tsnative: '^1.2.3' },
  });
  assert.match(stdout, 'Next:\n  npm install\n  npx tsnative build\n  node dist/main.js\n');
});

test('a second time changes nothing', async () => {
  const cwd = temporaryFolder();
  await cli(['init'], { cwd });
  const before = contents(cwd);
  const { code, stdout } = await cli(['init'], { cwd });
  assert.is(code, 0);
  assert.equal(contents(cwd), before);
  assert.not.match(stdout, /created|changed/);
});

test("npm's own package.json keeps its dependency", async () => {
  const cwd = temporaryFolder();
  const dependencies = { tsnative: 'file:../tsnative-0.1.0.tgz' };
  writeFileSync(join(cwd, 'package.json'), JSON.stringify({ dependencies }));
  mkdirSync(join(cwd, 'node_modules/tsnative'), { recursive: true });
  const { stdout } = await cli(['init'], { cwd });
  const written = readPackage(cwd);
  assert.equal(written['dependencies'], dependencies);
  assert.is(written['type'], 'module');
  assert.match(stdout, 'Next:\n  npx tsnative build\n');
});

test("Node's types are named where the project has them", async () => {
  const types = async (manifest: object): Promise<unknown> => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'package.json'), JSON.stringify(manifest));
    await cli(['init'], { cwd });
    const { compilerOptions } = JSON.parse(readFileSync(join(cwd, 'tsconfig.json'), 'utf8'));
    return compilerOptions.types;
  };
  assert.equal(await types({ devDependencies: { '@types/node': '20' } }), ['node']);
  assert.is(await types({ devDependencies: { '@types/web': '1' } }), undefined);
});

test('a project of its own is amended, not changed', async () => {
  const cwd = temporaryFolder();
  const manifest = {
    name: 'mine',
    scripts: { build: 'tsc', test: 'uvu' },
    dependencies: { a: '1' },
  };
  writeFileSync(join(cwd, 'package.json'), `${JSON.stringify(manifest, undefined, '\t')}\n`);
  writeFileSync(join(cwd, 'tsconfig.json'), '{}');
  const { stdout } = await cli(['init'], { cwd });
  assert.equal(readPackage(cwd), {
    ...manifest,
    dependencies: { a: '1', tsnative: '^1.2.3' },
  });
  assert.match(readFileSync(join(cwd, 'package.json'), 'utf8'), '\n\t"name"');
  assert.match(stdout, 'its build script is "tsc"');
  assert.match(stdout, 'Mark a function with /** @native */');
  assert.is(readFileSync(join(cwd, 'tsconfig.json'), 'utf8'), '{}');
  assert.not.ok(existsSync(join(cwd, 'src')));
});

test('another folder is made', async () => {
  const cwd = temporaryFolder();
  const { stdout } = await cli(['init', 'My App'], { cwd });
  assert.is(readPackage(join(cwd, 'My App'))['name'], 'my-app');
  assert.match(stdout, 'Next:\n  cd "My App"\n  npm install\n');
});

test('a broken package.json or a file in place of the folder is told, and nothing written', async () => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'package.json'), '{ "name": ');
  const broken = await cli(['init'], { cwd });
  assert.is(broken.code, 1);
  assert.match(broken.stderr, 'error[TSN6003]: `package.json` is not valid JSON');
  const file = await cli(['init', 'package.json'], { cwd });
  assert.is(file.code, 1);
  assert.match(file.stderr, 'error[TSN6002]: `package.json` is not a folder');
  assert.equal(Object.keys(contents(cwd)), ['package.json']);
});

test('on a terminal it asks, and no is no', async () => {
  const cwd = temporaryFolder();
  const questions: string[] = [];
  const confirm = async (question: string): Promise<boolean> => {
    questions.push(question);
    return false;
  };
  const { code, stdout } = await cli(['init'], { cwd, confirm });
  assert.is(code, 0);
  assert.is(stdout, 'nothing was written\n');
  assert.match(questions[0] ?? '', 'package.json, tsconfig.json');
  assert.equal(contents(cwd), {});
  await cli(['init', '--yes'], { cwd, confirm });
  assert.is(questions.length, 1);
  assert.ok(existsSync(join(cwd, 'src/main.ts')));
});

test.run();
