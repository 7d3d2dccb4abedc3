/** `tsnative build --emit c`: what C programs get of a library, beside what JavaScript gets of the same source. */
import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { platformName, targetNames } from '../../compiler/5-link/targets.ts';
import { findPrograms } from '../../compiler/5-link/toolchains/path.ts';
import { findZig } from '../../compiler/5-link/toolchains/bundled.ts';
import { buildProject, makeProject, repository, type TestProject } from '../support/project.ts';
import { program } from './program.ts';

const test = suite('C');

const own = platformName(process);
const here = (file: string): string => join(repository, 'test/libraries', file);

/** What C alone can pass, and what comes of it. */
const inCAlone = [
  "TypeError 1: dot: parameter 'a' expected Float64Array, got NULL",
  "TypeError 1: dot: parameter 'a' expected Float64Array of at most 2^33 elements, got a longer one",
  '0',
  '2',
];

interface Program {
  [name: string]: (...args: never[]) => unknown;
}

/** The lines of the C program, made of what JavaScript does. */
function linesOf(functions: Program): string[] {
  const f = functions as unknown as Record<string, (...args: unknown[]) => unknown>;
  const told = (name: string, ...args: unknown[]): string => {
    try {
      const result = f[name]?.(...args);
      if (typeof result === 'string') {
        const text = result.replace(/[\ud800-\udbff](?![\udc00-\udfff])/g, '\ufffd');
        return `${text} ${Buffer.byteLength(text)}`;
      }
      return typeof result === 'boolean' ? String(Number(result)) : String(result);
    } catch (error) {
      assert.instance(error, Error);
      const { message } = error as Error;
      const kind = [RangeError, TypeError].find((one) => error instanceof one)?.name ?? 'Error';
      return `${kind} 1: ${message}`;
    }
  };
  const four = Float64Array.of(1, 2, 3, 4);
  f['scale']?.(four, 1.5);
  f['scale']?.(four.subarray(0, 2));
  const waves = new Float64Array(5000);
  const bad = told('waves', 5000, new Float64Array(4993));
  return [
    told('dot', Float64Array.of(1, 2, 3), Float64Array.of(1, 2, 3, 4)),
    told('dot', Float64Array.of(1, 2, 3, 4), Float64Array.of(1, 2, 3)),
    ...inCAlone,
    told('add', -7, 200, true),
    told('add', 2 ** 31 - 1, 1, false),
    four.join(' '),
    '5 16 1',
    told('squares', -1),
    '2 1 0',
    `${told('waves', 5000, waves)} ${waves[4999]}`,
    bad,
    told('greet', 'Jänn 😀', 0.1),
    told('greet', '', 1e21),
    "TypeError 1: greet: parameter 'name' expected string, got what is no UTF-8 or too long",
    "TypeError 1: greet: parameter 'name' expected string, got what is no UTF-8 or too long",
    told('firstUnit', '😀'),
    told('check', -0.1, '€', true),
    told('check', 4, '', false),
    told('root', -5e-324),
    told('caught', -1e300),
    told('fibonacci', 15),
    told('endless', 0),
    '0',
    '1 1',
    ...[[], [undefined, 2.5], [Float32Array.of(2.5)]].map((args) => told('orElse', ...args)),
    told('sum64', -(2n ** 63n), 2n ** 63n - 1n),
    told('sum64', 2n ** 63n - 1n, 1n),
    told('bad', 3),
    told('words', 'a b c'),
    '2',
    told('mean', [1, 2, 6]),
    told('mean', [1, 2, 6], [1, 1, 2]),
    told('mean', [1, 2, 6], [1, 1]),
    "TypeError 1: mean: parameter 'list' expected Array, got NULL",
    '3 4 1',
    '2 0 1',
    '1 2 3 4',
    '1 0',
    told('viaC', -27),
    'Error 1: the library nowhere is not there',
  ];
}

/** Numbers as C prints them with 17 digits, so that lines can be compared. */
const asNumbers = (line: string): string =>
  line
    .split(' ')
    .map((word) => (/^-?[\d.]+(?:e[+-]?\d+)?$/.test(word) ? String(Number(word)) : word))
    .join(' ');

interface Built {
  readonly project: TestProject;
  /** Where the library is. */
  readonly folder: string;
}

