/** `tsnative package`: what it writes for npm, and that what npm makes of it loads. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { build } from '../../compiler/build.ts';
import { mainManifest, parseManifest } from '../../compiler/cli/package-layout.ts';
import { baseConfig, makeProject } from '../support/project.ts';
import { cli, emptyResult, temporaryFolder } from './harness.ts';

const own = `${process.platform}-${process.arch}`;

test('the main package asks for the others, and forgets those of before', () => {
  const before = `{
    "name": "@me/dsp",
    "version": "2.0.0",
    "files": ["dist", "!old/*.node"],
    "optionalDependencies": { "fsevents": "^2.0.0", "@me/dsp-win32-x64": "1.0.0" }
}
`;
  const main = parseManifest(before);
  if (typeof main === 'string') throw new Error(main);
  const apart = mainManifest(before, main, ['linux-x64', 'darwin-arm64'], 'dist/native/*.node');
  assert.equal(JSON.parse(apart), {
    name: '@me/dsp',
    version: '2.0.0',
    files: ['dist', '!dist/native/*.node'],
    optionalDependencies: {
      fsevents: '^2.0.0',
      '@me/dsp-linux-x64': '2.0.0',
      '@me/dsp-darwin-arm64': '2.0.0',
    },
  });
  assert.match(apart, '\n    "name"');
  assert.is(mainManifest(apart, main, ['linux-x64', 'darwin-arm64'], 'dist/native/*.node'), apart);
  const together = JSON.parse(mainManifest(apart, main, ['linux-x64'], undefined));
  assert.equal([together.files, together.optionalDependencies], [['dist'], { fsevents: '^2.0.0' }]);
});

test('a package.json without a version, and a project without native functions', async () => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'tsconfig.json'), '{}');
  const run = () => cli(['package'], { cwd, build: async () => emptyResult });
  assert.match((await run()).stderr, 'error[TSN6005]: `package.json` is not there');
  writeFileSync(join(cwd, 'package.json'), '{ "name": "a" }');
  assert.match((await run()).stderr, 'error[TSN6005]: `package.json` has no version');
  writeFileSync(join(cwd, 'package.json'), '{ "name": "a", "version": "1.0.0" }');
  const { code, stderr } = await run();
  assert.is(code, 1);
  assert.match(stderr, 'error[TSN6006]');
});

/** What npm would put into a package's archive, put where npm would install it. */
function install(app: string, from: string, name: string): string {
  const listed = execFileSync('npm', ['pack', '--dry-run', '--json'], { cwd: from });
  const [{ files }] = JSON.parse(listed.toString('utf8'));
  for (const { path } of files) {
    const to = join(app, 'node_modules', name, path);
    mkdirSync(join(to, '..'), { recursive: true });
    cpSync(join(from, path), to);
  }
  return join(app, 'node_modules', name);
}

test('packed and installed, the binary of the platform loads; without it JavaScript runs', async () => {
  const project = makeProject(
    {
      'src/index.ts': '/** @native */ export function twice(x: number): number { return x + x; }\n',
    },
    baseConfig,
  );
  const { folder } = project;
  const manifest = { name: '@me/dsp', version: '2.1.0', type: 'module', main: 'out/index.js' };
  project.write('package.json', JSON.stringify({ ...manifest, files: ['out'] }));
  try {
    const argv = ['package', '--layout', 'apart', '--target', 'host,win32-arm64'];
    const { code, stdout, stderr } = await cli(argv, { cwd: folder, build });
    assert.equal([code, stderr], [0, '']);
    assert.match(stdout, `@me/dsp-${own}`);
    assert.match(stdout, `npm publish ./npm/${own} --dry-run`);
    const part = JSON.parse(readFileSync(join(folder, 'npm/win32-arm64/package.json'), 'utf8'));
    assert.equal(
      [part.name, part.version, part.os, part.cpu],
      ['@me/dsp-win32-arm64', '2.1.0', ['win32'], ['arm64']],
    );

    const app = join(folder, 'app');
    const main = install(app, folder, '@me/dsp');
    assert.not(existsSync(join(main, `out/native/me-dsp.${own}.node`)), 'it has no binary itself');
    const binary = install(app, join(folder, 'npm', own), `@me/dsp-${own}`);
    writeFileSync(
      join(app, 'main.mjs'),
      `import { twice } from '@me/dsp';
      const [{ native, reason }] = globalThis[Symbol.for('tsnative.modules')];
      console.log(twice(21), native, reason);`,
    );
    const run = () => spawnSync(process.execPath, [join(app, 'main.mjs')], { encoding: 'utf8' });
    assert.equal([run().stdout, run().stderr], ['42 true undefined\n', '']);
    rmSync(binary, { recursive: true });
    assert.match(run().stdout, /^42 false its binary for .* is not there/);
    assert.is(run().stderr.match(/TsnativeWarning/g)?.length, 1);
  } finally {
    project.remove();
  }
});

