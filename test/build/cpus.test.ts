/** One addon for several levels of CPUs: what is in it, and which of them runs. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { probeLlvm14 } from '../../compiler/5-link/toolchains/llvm14.ts';
import type { ToolchainName } from '../../compiler/5-link/types.ts';
import { chooseCpu } from '../../runtime/cpu.ts';
import { cpuLevel } from '../support/cpu.ts';
import { buildProject, makeProject } from '../support/project.ts';
import { testUnless } from '../support/skip.ts';

const kernels = `import type { f32, i32 } from 'tsnative';

const weights = Float64Array.of(0.25, 0.5, 0.25);

const weigh = (x: number, i: i32): number => x * (weights[i % 3] ?? 0);

/** @native */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]! + 0.1;
  return sum;
}

/** @native */
export function smooth(a: Float64Array): void {
  for (let i: i32 = 0; i < a.length; i++) a[i] = weigh(Math.sin(a[i]!), i);
}

/** @native */
export function scale(a: Float32Array, k: f32): void {
  for (let i = 0; i < a.length; i++) a[i] = Math.fround(a[i]! * k);
}

/** @native */
export function count(bytes: Uint8Array, n: i32): i32 {
  let found: i32 = 0;
  for (let i: i32 = 0; i < n; i++) found += bytes[i]! > 127 ? 1 : 0;
  return found;
}

/** @native */
export function once(x: number): number {
  return Math.sqrt(x) + 1;
}
`;

/** Prints what came out, and what ran. */
const main = `import { info } from 'tsnative';
import { count, dot, once, scale, smooth } from './kernels.js';