async function built(
  options: Parameters<typeof buildProject>[1],
  source = program,
): Promise<Built> {
  const project = makeProject({ 'src/program.ts': source });
  const result = await buildProject(project, { emit: ['c'], ...options });
  assert.equal(result.diagnostics, []);
  return { project, folder: join(project.folder, 'out/native/c') };
}

/** What the C program must print, by the native code that JavaScript has. */
async function wantedOf({ project }: Built): Promise<string[]> {
  const url = pathToFileURL(join(project.folder, 'out/program.js')).href;
  return linesOf((await import(url)) as Program).map(asNumbers);
}

let shared: Built;
test.before(async () => {
  shared = await built({});
});
test.after(() => shared.project.remove());

/** Compiles C with the machine's compiler, or with the bundled one, which takes long to prepare its libraries. */
async function compileC(args: readonly string[]): Promise<void> {
  const [own] = await findPrograms(['gcc', 'cc', 'clang']);
  const [file, ...first] = own === undefined ? [findZig().file, 'cc'] : [own];
  execFileSync(file, [...first, ...args], { stdio: ['ignore', 'inherit', 'inherit'] });
}

/** Compiles the C program; gives the file. */
async function compiled(folder: string, name: string, rest: string[]): Promise<string> {
  const flags = ['-std=c11', '-Wall', '-Wextra', '-Werror', '-g'];
  const output = join(folder, name);
  await compileC([...flags, here('program.c'), '-I', folder, '-o', output, ...rest]);
  return output;
}

const run = (file: string, env = {}, args: readonly string[] = []): string[] =>
  execFileSync(file, args, { encoding: 'utf8', env: { ...process.env, ...env } })
    .trimEnd()
    .split(/\r?\n/);

test('a C program gets what JavaScript gets, results and errors', async () => {
  const { folder } = shared;
  const wanted = await wantedOf(shared);
  const libraries = join(folder, own);
  const link = ['-L', libraries, '-ltest_project', `-Wl,-rpath,${libraries}`];
  const file = await compiled(folder, 'program', link);
  assert.equal(run(file).map(asNumbers), wanted);
  // Many threads in all loops, and one in each.
  for (const env of [{ TSNATIVE_TEST_THREADS: '7' }, { TSNATIVE_NUM_THREADS: '1' }])
    assert.equal(run(file, env).map(asNumbers), wanted);
  // C++ takes the header as well.
  const checks = ['-x', 'c++', '-ffreestanding', '-fsyntax-only', '-Wall', '-Werror'];
  const { file: clang } = findZig();
  const headers = ['-isystem', join(dirname(clang), 'lib/include')];
  execFileSync(clang, ['clang', ...checks, ...headers, join(folder, 'test_project.h')]);
});

test('the addon has the same symbols, for a program without Node', async () => {
  const { folder } = shared;
  const wanted = await wantedOf(shared);
  const addons = join(dirname(folder));
  const file = `test-project.${own}.node`;
  const link = [join(addons, file), `-Wl,-rpath,${addons}`, '-lpthread', '-lm'];
  const output = await compiled(folder, 'with-addon', link);
  assert.equal(run(output).map(asNumbers), wanted);
  assert.equal(run(output, { TSNATIVE_NUM_THREADS: '1' }).map(asNumbers), wanted);
});

/** What `loads.c` prints. */
const loaded = ['0 1.5', '2 RangeError: negative: -1e-7 of x (true)'];

test('programs load the addon that have nothing of Node-API, and Node-API has to be whole', async () => {
  const addon = join(shared.project.folder, 'out/native', `test-project.${own}.node`);
  const [plain, partly] = ['plain', 'partly'].map((name) => join(shared.folder, name));
  const flags = ['-std=c11', '-Wall', '-Wextra', '-Werror', here('loads.c'), '-ldl', '-lpthread'];
  await compileC([...flags, '-o', plain ?? '']);
  assert.equal(run(plain ?? '', {}, [addon]), loaded);
  await compileC([...flags, '-rdynamic', '-DSOME_OF_NODE', '-o', partly ?? '']);
  const refused = 'the program lacks functions of Node-API that it calls';
  assert.equal(run(partly ?? '', {}, [addon]), [...loaded, refused, '1']);
});

