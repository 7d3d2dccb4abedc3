/** Each toolchain on this machine compiles, and has words for what is wrong. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { probeToolchains, selectToolchain } from '../../compiler/5-link/select.ts';
import { hostTarget, targetFor } from '../../compiler/5-link/targets.ts';
import { findZig } from '../../compiler/5-link/toolchains/bundled.ts';
import { probeLlvm14 } from '../../compiler/5-link/toolchains/llvm14.ts';
import { probeSystem } from '../../compiler/5-link/toolchains/system.ts';
import { ToolchainError } from '../../compiler/5-link/types.ts';
import type {
  CompileJob,
  Toolchain,
  ToolchainName,
  ToolchainProbe,
} from '../../compiler/5-link/types.ts';
import type { Diagnostic } from '../../compiler/diagnostics/types.ts';
import { testUnless } from '../support/skip.ts';
import { hello, load, slow, temporaryFolder } from './hello.ts';

const root = temporaryFolder();
// Only what this test makes is in its temporary folder, so that it sees what is left there.
const scratch = join(root, 'tmp');
mkdirSync(scratch);
process.env['TMPDIR'] = scratch;

let counter = 0;
const fresh = (): string => join(root, `${counter++}`);

function job(toolchain: Toolchain, more: Partial<CompileJob> = {}): CompileJob {
  const target = hostTarget();
  const llvm = hello(toolchain.dialect, target.triple, 42);
  return { llvm, target, level: 3, output: join(fresh(), 'hello.node'), ...more };
}

/** The diagnostic of a job that must fail. */
async function refusal(work: Promise<unknown>): Promise<Diagnostic> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ToolchainError) return error.diagnostic;
    throw error;
  }
  throw new Error('it did not fail');
}

const windows = process.platform === 'win32' ? 'shell scripts stand for programs' : undefined;

/** A folder with shell scripts of these names. */
function programs(scripts: Readonly<Record<string, string>>): string {
  const folder = fresh();
  mkdirSync(folder);
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}

/** The bundled clang under the names that a machine's own has. */
function installed(): ToolchainProbe | Promise<ToolchainProbe> {
  const { file } = findZig();
  const PATH = programs({
    'clang-17': `exec "${file}" clang "$@"`,
    'ld.lld': `exec "${file}" ld.lld "$@"`,
  });
  return probeSystem({ PATH });
}

const found = await probeToolchains();
const problemOf = (name: ToolchainName): string | undefined =>
  found.find((probe) => probe.name === name)?.problem;
const noBundled = problemOf('bundled');
const own = found.map((probe) => [probe.name, probe] as const);
const stand =
  windows === undefined ? [['system (the bundled clang)', await installed()] as const] : [];

for (const [name, { toolchain, problem }] of [...own, ...stand]) {
  const skip = toolchain === undefined ? problem : undefined;
  const each = (title: string, body: (toolchain: Toolchain) => Promise<void>): void =>
    testUnless(skip, test, `${name}: ${title}`, async () => {
      if (toolchain) await body(toolchain);
    });

  each('compiles an addon that Node loads', async (toolchain) => {
    for (const level of [0, 3] as const) {
      const work = job(toolchain, { level });
      await toolchain.compile(work);
      assert.equal(load(work.output), { hello: 42 });
      assert.equal(readdirSync(join(work.output, '..')), ['hello.node']);
    }
    assert.equal(readdirSync(scratch), []);
  });

  each('compiles for the CPU of this machine', async (toolchain) => {
    const work = job(toolchain, { target: hostTarget('native') });
    await toolchain.compile(work);
    assert.equal(load(work.output), { hello: 42 });
  });

  each('gives the same bytes each time', async (toolchain) => {
    const [first, second] = [job(toolchain), job(toolchain)];
    await toolchain.compile(first);
    await toolchain.compile(second);
    assert.ok(readFileSync(first.output).equals(readFileSync(second.output)));
  });

  each('writes machine assembly', async (toolchain) => {
    const work = job(toolchain, { assembly: join(fresh(), 'hello.s') });
    await toolchain.compile(work);
    assert.match(readFileSync(work.assembly ?? '', 'utf8'), /^napi_register_module_v1:/m);
  });

  each('refuses bad assembly in its own words', async (toolchain) => {
    const good = job(toolchain);
    const llvm = good.llvm.replace(/ret (ptr|i8\*) %exports/, 'ret i32 %exports');
    const work = { ...good, llvm };
    const { code, message } = await refusal(toolchain.compile(work));
    assert.is(code, 'TSN5004');
    assert.match(message, /module\.ll:\d+:\d+: error: '%exports' defined with type/);
    assert.not.match(message, root);
    assert.not(existsSync(work.output));
    assert.equal(readdirSync(scratch), []);
  });

  each('names the CPUs it knows', async (toolchain) => {
    const work = job(toolchain, { target: hostTarget('pentium9') });
    const { code, why } = await refusal(toolchain.compile(work));
    assert.is(code, 'TSN5005');
    assert.match(why ?? '', process.arch === 'arm64' ? 'cortex-a72' : 'x86-64-v3');
  });

  each('stops when aborted, and leaves nothing', async (toolchain) => {
    const llvm = toolchain.dialect === 'typed' ? job(toolchain).llvm : slow(hostTarget().triple);
    const controller = new AbortController();
    const work = job(toolchain, { llvm });
    const compiling = toolchain.compile(work, controller.signal);
    const start = performance.now();
    setTimeout(
      () => controller.abort(new Error('enough')),
      toolchain.dialect === 'typed' ? 1 : 300,
    );
    try {
      await compiling;
      assert.unreachable();
    } catch (error) {
      assert.is((error as Error).message, 'enough');
    }
    assert.ok(performance.now() - start < 1500);
    assert.equal(readdirSync(scratch), []);
    assert.not(existsSync(work.output));
  });
}

