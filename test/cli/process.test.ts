import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { temporaryFolder } from './harness.ts';

// The command as it is installed; test/run.mjs has built it.
const root = fileURLToPath(new URL('../..', import.meta.url));
const main = join(root, 'dist/compiler/cli/main.js');

function tsnative(argv: string[], cwd: string, env: Record<string, string> = {}) {
  return spawnSync(process.execPath, [main, ...argv], {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
}

/** A folder in which `tsnative` is installed, as far as Node can tell. */
function folderWithPackage(): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules/tsnative'), 'junction');
  return folder;
}

/** The shortest of a few runs, in milliseconds: the one that the machine's other work disturbed least. */
function quickest(run: () => void): number {
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return Math.min(...times);
}

test('--version is quick', () => {
  const cwd = temporaryFolder();
  const version = quickest(() =>
    assert.match(tsnative(['--version'], cwd).stdout, /^\d+\.\d+\.\d+\n$/),
  );
  const node = quickest(() => spawnSync(process.execPath, ['-e', '0']));
  console.log(`» tsnative --version: ${version.toFixed(0)} ms, node alone: ${node.toFixed(0)} ms`);
  // On a slow machine Node itself takes most of the time.
  assert.ok(version < Math.max(150, 3 * node));
});

test('wrong options end with 2, not with a stack trace', () => {
  const { status, stderr } = tsnative(['build', '--what'], temporaryFolder());
  assert.is(status, 2);
  assert.is(stderr, 'error: unknown option `--what`\n  see `tsnative build --help`\n');
});

test('colours are for terminals, FORCE_COLOR and NO_COLOR decide otherwise', () => {
  const cwd = temporaryFolder();
  const escapes = (env: Record<string, string>): boolean =>
    tsnative(['check'], cwd, env).stderr.includes('\x1b[');
  assert.is(escapes({}), false);
  assert.is(escapes({ CI: 'true' }), false);
  assert.is(escapes({ FORCE_COLOR: '1' }), true);
  assert.is(escapes({ FORCE_COLOR: '0' }), false);
  assert.is(escapes({ FORCE_COLOR: '1', NO_COLOR: '1' }), false);
});

test('init, build and run, then build again with nothing to do', () => {
  const cwd = folderWithPackage();
  assert.is(tsnative(['init'], cwd).status, 0);
  const { status, stdout, stderr } = tsnative(['build'], cwd);
  assert.is(status, 0, stderr);
  assert.match(stdout, /✓ countPrimes {2}src\/primes\.ts:\d+/);
  for (const env of [{ TSNATIVE: 'require' }, { TSNATIVE: 'off' }]) {
    const ran = spawnSync(process.execPath, ['dist/main.js'], {
      cwd,
      env: { ...process.env, ...env },
      encoding: 'utf8',
    });
    assert.match(ran.stdout, /^348513 primes below 5000000, counted in [\d.]+ ms\n$/, ran.stderr);
  }
  assert.match(tsnative(['build'], cwd).stdout, 'nothing has changed');
});

test('the example works in a CommonJS package too', () => {
  const cwd = folderWithPackage();
  writeFileSync(join(cwd, 'package.json'), '{ "name": "old", "version": "1.0.0" }');
  assert.is(tsnative(['init'], cwd).status, 0);
  const { status, stderr } = tsnative(['build'], cwd);
  assert.is(status, 0, stderr);
  const ran = spawnSync(process.execPath, ['dist/main.js'], { cwd, encoding: 'utf8' });
  assert.match(ran.stdout, '348513 primes', ran.stderr);
});

test('build --json of a real project', () => {
  const cwd = folderWithPackage();
  tsnative(['init'], cwd);
  const { status, stdout, stderr } = tsnative(['build', '--json'], cwd);
  assert.is(status, 0, stderr);
  const result = JSON.parse(stdout);
  assert.is(result.ok, true);
  assert.is(result.functions[0].name, 'countPrimes');
  assert.ok(result.outputs.some(({ path }: { path: string }) => path === result.addons[0].path));
  assert.ok(result.addons[0].bytes > 0);
});

test('doctor --json sees a toolchain', () => {
  const { status, stdout, stderr } = tsnative(['doctor', '--json'], temporaryFolder());
  assert.is(status, 0, stderr);
  const { toolchains } = JSON.parse(stdout);
  assert.is(toolchains.filter(({ used }: { used: boolean }) => used).length, 1);
});

test('Ctrl-C ends a build with 130 and leaves nothing half-written', async () => {
  const cwd = folderWithPackage();
  tsnative(['init'], cwd);
  const child = spawn(process.execPath, [main, 'build'], { cwd });
  // By then node is up and the compiler is being loaded or at work.
  setTimeout(() => child.kill('SIGINT'), 400);
  const end = await new Promise((resolve) =>
    child.on('exit', (code, signal) => resolve(code ?? signal)),
  );
  // On a machine so slow that the command was not up yet, Node itself ends it.
  assert.ok(end === 130 || end === 'SIGINT', String(end));
  const left = readdirSync(cwd, { recursive: true, encoding: 'utf8' });
  assert.equal(
    left.filter((name) => !name.startsWith('node_modules') && /tmp|~|\.part/.test(name)),
    [],
  );
});

test.run();