test('a program for Windows loads the addon', async () => {
  const [wine] = await findPrograms(['wine']);
  if (wine === undefined) return console.log('skipped: no wine');
  const { project, folder } = await built({ targets: ['win32-x64'], emit: [] });
  try {
    const [program, output] = [join(project.folder, 'loads.exe'), join(project.folder, 'told.txt')];
    const args = ['cc', '-target', 'x86_64-windows-gnu', here('loads.c'), '-o', program];
    execFileSync(findZig().file, args, { stdio: ['ignore', 'inherit', 'inherit'] });
    const addon = join(dirname(folder), 'test-project.win32-x64.node');
    // Wine prints into files alone.
    const file = openSync(output, 'w');
    const env = { ...process.env, WINEDEBUG: '-all' };
    spawnSync(wine, [program, `Z:${addon}`], { stdio: ['ignore', file, 'ignore'], env });
    closeSync(file);
    const lines = readFileSync(output, 'utf8').trimEnd().split(/\r?\n/);
    assert.equal(lines, loaded);
  } finally {
    project.remove();
  }
});

test('a static library gives the same, without errors that a sanitizer finds', async () => {
  const [gcc] = await findPrograms(['gcc']);
  const library = await built({ isStatic: true, separateBlocks: true });
  const { folder } = library;
  try {
    const wanted = await wantedOf(library);
    const link = [join(folder, own, 'libtest_project.a'), '-lpthread', '-lm'];
    const plain = await compiled(folder, 'program', link);
    assert.equal(run(plain).map(asNumbers), wanted);
    if (gcc === undefined) return console.log('no gcc, so no AddressSanitizer');
    const sanitized = await compiled(folder, 'sanitized', [
      '-fsanitize=address,undefined',
      ...link,
    ]);
    const { status, stdout, stderr } = spawnSync(sanitized, { encoding: 'utf8' });
    assert.is(stderr, '');
    assert.is(status, 0);
    assert.equal(stdout.trimEnd().split('\n').map(asNumbers), wanted);
  } finally {
    library.project.remove();
  }
});

const small = `import { parallel } from 'tsnative';
/** @native */
export function sums(n: number): number { return parallel.sum(n, (i) => i * 0.5); }
/** @native */
export function told(text: string, f?: string): string {
  if (text === '') throw new Error('nothing of ' + f);
  return text.split(' ').join('-');
}
/** @native */
export function mapped(n: number, f: (x: number) => number): number { return f(n); }
`;

test('libraries for all platforms call nothing of Node', async () => {
  const targets = targetNames.filter((name) => name !== 'wasm32');
  const { project, folder } = await built({ targets, level: 0 }, small);
  try {
    for (const target of targets) {
      const files = readdirSync(join(folder, target));
      const [file = ''] = files.filter((name) => /\.(so|dylib|dll)$/.test(name));
      const bytes = readFileSync(join(folder, target, file));
      assert.ok(bytes.includes('test_project_sums'), `${target} has its functions`);
      for (const name of ['napi_', 'uv_']) assert.not.ok(bytes.includes(name), `${target} ${name}`);
      assert.is(files.includes('test_project.lib'), target.startsWith('win32'));
    }
  } finally {
    project.remove();
  }
});

test('the header keeps comments and tells which functions C can’t call', () => {
  const header = readFileSync(join(shared.folder, 'test_project.h'), 'utf8');
  assert.ok(
    header.includes(`/*
 * The scalar product of two vectors.
 *
 * Nothing is rounded twice.
 *
 * a: one vector
 * b: the other one,
 *   at least as long
 * result: the sum of the products
 * error: RangeError where b is shorter
 */
int32_t test_project_dot(const double *a, size_t a_length, const double *b, size_t b_length, double *result, tsnative_error *error);`),
  );
  assert.ok(
    header.includes('int32_t test_project_scale(double *out, size_t out_length, const double *by,'),
  );
  for (const line of [
    "count: 'list' is an object of JavaScript, or an array of such, which C has not.",
    "grow: it may change the array 'list'.",
    "looked: it reads 'table', which the module makes when JavaScript loads it.",
    "mapped: 'f' is a function of JavaScript.",
    'integral: it passes functions to integrate of C.',
  ])
    assert.ok(header.includes(` * ${line}`), line);
});

if (process.platform === 'linux') test.run();
else console.log('skipped: programs in C are compiled and run on Linux');