const noLlvm14 = problemOf('llvm14');
testUnless(noLlvm14, test, 'llvm14 verifies modules, as a released clang does not', async () => {
  const toolchain = await selectToolchain('llvm14');
  const llvm =
    'define i32 @f(i32 %x) {\n  br label %b\nb:\n  %p = phi i32 [ %x, %b ]\n  ret i32 %p\n}\n';
  const { code, message } = await refusal(toolchain.compile(job(toolchain, { llvm })));
  assert.is(code, 'TSN5004');
  assert.match(message, 'PHI node entries do not match predecessors');
});

testUnless(windows, test, 'the bundled toolchain needs neither PATH nor HOME', () => {
  const output = join(fresh(), 'alone.node');
  const select = new URL('../../compiler/5-link/select.ts', import.meta.url).href;
  const llvm = hello('opaque', hostTarget().triple, 7);
  const script = join(root, 'alone.mts');
  writeFileSync(
    script,
    `import { selectToolchain } from '${select}';
    const toolchain = await selectToolchain('auto');
    await toolchain.compile(${JSON.stringify({ llvm, target: hostTarget(), level: 3, output })});
    console.log(toolchain.name);`,
  );
  const ran = spawnSync(process.execPath, ['--import', 'tsx', script], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { TMPDIR: scratch, PATH: '/nonexistent' },
    encoding: 'utf8',
  });
  assert.is(ran.stderr, '');
  assert.is(ran.stdout, 'bundled\n');
  assert.equal(load(output), { hello: 7 });
});

testUnless(noBundled, test, 'the bundled toolchain links for other systems', async () => {
  const toolchain = await selectToolchain('bundled');
  const link = async (platform: string, arch: string): Promise<Buffer> => {
    const target = targetFor(platform, arch);
    const output = join(fresh(), 'hello.node');
    await toolchain.compile({ llvm: hello('opaque', target.triple, 1), target, level: 3, output });
    return readFileSync(output);
  };
  const elf = await link('linux', 'arm64');
  // The ELF header's e_machine: EM_AARCH64.
  assert.equal([elf.toString('latin1', 1, 4), elf.readUInt16LE(18)], ['ELF', 183]);
  for (const [arch, machine] of [
    ['x64', 0x8664],
    ['arm64', 0xaa64],
  ] as const) {
    const pe = await link('win32', arch);
    const header = pe.readUInt32LE(0x3c);
    assert.equal([pe.toString('latin1', 0, 2), pe.readUInt16LE(header + 4)], ['MZ', machine]);
  }
});

testUnless(windows, test, 'an old or a missing clang is explained', async () => {
  const none = await probeSystem({ PATH: programs({}) });
  assert.is(none.problem, 'there is no clang on the PATH');
  assert.ok(none.mend);
  const old = await probeSystem({
    PATH: programs({ clang: 'echo "Debian clang version 14.0.6"' }),
  });
  assert.is(old.problem, 'clang 14.0.6 is older than 15');
  const linker = await probeSystem({ PATH: programs({ clang: 'echo "clang version 18.1.0"' }) });
  assert.is(linker.problem, 'there is no ld.lld and no ld on the PATH');
});

testUnless(windows, test, 'what llvm14 lacks is explained', async () => {
  const none = await probeLlvm14({ PATH: programs({}) });
  assert.is(none.toolchain, undefined);
  assert.match(none.problem ?? '', 'there is no opt of LLVM 14 on the PATH');
  const other = await probeLlvm14({
    PATH: programs({ opt: 'echo "LLVM version 14.0.6"', llc: 'echo "LLVM version 18.1.0"' }),
  });
  assert.match(other.problem ?? '', 'there is no llc of LLVM 14 on the PATH');
});

testUnless(windows, test, 'a tool that crashes is named with its words', async () => {
  const PATH = programs({
    clang:
      'if [ "$1" = --version ]; then echo "clang version 18.1.0"; else echo "out of cheese" >&2; kill -SEGV $$; fi',
    ld: 'true',
  });
  const { toolchain } = await probeSystem({ PATH });
  if (toolchain === undefined) throw new Error('not found');
  const { code, message, why } = await refusal(toolchain.compile(job(toolchain)));
  assert.is(code, 'TSN5003');
  assert.is(message, '`clang` failed: out of cheese');
  assert.match(why ?? '', 'SIGSEGV');
});

const absent = found.find(({ toolchain }) => toolchain === undefined);
const allThere = absent === undefined ? 'every toolchain is installed' : undefined;
testUnless(
  allThere,
  test,
  'asking for a toolchain that is not there tells how to get it',
  async () => {
    const { code, message, rewrite } = await refusal(selectToolchain(absent?.name ?? 'auto'));
    assert.is(code, 'TSN5002');
    assert.match(message, absent?.problem ?? 'never');
    assert.is(rewrite, absent?.mend);
  },
);

test.run();