const a = Float64Array.from({ length: 100 }, (_, i) => i / 7);
smooth(a);
const f = Float32Array.from(a);
scale(f, 0.5);
let thrown = '';
try {
  count(new Uint8Array(3), 5);
} catch (error) {
  thrown = String(error);
}
const results = [dot(a, a), count(new Uint8Array(a.buffer), 800), once(2), thrown, ...a, ...f];
console.log(JSON.stringify({ results, ...info().modules[0] }));
`;

interface Printed {
  readonly results: readonly unknown[];
  readonly native: boolean;
  readonly reason?: string;
  readonly cpu?: string;
  readonly cpus?: readonly string[];
}

const project = makeProject({ 'src/kernels.ts': kernels, 'src/main.ts': main });

/** Builds for some CPUs, and gives how to run that. */
async function built(cpu: string | undefined, toolchain: ToolchainName = 'bundled') {
  const outDir = join(project.folder, `out-${toolchain}-${cpu ?? 'usual'}`);
  const emit = ['ll'] as const;
  const options = { outDir, toolchain, emit, ...(cpu !== undefined && { cpu }) };
  const { diagnostics, addons } = await buildProject(project, options);
  assert.equal(diagnostics, []);
  const [addon] = addons;
  if (!addon) throw new Error('no addon');
  const start = (env: Record<string, string>) =>
    spawnSync(process.execPath, [join(outDir, 'main.js')], {
      encoding: 'utf8',
      env: { ...process.env, TSNATIVE: '', TSNATIVE_CPU: '', ...env },
    });
  const run = (forced = ''): Printed & { readonly stderr: string } => {
    const { stdout, stderr } = start({ TSNATIVE_CPU: forced });
    // Safe: `main` prints it.
    return { ...(JSON.parse(stdout) as Printed), stderr };
  };
  return {
    addon,
    cpus: addon.cpus,
    start,
    run,
    llvm: readFileSync(addon.path.replace(/node$/, 'll'), 'utf8'),
  };
}

const level = cpuLevel();
const problem = level < 3 ? 'this CPU is not known to be an x86-64-v3' : undefined;
const test = suite('CPU levels');
test.after(() => project.remove());

testUnless(problem, test, 'the highest level runs, and all give the same', async () => {
  const { cpus, run } = await built('baseline,v3,v4');
  assert.equal(cpus, ['baseline', 'v3', 'v4']);
  const usual = run();
  assert.is(usual.native, true);
  assert.is(usual.cpu, level === 3 ? 'v3' : 'v4');
  assert.equal(usual.cpus, cpus);
  for (const [forced, cpu] of [
    ['baseline', 'baseline'],
    ['v2', 'baseline'],
    ['v3', 'v3'],
  ] as const) {
    const own = run(forced);
    assert.is(own.cpu, cpu);
    assert.is(own.stderr, '');
    assert.equal(own.results, usual.results);
  }
});

testUnless(
  problem,
  test,
  'what does not suit leaves JavaScript in charge, and says why',
  async () => {
    const [usual, high] = [await built(undefined), await built('v4')];
    assert.equal(usual.cpus, ['baseline', 'v3']);
    const cases: [Printed & { stderr: string }, string][] = [
      [usual.run('v9'), 'TSNATIVE_CPU=v9 is none of baseline, v1, v2, v3, v4'],
      [usual.run('v1'), 'TSNATIVE_CPU=v1 is set, and its binary is for baseline, v3'],
      [high.run('v3'), 'TSNATIVE_CPU=v3 is set, and its binary is for v4'],
    ];
    if (level === 3) {
      const reason = 'TSNATIVE_CPU=v4 asks for more than this CPU has, which is v3';
      cases.push(
        [usual.run('v4'), reason],
        [high.run(), 'this CPU is v3, and its binary is for v4'],
      );
    }
    for (const [{ native, reason, stderr }, expected] of cases) {
      assert.is(native, false);
      assert.is(reason, expected);
      assert.match(stderr, `TsnativeWarning: test-project runs as JavaScript: ${expected}`);
    }
    const { status, stderr } = usual.start({ TSNATIVE: 'require', TSNATIVE_CPU: 'v9' });
    assert.is(status, 1);
    assert.match(stderr, 'v3, v4. Without TSNATIVE_CPU the CPU decides');
  },
);

testUnless(problem, test, 'three levels take at most three times the space of one', async () => {
  const [one, three] = [await built('baseline'), await built('baseline,v3,v4')];
  const ratio = three.addon.bytes / one.addon.bytes;
  console.log(`» three levels: ${ratio.toFixed(2)} times the size of one`);
  assert.ok(ratio <= 3, `${three.addon.bytes} bytes, one level ${one.addon.bytes}`);
});

testUnless(
  problem,
  test,
  'what has no loop or is inlined, and constants, are there once',
  async () => {
    const { llvm } = await built('baseline,v3,v4');
    const defined = (name: RegExp): number =>
      [...llvm.matchAll(/^define .*?@([^(]+)/gm)].filter(
        // What C calls, and what chooses for it, is there once besides.
        ([, found = '']) => name.test(found) && !/^(?:test_project_|\$c\.)/.test(found),
      ).length;
    assert.is(defined(/dot/), 3);
    assert.is(defined(/smooth/), 3);
    // It calls a function of vectors, which are passed otherwise from level to level.
    assert.is(defined(/\.std\.sin$/), 3);
    assert.is(defined(/once/), 1);
    assert.is(defined(/^ts\.napi/), new Set(llvm.match(/^define .*@ts\.napi\.[^(]+/gm)).size);
    const globals = llvm.match(/^@.*$/gm) ?? [];
    assert.is(globals.length, new Set(globals.map((line) => line.replace(/^@\S+/, ''))).size);
  },
);

const llvm14 = problem ?? (await probeLlvm14()).problem;
testUnless(llvm14, test, 'LLVM 14 makes several levels as well', async () => {
  const { cpus, run } = await built('baseline,v3,v4', 'llvm14');
  assert.equal(cpus, ['baseline', 'v3', 'v4']);
  assert.is(run('v3').cpu, 'v3');
  assert.equal(run('v2').results, run('v3').results);
});

test('the choice: the highest level that the CPU has and the variable allows', () => {
  const all = ['baseline', 'v3', 'v4'];
  assert.equal(chooseCpu(all, 4, undefined), { cpu: 'v4' });
  assert.equal(chooseCpu(all, 3, ''), { cpu: 'v3' });
  assert.equal(chooseCpu(['baseline', 'v4'], 3, undefined), { cpu: 'baseline' });
  assert.equal(chooseCpu(all, 4, 'v2'), { cpu: 'baseline' });
  assert.equal(chooseCpu(['baseline', 'v3'], 4, 'v4'), { cpu: 'v3' });
  assert.equal(chooseCpu(['v1', 'v3'], 1, undefined), { cpu: 'v1' });
  assert.equal(chooseCpu(all, 1, undefined), {
    reason: 'this CPU is v1, and its binary is for baseline, v3, v4',
  });
});

test('a binary for one CPU can only be taken as it is', () => {
  assert.equal(chooseCpu(['native'], undefined, undefined), { cpu: 'native' });
  assert.equal(chooseCpu(['baseline'], undefined, 'baseline'), { cpu: 'baseline' });
  assert.equal(chooseCpu(['native'], undefined, 'v3'), {
    reason: 'TSNATIVE_CPU=v3 is set, and its binary is for native alone',
  });
});

test.run();
