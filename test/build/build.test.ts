import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
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

test('a build with nothing to do does not load the compiler', () =>
  withProject({ 'src/a.ts': twice }, async (project) => {
    // The command as it is installed; test/run.mjs has built it.
    const main = join(repository, 'dist/compiler/cli/main.js');
    const report = `import { createRequire } from 'node:module';
      const { cache } = createRequire(process.cwd() + '/');
      process.on('exit', () => console.log(JSON.stringify(Object.keys(cache))));`;
    const run = (): { output: string; loaded: string[] } => {
      const preload = `data:text/javascript,${encodeURIComponent(report)}`;
      const args = ['--import', preload, main, 'build', '-p', project.tsconfig];
      const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
      const lines = stdout.trimEnd().split('\n');
      assert.is(stderr, '');
      return { output: lines.join('\n'), loaded: JSON.parse(lines.at(-1) ?? '') as string[] };
    };
    const isTypeScript = (path: string): boolean => path.endsWith('typescript.js');
    assert.ok(run().loaded.some(isTypeScript));
    const second = run();
    assert.match(second.output, /nothing has changed/);
    assert.not(second.loaded.some(isTypeScript));
  }));

/** The files of a folder with what is in them. */
const contents = (folder: string): [string, string][] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .sort()
    .map((path) => [path, readFileSync(path, 'latin1')]);

test.run();
