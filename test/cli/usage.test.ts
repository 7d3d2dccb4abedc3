import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { BuildOptions } from '../../compiler/build-types.ts';
import { cli, emptyResult, temporaryFolder } from './harness.ts';

const wrong: [string, string][] = [
  ['biuld', 'unknown command `biuld`; did you mean `build`?'],
  ['frobnicate', 'unknown command `frobnicate`'],
  ['build --out-dri x', 'unknown option `--out-dri`; did you mean `--out-dir`?'],
  ['build --out-dri=x', 'unknown option `--out-dri`; did you mean `--out-dir`?'],
  ['build -Ofast', 'unknown option `-Ofast`'],
  ['build -O7', "`-O` can't be `7`; it is one of 0, 1, 2, 3"],
  ['build -O', '`-O` needs a value'],
  ['build --toolchain bundeld', "`--toolchain` can't be `bundeld`; did you mean `bundled`?"],
  ['build --emit ll,x', "`--emit` can't be `x`; it is one of ll, asm, ir, c, python"],
  ['build --static', '`--static` is for `--emit c`'],
  ['build --out-dir', '`--out-dir` needs a value'],
  ['build --no-json', 'unknown option `--no-json`'],
  ['build src/a.ts', 'modules are built with `--hints FILE`; a project with `-p`'],
  ['build --hints a.d.ts b.js', '`--hints` needs `--out-dir`, where the copies go'],
  ['check --emit ll', 'unknown option `--emit`'],
  ['report --otu x', 'unknown option `--otu`; did you mean `--out`?'],
  ['init a b', '`init` takes no argument `b`'],
  ['doctor --jsn', 'unknown option `--jsn`; did you mean `--json`?'],
];
for (const [line, message] of wrong) {
  test(`tsnative ${line}`, async () => {
    const { code, stdout, stderr } = await cli(line.split(' '));
    assert.is(code, 2);
    assert.is(stdout, '');
    assert.is(stderr.split('\n')[0], `error: ${message}`);
    assert.match(stderr, /\n {2}see `tsnative (\w+ )?--help`\n$/);
    assert.not.match(stderr, /^\s+at /m);
  });
}

test('no command at all shows the help as a mistake', async () => {
  const { code, stderr } = await cli([]);
  assert.is(code, 2);
  assert.match(stderr, 'tsnative build ');
});

for (const command of ['build', 'check', 'report', 'run', 'init', 'doctor']) {
  test(`tsnative ${command} --help has examples`, async () => {
    for (const flag of ['--help', '-h']) {
      const { code, stdout, stderr } = await cli([command, flag]);
      assert.is(code, 0);
      assert.is(stderr, '');
      assert.match(stdout, new RegExp(`Examples:\n {2}tsnative ${command}`));
      assert.ok(stdout.split('\n').every((line) => line.length <= 80));
    }
  });
}