test('with WebAssembly, that runs where the binary is not there, and JavaScript where both are not', async () => {
  const project = makeProject({
    'src/index.ts': `/** @native */
    export function scaled(a: Float64Array, k: number): { sum: number; all: Float64Array } {
      let sum = 0;
      for (let i = 0; i < a.length; i++) sum += Math.sin((a[i] = a[i]! * k));
      return { sum, all: a.slice() };
    }
    `,
  });
  const { folder } = project;
  const manifest = { name: '@me/dsp', version: '2.1.0', type: 'module', main: 'out/index.js' };
  project.write('package.json', JSON.stringify({ ...manifest, files: ['out'] }));
  try {
    const argv = ['package', '--layout', 'apart', '--target', 'host,wasm32'];
    const { code, stdout, stderr } = await cli(argv, { cwd: folder, build });
    assert.equal([code, stderr], [0, '']);
    assert.match(stdout, 'out/native/me-dsp.wasm32.wasm');
    assert.not(existsSync(join(folder, 'npm/wasm32')));
    const app = join(folder, 'app');
    const main = install(app, folder, '@me/dsp');
    const binary = install(app, join(folder, 'npm', own), `@me/dsp-${own}`);
    writeFileSync(
      join(app, 'main.mjs'),
      `import { scaled } from '@me/dsp';
      const [{ native, wasm, reason }] = globalThis[Symbol.for('tsnative.modules')];
      const a = Float64Array.of(1, 0.5, -0, NaN, 3).subarray(0, 3);
      const { sum, all } = scaled(a, 0.5);
      console.log(native ? 'native' : wasm ? 'wasm' : 'javascript', sum.toFixed(12), ...a, ...all);
      console.log(reason ?? '');`,
    );
    const wasm = join(main, 'out/native/me-dsp.wasm32.wasm');
    const run = (...preload: string[]) => {
      const args = [...preload, join(app, 'main.mjs')];
      const ran = spawnSync(process.execPath, args, { encoding: 'utf8' });
      const [line = '', reason = ''] = ran.stdout.split('\n');
      const [what = '', ...numbers] = line.split(' ');
      return { what, numbers: numbers.join(' '), reason, stderr: ran.stderr };
    };
    const native = run();
    assert.equal([native.what, native.reason, native.stderr], ['native', '', '']);
    // As in processes of Electron that may load no native code.
    const refusing = 'process.dlopen = () => { throw new Error("not in this process"); };';
    const renderer = run('--import', `data:text/javascript,${encodeURIComponent(refusing)}`);
    assert.equal([renderer.what, renderer.numbers], ['wasm', native.numbers]);
    assert.is(renderer.reason, 'its binary does not load: not in this process');
    assert.is(renderer.stderr.match(/TsnativeWarning/g)?.length, 1);
    rmSync(binary, { recursive: true });
    const second = run();
    assert.equal([second.what, second.numbers], ['wasm', native.numbers]);
    assert.match(second.reason, /^its binary for .* is not there/);
    assert.match(second.stderr, '@me/dsp runs as WebAssembly: its binary for');
    assert.is(second.stderr.match(/TsnativeWarning/g)?.length, 1);
    const bytes = readFileSync(wasm);
    bytes[bytes.length - 9]! ^= 1;
    writeFileSync(wasm, bytes);
    const changed = run();
    assert.equal([changed.what, changed.numbers], ['javascript', native.numbers]);
    assert.match(changed.stderr, '@me/dsp runs as JavaScript: its binary for');
    rmSync(wasm);
    const last = run();
    assert.equal([last.what, last.numbers], ['javascript', native.numbers]);
    assert.is(last.stderr.match(/TsnativeWarning/g)?.length, 1);
  } finally {
    project.remove();
  }
});

test.run();
