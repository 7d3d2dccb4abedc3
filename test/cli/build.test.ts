import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Build, BuildResult } from '../../compiler/build-types.ts';
import type { Diagnostic } from '../../compiler/diagnostics/types.ts';
import { cli, emptyResult, placeIn, temporaryFolder } from './harness.ts';

const cwd = temporaryFolder();
mkdirSync(join(cwd, 'src'));
writeFileSync(join(cwd, 'tsconfig.json'), '{}');
writeFileSync(join(cwd, 'src/a.ts'), 'const x: any = 1;\n');

const plain = { fastmath: false, bounds: 'throw', overflow: 'throw' } as const;
const built: BuildResult = {
  ...emptyResult,
  functions: [
    { name: 'dot', file: join(cwd, 'src/a.ts'), line: 4, tagged: true, options: plain },
    {
      name: 'blurRows',
      file: join(cwd, 'src/blur.ts'),
      line: 12,
      tagged: true,
      options: { fastmath: true, bounds: 'unchecked', overflow: 'throw' },
    },
    {
      name: 'clamp',
      file: join(cwd, 'src/a.ts'),
      line: 30,
      tagged: false,
      calledBy: ['blurRows'],
      options: plain,
    },
  ],
  outputs: [
    { path: join(cwd, 'dist/a.js'), bytes: 812 },
    { path: join(cwd, 'dist/native/app.linux-x64.node'), bytes: 14_200 },
  ],
  addons: [
    {
      path: join(cwd, 'dist/native/app.linux-x64.node'),
      bytes: 14_200,
      platform: 'linux-x64',
      cpus: ['baseline', 'v3'],
    },
  ],
  toolchain: 'zig 0.12.0',
  milliseconds: 812,
};
const refusal: Diagnostic = {
  code: 'TSN2001',
  severity: 'error',
  place: placeIn(cwd),
  message: "`any` can't be native",
  why: 'its type is not known.',
};
const returns =
  (result: BuildResult): Build =>
  async () =>
    result;

test('a line for each function, then the files, then the time', async () => {
  const { code, stdout, stderr } = await cli(['build'], { cwd, build: returns(built) });
  assert.is(code, 0);
  assert.is(stderr, '');
  assert.is(
    stdout,
    `✓ dot       src/a.ts:4
✓ blurRows  src/blur.ts:12  fastmath, bounds: unchecked
  clamp     src/a.ts:30     (called by blurRows)

dist/native/app.linux-x64.node  14.2 kB  for baseline, v3
dist/a.js                       812 B

built in 0.81 s with zig 0.12.0
`,
  );
});

test('what calls copy, and where JavaScript is called', async () => {
  const [dot] = built.functions;
  assert.ok(dot);
  const copied = { passage: 'copy', isWrittenBack: false } as const;
  const result: BuildResult = {
    ...built,
    functions: [
      {
        ...dot,
        crossing: {
          params: [
            { name: 'points', type: 'Point[]', passage: 'copy', isWrittenBack: true },
            { name: 'name', type: 'string', ...copied },
            { name: 'scale', type: 'Float64Array', passage: 'reference', isWrittenBack: false },
          ],
          result: { type: 'string', passage: 'copy' },
          isCompared: false,
        },
      },
    ],
    callbacks: [{ name: 'each', file: join(cwd, 'src/a.ts'), line: 6 }],
    parallel: [
      { name: 'parallel.sum', file: join(cwd, 'src/a.ts'), line: 7, inOrderWhere: [] },
      {
        name: 'parallel.for',
        file: join(cwd, 'src/a.ts'),
        line: 9,
        inOrderWhere: ['`out` and `a` share memory', '`w` is no whole number above 0'],
      },
    ],
    plain: [
      ...Array.from({ length: 5 }, (_, index) => ({
        file: join(cwd, 'src/b.ts'),
        line: index,
        instead: 'parallel.for(n, (i) => { … })',
        refused: { why: '`s` is assigned.' },
      })),
      { file: join(cwd, 'src/b.ts'), line: 8, instead: 'parallel.for(n, (y) => { … })' },
    ],
  };
  const { stdout } = await cli(['build'], { cwd, build: returns(result) });
  assert.ok(
    stdout.startsWith(`✓ dot  src/a.ts:4  copies name in; points in and back; the result out
calls JavaScript in 1 place: each (src/a.ts:6)
parallel.sum on all cores (src/a.ts:7)
parallel.for on all cores (src/a.ts:9), in order where \`out\` and \`a\` share memory or \`w\` is no whole number above 0
could be parallel.for(n, (y) => { … }) (src/b.ts:8)
on one thread (src/b.ts:0): \`s\` is assigned.
on one thread (src/b.ts:1): \`s\` is assigned.
on one thread (src/b.ts:2): \`s\` is assigned.
2 more loops on one thread: see tsnative report
`),
    stdout,
  );
  const json = await cli(['build', '--json'], { cwd, build: returns(result) });
  const told = JSON.parse(json.stdout);
  assert.equal(told.functions[0].crossing, result.functions[0]?.crossing);
  assert.equal(told.callbacks, result.callbacks);
  assert.equal(told.parallel, result.parallel);
  assert.equal(told.plain, result.plain);
});

test('nothing changed, nothing native, many files', async () => {
  const outputs = Array.from({ length: 40 }, (_, index) => ({
    path: join(cwd, `dist/${index}.js`),
    bytes: 100,
  }));
  const result = { ...emptyResult, upToDate: true, outputs };
  const { stdout } = await cli(['build'], { cwd, build: returns(result) });
  assert.match(stdout, 'no function is marked /** @native */');
  assert.match(stdout, 'and 40 more files, 4.0 kB\n');
  assert.match(stdout, 'nothing has changed (0.04 s)\n');
});

