import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Toolchain, ToolchainProbe } from '../../compiler/5-link/types.ts';
import { x64Level } from '../../compiler/cli/cpu.ts';
import { cli } from './harness.ts';

const zig: Toolchain = {
  name: 'bundled',
  dialect: 'opaque',
  version: 'zig 0.12.0 (clang 17.0.3)',
  supports: () => true,
  compile: async () => {},
};
const missing: ToolchainProbe = {
  name: 'system',
  toolchain: undefined,
  problem: 'no clang on the PATH',
  mend: 'apt install clang lld',
};

test('what is there, what is not and how to mend it, and what would be used', async () => {
  const probes = [missing, { name: 'bundled', toolchain: zig } as const];
  const { code, stdout } = await cli(['doctor'], { probes });
  assert.is(code, 0);
  assert.match(stdout, `✓ node      ${process.versions.node}\n`);
  assert.match(
    stdout,
    '✓ threads   at most 2 (the processors that this process may run on); 2 computed in a parallel loop\n',
  );
  assert.match(stdout, `✓ platform  ${process.platform}-${process.arch}\n`);
  assert.match(
    stdout,
    '✗ system   no clang on the PATH\n    to have it too: apt install clang lld\n',
  );
  assert.match(stdout, '✓ bundled  zig 0.12.0 (clang 17.0.3)\n');
  assert.ok(stdout.endsWith('tsnative build would use bundled.\n'));
});

test('without any toolchain the exit code is 1', async () => {
  const { code, stdout } = await cli(['doctor'], { probes: [missing] });
  assert.is(code, 1);
  assert.match(stdout, '    apt install clang lld\n');
  assert.match(stdout, 'There is no toolchain');
});

test('--json', async () => {
  const probes = [{ name: 'bundled', toolchain: zig } as const, missing];
  const { code, stdout } = await cli(['doctor', '--json'], { probes });
  assert.is(code, 0);
  const { cpu, ...rest } = JSON.parse(stdout);
  assert.type(cpu.model, 'string');
  assert.equal(rest, {
    command: 'doctor',
    version: '1.2.3',
    ok: true,
    node: { version: process.versions.node, ok: true },
    platform: `${process.platform}-${process.arch}`,
    threads: { threads: 2, from: 'affinity', counted: 2 },
    toolchains: [
      { name: 'bundled', ok: true, used: true, version: zig.version, problem: null, mend: null },
      {
        name: 'system',
        ok: false,
        used: false,
        version: null,
        problem: 'no clang on the PATH',
        mend: 'apt install clang lld',
      },
    ],
  });
});

test('the level of an x86-64 CPU is the highest that is complete', () => {
  const v2 = 'cx16 lahf_lm popcnt pni sse4_1 sse4_2 ssse3'.split(' ');
  const v3 = 'avx avx2 bmi1 bmi2 f16c fma movbe xsave'.split(' ');
  const v4 = 'avx512f avx512bw avx512cd avx512dq avx512vl'.split(' ');
  assert.is(x64Level(new Set()), 'x86-64');
  assert.is(x64Level(new Set(v2)), 'x86-64-v2');
  assert.is(x64Level(new Set([...v2, ...v3.slice(1)])), 'x86-64-v2');
  assert.is(x64Level(new Set([...v2, ...v3])), 'x86-64-v3');
  assert.is(x64Level(new Set([...v3, ...v4])), 'x86-64');
  assert.is(x64Level(new Set([...v2, ...v3, ...v4])), 'x86-64-v4');
});

test.run();
