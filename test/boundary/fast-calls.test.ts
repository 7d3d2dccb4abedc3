/**
 * Functions that Node's own FFI calls give what they give through Node-API, results and errors. It runs in Node 26, where
 * `npm run platforms` has installed it, and with TSNATIVE_PLATFORMS=1 installs it.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isInstalled, programOf, runtimes } from '../platforms/runtimes.ts';
import { buildProject, makeProject, repository } from '../support/project.ts';
import { testUnless } from '../support/skip.ts';

const test = suite('fast calls');

const source = `import type { f64, f32, i32, u8, i16, u32, i64 } from 'tsnative';
/** @native */
export function same(x: f64): f64 { return x; }
/** @native */
export function power(x: f64, y: f64): f64 { return x ** y; }
/** @native */
export function whole(x: i32): i32 { return ~x; }
/** @native */
export function small(x: u8, y: i16): i32 { return x - y; }
/** @native */
export function large(x: u32): u32 { return x; }
/** @native */
export function single(x: f32): f32 { return x; }
/** @native */
export function not(x: boolean): boolean { return !x; }
/** @native */
export function either(x: f64, y: f64, first: boolean): f64 { return first ? x : y; }
/** @native */
export function next(x: i32): i32 { return x + 1; }
/** @native */
export function root(x: f64): f64 {
  if (x < 0) throw new RangeError(\`no root of \${x}\`);
  return Math.sqrt(x);
}
/** @native */
export function none(): f64 { return 7; }

/** @native */
export function loops(n: f64): f64 { let s = 0; for (let i = 0; i < n; i++) s += i; return s; }
/** @native */
export function recursive(n: f64): f64 { return n > 0 ? recursive(n - 1) : 0; }
/** @extern m: cbrt */
declare function cubeRoot(x: f64): f64;
/** @native */
export function viaC(x: f64): f64 { return cubeRoot(x); }
/** @native */
export function text(x: f64): string { return String(x); }
/** @native */
export function wide(x: i64): i64 { return x; }
/** @native */
export function maybe(x?: f64): f64 { return x ?? 1; }
/** @native */
export function first(a: Float64Array): f64 { return a[0]!; }
/** @native */
export async function later(x: f64): Promise<f64> { return x; }
/** @native */
export function many(a: f64, b: f64, c: f64, d: f64, e: f64, f: f64, g: f64, h: f64, i: f64): f64 { return a + b + c + d + e + f + g + h + i; }
`;

/** Those that are called so, with how many parameters they have. */
const fast = {
  ...{ same: 1, power: 2, whole: 1, small: 2, large: 1, single: 1, not: 1, either: 3 },
  ...{ next: 1, root: 1, none: 0 },
};

interface Told {
  readonly usesFfi: boolean;
  readonly results: Readonly<Record<string, readonly string[]>>;
}

const node26 = runtimes.find(({ name }) => name === 'node-26');
const problem =
  !node26 || process.platform !== 'linux' || process.arch !== 'x64'
    ? 'it needs Node 26 on Linux for x64'
    : isInstalled(node26) || process.env['TSNATIVE_PLATFORMS'] === '1'
      ? undefined
      : '`npm run platforms` installs Node 26';

testUnless(problem, test, 'results and errors are those of Node-API', async () => {
  const project = makeProject({ 'src/fast.ts': source });
  try {
    assert.equal((await buildProject(project)).diagnostics, []);
    const program = node26 ? await programOf(node26) : '';
    const url = pathToFileURL(join(project.folder, 'out/fast.js')).href;
    const run = async (env: Record<string, string>): Promise<Told> => {
      const script = join(repository, 'test/boundary/fast-calls/call.mjs');
      const { stdout, stderr } = await promisify(execFile)(
        program,
        [script, url, JSON.stringify(fast)],
        {
          env: { ...process.env, NODE_OPTIONS: '', TSNATIVE: 'require', ...env },
          maxBuffer: 2 ** 26,
        },
      );
      assert.is(stderr, '');
      return JSON.parse(stdout) as Told;
    };
    const [withFfi, without] = [await run({}), await run({ TSNATIVE_FFI: 'off' })];
    assert.is(withFfi.usesFfi, true);
    assert.is(without.usesFfi, false);
    assert.equal(withFfi.results, without.results);
    const problems = withFfi.results['small']?.filter((line) => line.startsWith('RangeError'));
    assert.ok(problems && problems.length > 10);
  } finally {
    project.remove();
  }
});

test('only functions without loops and effects, of numbers and booleans, have a symbol', async () => {
  const project = makeProject({ 'src/fast.ts': source });
  try {
    const { addons } = await buildProject(project, { targets: ['linux-x64'], level: 0 });
    const glue = readFileSync(join(project.folder, 'out/native/test-project.cjs'), 'utf8');
    const [, calls = ''] = /const fastCalls = (\{[^]*?^\});/m.exec(glue) ?? [];
    const named = [...calls.matchAll(/^ {2}"(\w+)": \{/gm)].map(([, name]) => name);
    assert.equal(named.sort(), Object.keys(fast).sort());
    assert.ok(readFileSync(addons[0]?.path ?? '').includes('tsn_fast_0'));
  } finally {
    project.remove();
  }
});

test.run();