test('colours change nothing but the colour', async () => {
  const { stdout } = await cli(['build'], { cwd, build: returns(built), colour: true });
  const uncoloured = await cli(['build'], { cwd, build: returns(built) });
  assert.is.not(stdout, uncoloured.stdout);
  assert.is(stripVTControlCharacters(stdout), uncoloured.stdout);
});

test('errors go to stderr with their source, and the exit code is 1', async () => {
  const build = returns({ ...emptyResult, diagnostics: [refusal] });
  for (const command of ['build', 'check']) {
    const { code, stdout, stderr } = await cli([command], { cwd, build });
    assert.is(code, 1);
    assert.is(stdout, '');
    assert.match(stderr, ' --> src/a.ts:1:7\n  |\n1 | const x: any = 1;\n  |       ^\n');
  }
});

test('warnings leave the exit code 0', async () => {
  const warning = { ...refusal, severity: 'warning' as const };
  const build = returns({ ...built, diagnostics: [warning] });
  const { code, stdout, stderr } = await cli(['build'], { cwd, build });
  assert.is(code, 0);
  assert.match(stderr, '1 warning');
  assert.match(stdout, '✓ dot');
  const checked = await cli(['check'], { cwd, build });
  assert.is(checked.stdout, '3 native functions, no errors (0.81 s)\n');
});

test('--json prints one object of a fixed shape', async () => {
  const { code, stdout, stderr } = await cli(['build', '--json'], { cwd, build: returns(built) });
  assert.is(code, 0);
  assert.is(stderr, '');
  const { functions, outputs, ...rest } = JSON.parse(stdout);
  assert.equal(functions[1], built.functions[1]);
  assert.equal(outputs, built.outputs);
  assert.equal(rest, {
    command: 'build',
    version: '1.2.3',
    ok: true,
    upToDate: false,
    milliseconds: 812,
    callbacks: [],
    parallel: [],
    plain: [],
    addons: built.addons,
    toolchain: 'zig 0.12.0',
    diagnostics: [],
  });
});

test('--json with errors', async () => {
  const build = returns({ ...emptyResult, diagnostics: [refusal] });
  for (const command of ['build', 'check']) {
    const { code, stdout, stderr } = await cli([command, '--json'], { cwd, build });
    assert.is(code, 1);
    assert.is(stderr, '');
    const { ok, diagnostics } = JSON.parse(stdout);
    assert.is(ok, false);
    assert.is(diagnostics[0].file, join(cwd, 'src/a.ts'));
    assert.is(diagnostics[0].column, 7);
  }
});

test('--target names platforms, host or all', async () => {
  const own = `${process.platform}-${process.arch}`;
  const targetsOf = async (...argv: string[]): Promise<readonly string[] | undefined> => {
    let given: readonly string[] | undefined;
    const build: Build = async ({ targets }) => {
      given = targets;
      return built;
    };
    assert.is((await cli(['build', ...argv], { cwd, build })).code, 0);
    return given;
  };
  assert.equal(await targetsOf(), [own]);
  assert.equal(await targetsOf('--target', `host,${own}`), [own]);
  assert.equal(await targetsOf('--target=win32-x64,linux-arm64'), ['linux-arm64', 'win32-x64']);
  assert.is((await targetsOf('--target', 'all'))?.length, 8);
  const { code, stderr } = await cli(['build', '--target', 'win32-x86'], { cwd });
  assert.is(code, 2);
  assert.match(stderr, "`--target` can't be `win32-x86`; did you mean `win32-x64`?");
});

test('without a tsconfig', async () => {
  for (const command of ['build', 'check']) {
    const { code, stderr } = await cli([command, '-p', 'nowhere'], { cwd });
    assert.is(code, 1);
    assert.match(stderr, 'error[TSN6001]: there is no `nowhere`');
  }
});

test('the progress line shows on a terminal alone and is gone at the end', async () => {
  const build: Build = async (_, events) => {
    events.progress('optimizing 3 functions');
    return built;
  };
  assert.is((await cli(['build'], { cwd, build })).stderr, '');
  const { stderr } = await cli(['build'], { cwd, build, terminal: true });
  assert.match(stderr, 'optimizing 3 functions');
  assert.ok(stderr.endsWith('\r\x1b[K'));
});

test('a crash of the compiler asks for a report and shows the stack on request', async () => {
  const build: Build = async () => {
    throw new TypeError('x is not a function');
  };
  const { code, stdout, stderr } = await cli(['build'], { cwd, build });
  assert.is(code, 70);
  assert.is(stdout, '');
  assert.match(stderr, 'this is a bug in tsnative');
  assert.match(stderr, 'TypeError: x is not a function');
  assert.not.match(stderr, /^\s+at /m);
  const debug = await cli(['build'], { cwd, build, env: { TSNATIVE_DEBUG: '1' } });
  assert.match(debug.stderr, /^\s+at /m);
});

test("the operating system's refusals are no crash", async () => {
  const build: Build = async () => {
    writeFileSync(join(cwd, 'src'), '');
    return built;
  };
  const { code, stderr } = await cli(['build'], { cwd, build });
  assert.is(code, 1);
  assert.match(stderr, `error[TSN6004]: \`${join(cwd, 'src')}\`: illegal operation on a directory`);
});

test('an interrupted build ends with 130', async () => {
  const controller = new AbortController();
  const build: Build = async (_options, _events, signal) => {
    controller.abort();
    signal?.throwIfAborted();
    return built;
  };
  const { code, stdout, stderr } = await cli(['build'], {
    cwd,
    build,
    signal: controller.signal,
  });
  assert.equal({ code, stdout, stderr }, { code: 130, stdout: '', stderr: 'interrupted\n' });
});

test.run();
