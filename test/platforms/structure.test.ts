/// <reference lib="dom" />
/** One build for all platforms: what each binary needs of its system, what it offers, and that it is always the same. */
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { targetNames } from '../../compiler/5-link/targets.ts';
import type { BuildResult } from '../../compiler/build-types.ts';
import { buildProject, makeProject } from '../support/project.ts';
import { readElf, readMachO, readPe, type Binary } from './binaries.ts';

/** Native code of many kinds: loops, memory of its own, strings, records, rounding, large frames, threads. */
const source = `
import { parallel } from 'tsnative';

/** @native */
export function smooth(a: Float64Array): Float64Array {
  const out = new Float64Array(a.length);
  for (let i = 1; i < a.length - 1; i++) out[i] = Math.floor(a[i - 1]! + Math.sin(a[i]!)) % 7;
  return out;
}

/** @native */
export function describe(point: { x: number; y: number }, names: string[]): string {
  let text = '';
  for (const name of names) text += name + point.x.toFixed(2) + Math.round(point.y);
  return text;
}

/** @native */
export function depth(n: number): number {
  return n > 0 ? depth(n - 1) + 1 : 0;
}

/** @native */
export function fill(a: Float64Array): void {
  parallel.for(a.length, (i) => {
    a[i] = Math.sqrt(i);
  });
}
`;

const project = makeProject({ 'src/a.ts': source });
const test = suite('binaries for all platforms');
let built: BuildResult;

test.before(async () => {
  built = await buildProject(project, { targets: targetNames });
  assert.equal(built.diagnostics, []);
});
test.after(() => project.remove());

const binary = (platform: string): Buffer => {
  const addon = built.addons.find((candidate) => candidate.platform === platform);
  if (!addon) throw new Error(`nothing for ${platform}`);
  return readFileSync(addon.path);
};

/** What C's library has in every process of a system like Unix. */
const fromC = ['calloc', 'free', 'malloc', 'memcmp', 'memcpy', 'memmove', 'memset', 'realloc'];
const entry = 'napi_register_module_v1';
/** What C calls: `describe` takes objects, so it has no symbol. */
const forC = [
  ...['depth', 'fill', 'smooth'].map((name) => `test_project_${name}`),
  ...['tsnative_clear', 'tsnative_free'],
];
const offered = [entry, ...forC];

/** What the pool of threads takes from POSIX: nothing is libuv's, of which Bun and Deno have a part alone. */
const ofThreads = [
  ...['attr_destroy', 'attr_init', 'attr_setdetachstate', 'attr_setstacksize', 'create'],
  ...['cond_broadcast', 'cond_init', 'cond_signal', 'cond_wait'],
  ...['mutex_init', 'mutex_lock', 'mutex_unlock'],
].map((name) => `pthread_${name}`);
const ofPosix = [...ofThreads, 'clock_gettime', 'getenv', 'getpid', 'setenv', 'sysconf'];

/** Imports that are neither Node-API's nor among those named. */
const strange = ({ imports }: Binary, known: readonly string[]): string[] =>
  imports.filter((name) => !/^_?napi_/.test(name) && !known.includes(name));

test('a build for all has one binary for each', () => {
  assert.equal(
    built.addons.map(({ platform }) => platform),
    targetNames,
  );
});

for (const [platform, machine, threads] of [
  ['linux-x64', 62, 'pthread_getattr_np'],
  ['linux-arm64', 183, 'pthread_getattr_np'],
  ['freebsd-x64', 62, 'pthread_attr_get_np'],
] as const)
  test(`${platform}: needs no library, exports the entry and what C calls`, () => {
    const elf = readElf(binary(platform));
    assert.is(elf.machine, machine);
    assert.equal(elf.libraries, []);
    assert.equal([...elf.exports].sort(), offered);
    const own = [...ofPosix, 'pthread_self', threads, 'pthread_attr_getstack'];
    // The pool of threads reads how many processors it may use, names its threads, and shares tokens with other processes.
    const reading = [
      'open',
      'read',
      'close',
      'lseek',
      'mmap',
      'prctl',
      'syscall',
      '__tls_get_addr',
    ];
    const pool = platform.startsWith('linux') ? reading : [];
    assert.equal(strange(elf, [...fromC, ...own, ...pool]), []);
    assert.ok(elf.imports.includes(threads));
  });

