/** Targets and the names of CPUs. */
import { cpus } from 'node:os';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  clangCpuOptions,
  hostTarget,
  platformName,
  targetFor,
  targetKey,
  targetNames,
  targetsFor,
} from '../../compiler/5-link/targets.ts';
import { ToolchainError } from '../../compiler/5-link/types.ts';

const code = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof ToolchainError) return error.diagnostic.code;
    throw error;
  }
  return 'none';
};

test('the default runs on any machine of the architecture', () => {
  assert.is(targetFor('linux', 'x64').cpu, 'x86-64-v2');
  assert.is(targetFor('linux', 'arm64').cpu, 'armv8-a');
  assert.is(platformName(hostTarget()), `${process.platform}-${process.arch}`);
});

const tiers = (platform: string, arch: string, cpu?: string): string[] =>
  targetFor(platform, arch, cpu).tiers.map((tier) => `${tier.name} ${tier.cpu}`);

test('the tiers of a target: the levels that a list names, or one CPU', () => {
  assert.equal(tiers('linux', 'x64'), ['baseline x86-64-v2', 'v3 x86-64-v3']);
  assert.equal(tiers('darwin', 'arm64'), ['baseline armv8-a']);
  assert.equal(tiers('linux', 'x64', 'x86-64-v4, v2,v4'), ['baseline x86-64-v2', 'v4 x86-64-v4']);
  assert.equal(tiers('linux', 'x64', 'znver3'), ['znver3 znver3']);
  assert.is(targetFor('linux', 'x64', 'znver3').cpu, 'znver3');
  assert.equal(tiers('linux', 'arm64', 'v9'), ['v9 armv9-a']);
});

test('what chooses the tier runs on CPUs that lack it', () => {
  assert.is(targetFor('linux', 'x64', 'v4').cpu, 'x86-64-v2');
  assert.is(targetFor('linux', 'x64', 'v1,v3').cpu, 'x86-64');
});

test('a list holds levels alone', () => {
  for (const list of ['v3,native', 'baseline,haswell'])
    assert.is(
      code(() => targetFor('linux', 'x64', list)),
      'TSN5009',
    );
  assert.is(
    code(() => targetFor('linux', 'arm64', 'v8,v9')),
    'TSN5009',
  );
});

test('clang gets architectures and CPUs as it wants them', () => {
  assert.equal(clangCpuOptions(targetFor('linux', 'x64', 'native')), ['-march=native']);
  assert.equal(clangCpuOptions(targetFor('linux', 'arm64')), ['-march=armv8-a']);
  assert.equal(clangCpuOptions(targetFor('linux', 'arm64', 'cortex-a72')), ['-mcpu=cortex-a72']);
});

test('what is no name is refused before a tool sees it', () => {
  for (const cpu of ['', '-v', 'a b', 'v3;ls', '../x', 'v9', 'baseline,v9', 'v3,'])
    assert.is(
      code(() => hostTarget(cpu)),
      'TSN5006',
    );
});

test('a platform without native code is refused', () => {
  assert.is(
    code(() => targetFor('sunos', 'x64')),
    'TSN5007',
  );
  assert.is(
    code(() => targetFor('linux', 'mips')),
    'TSN5007',
  );
});

test('several targets: levels of one architecture leave the others as they are', () => {
  const cpusOf = (names: string[], cpu?: string): string[][] =>
    targetsFor(names, cpu).map((target) => target.tiers.map(({ name }) => name));
  const both = ['linux-x64', 'linux-arm64'];
  assert.equal(cpusOf(both), [['baseline', 'v3'], ['baseline']]);
  assert.equal(cpusOf(both, 'baseline,v3,v4'), [['baseline', 'v3', 'v4'], ['baseline']]);
  assert.equal(cpusOf(both, 'v9'), [['baseline', 'v3'], ['v9']]);
  assert.is(
    code(() => targetsFor(targetNames, 'native')),
    'TSN5010',
  );
  assert.is(
    code(() => targetsFor(['linux-mips'])),
    'TSN5007',
  );
});

test('the key of `native` tells CPUs apart', () => {
  const key = targetKey(targetFor('linux', 'x64', 'native'));
  assert.ok(key.includes(cpus()[0]?.model ?? 'unknown'));
  assert.is(
    targetKey(targetFor('linux', 'x64', 'v3')),
    targetKey(targetFor('linux', 'x64', 'x86-64-v3')),
  );
});

test.run();