test('the help of build, in full', async () => {
  const { stdout } = await cli(['build', '--help']);
  assert.snapshot(
    stdout,
    `tsnative build [modules..] [options]

Compile the project: what tsc writes, with native functions in one addon

Positionals:
  modules  With --hints: the JavaScript or TypeScript modules to make native
           copies of                                     [array] [default: none]

Options:
  -h, --help       Show help                                           [boolean]
  -v, --version    Show version number                                 [boolean]
  -p, --project    The tsconfig file, or the folder that holds one
                                           [string] [default: "./tsconfig.json"]
      --hints      A hints file, which types modules that aren't yours; several
                   with commas                                          [string]
      --out-dir    Where to write, instead of the tsconfig's outDir     [string]
      --target     Platforms to compile for, with commas: linux-x64,
                   linux-arm64, darwin-x64, darwin-arm64, win32-x64,
                   win32-arm64, freebsd-x64, wasm32; host or all
                                                      [string] [default: "host"]
      --emit       Write more: c (library and header), python (module), ll (LLVM
                   assembly), asm, ir; with commas   [string] [default: nothing]
      --static     With --emit c: a static library    [boolean] [default: false]
      --toolchain  Which LLVM compiles; see tsnative doctor
     [string] [choices: "auto", "bundled", "system", "llvm14"] [default: "auto"]
  -O               How much LLVM optimizes, as -O3
                           [string] [choices: "0", "1", "2", "3"] [default: "3"]
      --cpu        Levels to choose from at load, of baseline, v1, v3, v4; or
                   native, or a name as clang knows it
                           [string] [default: baseline,v3 on x64, else baseline]
  -g, --debug      Keep names and lines in the addon, for gdb and perf (Linux)
                                                      [boolean] [default: false]
      --explain    Tell what became of loops, checks and allocations, and why
                                                      [boolean] [default: false]
  -w, --watch      Build again after each edit, until Ctrl-C; with --json a line
                   each time                          [boolean] [default: false]
      --json       Print one JSON object for tools    [boolean] [default: false]

Examples:
  tsnative build                            Compile the project in this folder
  tsnative build -p packages/dsp            Compile the project of another
                                            folder
  tsnative build --target all               For every platform, from this one
  tsnative build --target                   For two of them
  linux-x64,win32-x64
  tsnative build --cpu baseline,v3,v4       For each machine the best of three
  tsnative build --cpu native               For this machine, with all it can do
  tsnative build --emit ll,asm              Leave the assembly to read
  tsnative build --emit c --target all      Libraries and a header for C, too
  tsnative build --emit python              A Python module, too
  tsnative build --watch                    Again after each edit
  tsnative build --explain                  See which loops are vectorised
  tsnative build --hints dep.hints.d.ts     Make a native copy of a package
  --out-dir native/dep
  node_modules/dep/index.js
`,
  );
});

test('--version and -v, alone and after a command', async () => {
  for (const line of ['--version', '-v', 'build --version']) {
    assert.equal(await cli(line.split(' ')), { code: 0, stdout: '1.2.3\n', stderr: '' });
  }
});

/** What build() gets for a command line. */
async function optionsFor(line: string, cwd = temporaryFolder()): Promise<BuildOptions> {
  writeFileSync(join(cwd, 'tsconfig.json'), '{}');
  let got: BuildOptions | undefined;
  const { stderr } = await cli(line.split(' '), {
    cwd,
    build: async (options) => {
      got = options;
      return emptyResult;
    },
  });
  if (got === undefined) throw new Error(stderr);
  return got;
}

test('options reach the compiler', async () => {
  const cwd = temporaryFolder();
  const targets = [`${process.platform}-${process.arch}`];
  assert.equal(await optionsFor('build', cwd), {
    project: join(cwd, 'tsconfig.json'),
    emit: [],
    toolchain: 'auto',
    level: 3,
    targets,
    checkOnly: false,
  });
  const line = 'build -O1 --out-dir out --emit asm,ll --toolchain llvm14 --cpu native';
  assert.equal(await optionsFor(line, cwd), {
    project: join(cwd, 'tsconfig.json'),
    outDir: join(cwd, 'out'),
    emit: ['ll', 'asm'],
    toolchain: 'llvm14',
    level: 1,
    cpu: 'native',
    targets,
    checkOnly: false,
  });
  assert.is((await optionsFor('check', cwd)).checkOnly, true);
});

test('-O3, -O 3, -O=3; the last of two counts', async () => {
  assert.is((await optionsFor('build -O2')).level, 2);
  assert.is((await optionsFor('build -O 2')).level, 2);
  assert.is((await optionsFor('build -O=2')).level, 2);
  assert.is((await optionsFor('build -O0')).level, 0);
  assert.is((await optionsFor('build -O3 -O1')).level, 1);
  assert.equal((await optionsFor('build --emit ll --emit ir')).emit, ['ll', 'ir']);
});

test('-p names a file or a folder', async () => {
  const cwd = temporaryFolder();
  for (const project of ['.', './tsconfig.json', cwd])
    assert.is((await optionsFor(`build -p ${project}`, cwd)).project, join(cwd, 'tsconfig.json'));
});

test.run();
