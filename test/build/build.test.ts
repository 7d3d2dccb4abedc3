import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { build } from '../../compiler/build.ts';
import { buildProject, makeProject, repository, type TestProject } from '../support/project.ts';

const twice = '/** @native */ export function twice(x: number): number { return x + x; }\n';

/** Runs `work` with a project that is removed afterwards. */
async function withProject(
  files: Readonly<Record<string, string>>,
  work: (project: TestProject) => Promise<void>,
): Promise<void> {
  const project = makeProject(files);
  try {
    await work(project);
  } finally {
    project.remove();
  }
}

test('what only TypeScript finds keeps everything from being written', () =>
  withProject(
    { 'src/a.ts': twice, 'src/b.ts': 'export const name: string = 1;\n' },
    async (project) => {
      const result = await buildProject(project);
      assert.equal(
        result.diagnostics.map(({ code, place }) => [code, place?.line]),
        [['TS2322', 1]],
      );
      assert.equal([result.functions, result.outputs, result.addons], [[], [], []]);
      assert.is(existsSync(join(project.folder, 'out')), false);
    },
  ));

test('an error leaves the last build as it is', () =>
  withProject({ 'src/a.ts': twice }, async (project) => {
    await buildProject(project);
    const before = contents(join(project.folder, 'out'));
    project.write('src/a.ts', `${twice.replace('x + x', 'x * 2')}export const name: string = 1;\n`);
    assert.is((await buildProject(project)).diagnostics.length, 1);
    assert.equal(contents(join(project.folder, 'out')), before);
  }));

test("tsnative's refusals and TypeScript's errors come together", () =>
  withProject(
    {
      'src/a.ts': '/** @native */ export function f(x: any): number { return 1; }\n',
      'src/b.ts': 'export const name: string = 1;\n',
    },
    async (project) => {
      const codes = (await buildProject(project)).diagnostics.map(({ code }) => code);
      assert.is(codes.length, 2);
      assert.ok(codes.includes('TS2322'));
      assert.ok(codes.some((code) => code.startsWith('TSN')));
    },
  ));

test('a build that is interrupted while LLVM works writes nothing', () =>
  withProject({ 'src/a.ts': twice }, async (project) => {
    const controller = new AbortController();
    const options = {
      project: project.tsconfig,
      emit: [],
      toolchain: 'bundled',
      level: 3,
      checkOnly: false,
    } as const;
    const progress = (text: string): void => {
      if (text.includes('LLVM')) controller.abort(new Error('Ctrl-C'));
    };
    try {
      await build(options, { progress }, controller.signal);
      assert.unreachable('it is interrupted');
    } catch (error) {
      assert.is((error as Error).message, 'Ctrl-C');
    }
    assert.is(existsSync(join(project.folder, 'out')), false);
  }));

test('a project without native functions is what tsc makes of it', () =>
  withProject({ 'src/a.ts': 'export const one = 1;\n' }, async (project) => {
    const { outputs, addons } = await buildProject(project);
    assert.equal(addons, []);
    assert.equal(
      outputs.map(({ path }) => path.slice(join(project.folder, 'out').length + 1)),
      ['a.d.ts', 'a.js'],
    );
    assert.is(readFileSync(join(project.folder, 'out/a.js'), 'utf8'), 'export const one = 1;\n');
  }));

/** Runs the command as it is installed, which test/run.mjs has built; tells whether it loaded TypeScript. */
function installedBuild(
  project: TestProject,
  ...options: readonly string[]
): { readonly output: string; readonly loadedTypeScript: boolean } {
  const main = join(repository, 'dist/compiler/cli/main.js');
  const report = `import { createRequire } from 'node:module';
    const { cache } = createRequire(process.cwd() + '/');
    process.on('exit', () => console.log(JSON.stringify(Object.keys(cache))));`;
  const preload = `data:text/javascript,${encodeURIComponent(report)}`;
  const args = ['--import', preload, main, 'build', '-p', project.tsconfig, ...options];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const lines = stdout.trimEnd().split('\n');
  assert.is(stderr, '');
  const loaded = JSON.parse(lines.at(-1) ?? '') as string[];
  const loadedTypeScript = loaded.some((path) => path.endsWith('typescript.js'));
  return { output: lines.join('\n'), loadedTypeScript };
}

test('a build with nothing to do does not load the compiler', () =>
  withProject({ 'src/a.ts': twice }, async (project) => {
    assert.ok(installedBuild(project).loadedTypeScript);
    const second = installedBuild(project);
    assert.match(second.output, /nothing has changed/);
    assert.not(second.loadedTypeScript);
  }));

test('another target, and a binary that is gone, need no TypeScript; an edit does', () =>
  withProject({ 'src/a.ts': twice }, (project) =>
    withProject({ 'src/a.ts': twice }, async (other) => {
      const native = (one: TestProject): [string, string][] =>
        contents(join(one.folder, 'out/native')).map(([path, text]) => [basename(path), text]);
      const platform = `${process.platform}-${process.arch}`;
      assert.ok(installedBuild(project).loadedTypeScript);
      assert.not(installedBuild(project, '--target', 'host,wasm32').loadedTypeScript);
      assert.ok(installedBuild(other, '--target', 'host,wasm32').loadedTypeScript);
      assert.equal(native(project), native(other));
      assert.equal(
        native(project).map(([name]) => name),
        ['browser.js', 'cjs', `${platform}.node`, 'wasm32.wasm'].map(
          (end) => `test-project.${end}`,
        ),
      );
      rmSync(join(project.folder, 'out/native'), { recursive: true });
      assert.not(installedBuild(project, '--target', 'host,wasm32').loadedTypeScript);
      assert.equal(native(project), native(other));
      project.write('src/a.ts', twice.replace('x + x', 'x * 3'));
      assert.ok(installedBuild(project, '--target', 'wasm32').loadedTypeScript);
      assert.match(readFileSync(join(project.folder, 'out/a.js'), 'utf8'), '* 3');
      rmSync(join(project.folder, 'out/a.js'));
      assert.ok(installedBuild(project, '--target', 'host').loadedTypeScript, 'its output is gone');
      assert.match(readFileSync(join(project.folder, 'out/a.js'), 'utf8'), '* 3');
    }),
  ));

/** The files of a folder with what is in them. */
const contents = (folder: string): [string, string][] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .sort()
    .map((path) => [path, readFileSync(path, 'latin1')]);

test.run();