test('freebsd-x64: is marked as its system wants', () => {
  assert.is(binary('freebsd-x64')[7], 9);
});

for (const [platform, machine] of [
  ['win32-x64', 0x8664],
  ['win32-arm64', 0xaa64],
] as const)
  test(`${platform}: needs the two libraries of every process, and no program by name`, () => {
    const pe = readPe(binary(platform));
    assert.is(pe.machine, machine);
    assert.equal(pe.libraries, ['kernel32.dll', 'ntdll.dll']);
    assert.equal(pe.exports, offered);
    assert.ok(pe.imports.includes('GetProcAddress'));
    assert.ok(pe.imports.includes('GetModuleHandleExA'), 'it stays while threads run its code');
    assert.ok(pe.imports.includes('SleepConditionVariableSRW'), 'its threads are of the system');
    assert.not(pe.imports.some((name) => /^(?:napi|uv)_/.test(name)));
  });

for (const [platform, machine] of [
  ['darwin-x64', 0x01000007],
  ['darwin-arm64', 0x0100000c],
] as const)
  test(`${platform}: runs from macOS 11 on and needs the system's library alone`, () => {
    const macho = readMachO(binary(platform));
    assert.is(macho.machine, machine);
    assert.equal(macho.libraries, ['/usr/lib/libSystem.B.dylib']);
    assert.is(macho.minimum, '11.0');
    assert.equal(
      [...macho.exports].sort(),
      offered.map((name) => `_${name}`),
    );
    // Node's functions are bound when they are called, as C loads it where there are none.
    assert.ok(macho.bound.includes('dyld_stub_binder'));
    assert.equal(
      macho.bound.filter((name) => name.startsWith('_napi_')),
      [],
    );
    const own = [
      ...ofPosix,
      ...['pthread_self', 'pthread_get_stackaddr_np', 'pthread_get_stacksize_np'],
    ];
    const staying = ['dladdr', 'dlopen', 'dlsym'];
    const known = [...fromC, ...own, ...staying, 'bzero', '__bzero', 'memset_pattern16'];
    for (const name of staying) assert.ok(macho.imports.includes(`_${name}`), name);
    assert.equal(strange(macho, [...known.map((name) => `_${name}`), 'dyld_stub_binder']), []);
  });

test('wasm32: imports what the glue has for it, and exports what that uses', () => {
  const module = new WebAssembly.Module(Uint8Array.from(binary('wasm32')));
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    assert.equal([from, kind], ['env', 'function']);
    assert.match(name, /^(?:napi|tsn)_/);
  }
  const exports = WebAssembly.Module.exports(module).map(({ name }) => name);
  assert.equal(exports.sort(), [
    '__indirect_function_table',
    'memory',
    entry,
    'tsn_allocate',
    'tsn_free',
  ]);
  assert.equal(WebAssembly.Module.customSections(module, 'name'), [], 'it has no names');
});

test('darwin: an ad-hoc signature whose hashes are those of the pages', () => {
  assert.equal(readMachO(binary('darwin-arm64')).signature, { isAdHoc: true, matches: true });
});

test('the same bytes from another folder', async () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tsnative-elsewhere-')));
  const other = makeProject({ 'src/a.ts': source });
  try {
    const again = await buildProject(other, { targets: targetNames, outDir: join(folder, 'out') });
    assert.equal(again.diagnostics, []);
    for (const { platform, path } of again.addons)
      assert.ok(binary(platform).equals(readFileSync(path)), platform);
  } finally {
    other.remove();
    rmSync(folder, { recursive: true, force: true });
  }
});

test('one target changed costs that target alone', async () => {
  const { milliseconds, addons } = await buildProject(project, { targets: ['linux-x64'] });
  assert.is(addons.length, 1);
  console.log(`» one of ${targetNames.length} targets again: ${Math.round(milliseconds)} ms`);
});

test.run();
