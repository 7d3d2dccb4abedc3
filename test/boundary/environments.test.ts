/** One addon in many environments: worker threads, contexts, several loads, several addons; and its absence. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import vm from 'node:vm';
import { Worker } from 'node:worker_threads';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { NativeModule } from '../../runtime/load.ts';
import { info } from '../../runtime/index.ts';
import { build, ModuleBuilder, thrown, type AnyFunction } from './addon.ts';

const require = createRequire(import.meta.url);

const m = new ModuleBuilder();
m.global('K', 'f64').global('TABLE', 'view.f64');
m.function('k', { x: 'i32' }, 'f64', (b, [x]) =>
  b.return([
    b.op('add', [b.op('conv', [x!], 'f64'), b.op('global.get', [], 'f64', { global: 'K.id' })]),
  ]),
);
m.function('table', {}, 'view.f64', (b) =>
  b.return([b.op('global.get', [], 'view.f64', { global: 'TABLE.id' })]),
);
m.function('make', { n: 'i64' }, 'view.f64', (b, [n]) =>
  b.return([b.op('view.new', [n!], 'view.f64')]),
);
m.function('part', { a: 'view.f64' }, 'view.f64', (b, [a]) =>
  b.return([b.op('view.sub', [a!, b.const('i64', 0n), b.op('view.length', [a!])])]),
);
// Recursion without end.
m.function('deep', { n: 'i64' }, 'i64', (b, [n]) => {
  b.effect('check.stack', []);
  const [result] = b.call('deep', [b.op('add', [n!, b.const('i64', 1n)])], ['i64']);
  b.return([b.op('xor', [result!, n!])]);
});
const addon = await build(m.ir, { name: '@scope/numbers' });
const native = addon.load();
native.bind('K.id', 100);

/** Loads the glue as a new module. */
function loadAnew(glue = addon.glue): NativeModule & { functions: Record<string, AnyFunction> } {
  delete require.cache[glue];
  return require(glue) as NativeModule & { functions: Record<string, AnyFunction> };
}

/** Runs a script with the glue's path in `glue` in a new process. */
function run(script: string, env: Record<string, string> = {}, glue = addon.glue) {
  const code = `const glue = ${JSON.stringify(glue)};\n${script}`;
  return spawnSync(process.execPath, ['-e', code], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '', ...env },
  });
}

const overflow = 'RangeError: Maximum call stack size exceeded';

test('the path has the package and the platform', () => {
  assert.is(basename(addon.glue), 'scope-numbers.cjs');
  assert.is(basename(addon.binary), `scope-numbers.${process.platform}-${process.arch}.node`);
});

test('loaded twice, each has its own constants', () => {
  const second = loadAnew();
  assert.match(
    thrown(() => second.functions['k']!(1)),
    'ReferenceError',
  );
  second.bind('K.id', 200);
  assert.is(second.functions['k']!(1), 201);
  assert.is(native.functions['k']!(1), 101);
});

test('two addons in one process', async () => {
  const other = await build(m.ir, { name: 'other' });
  const loaded = other.load();
  loaded.bind('K.id', 5);
  assert.is(loaded.functions['k']!(1), 6);
  assert.is(native.functions['k']!(1), 101);
  assert.is(info().modules.filter((module) => module.package === 'other').length, 1);
});

/** What a binary gives its functions through. */
interface Chooser {
  $functions(cpu: number, target: object): void;
}

test('contexts: their values are taken, and their own copy works', () => {
  const context = vm.createContext({ process, native, require, console });
  const inContext = vm.runInContext(
    `native.functions.table; native.bind('TABLE.id', new Float64Array([1, 2])); native.functions.table()`,
    context,
  ) as Float64Array;
  assert.is(inContext[1], 2);
  // Of the other context's class, and yet no subclass.
  const foreign = vm.runInContext(`new Float64Array(3)`, context) as Float64Array;
  assert.is((native.functions['part']!(foreign) as Float64Array).buffer, foreign.buffer);
  assert.match(
    thrown(() =>
      native.functions['part']!(
        vm.runInContext(`new (class X extends Float64Array {})(1)`, context),
      ),
    ),
    'subclass X',
  );
  const own = vm.runInContext(
    `const m = { exports: {} }; process.dlopen(m, ${JSON.stringify(addon.binary)}); m.exports`,
    context,
  ) as { $bind(index: number, value: unknown): void; k: AnyFunction } & Chooser;
  own.$functions(0, own);
  own.$bind(0, 7);
  assert.is(own.k(1), 8);
  assert.is(native.functions['k']!(1), 101);
});

test('without its loader the binary throws all the same', () => {
  const module = { exports: {} as { k: AnyFunction } & Chooser };
  process.dlopen(module, addon.binary);
  module.exports.$functions(0, module.exports);
  assert.match(
    thrown(() => module.exports.k('x')),
    'Error: tsnative: native code failed',
  );
  assert.match(
    thrown(() => module.exports.k(1)),
    'Error: tsnative: native code failed',
  );
});

test('deep recursion throws, and the next call works', () => {
  for (let i = 0; i < 3; i++)
    assert.is(
      thrown(() => native.functions['deep']!(0n)),
      overflow,
    );
});

/** What a worker thread posts, started with this script; `glue` is the path. */
const inWorker = (script: string, options = {}): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const code = `const glue = ${JSON.stringify(addon.glue)};\nconst { parentPort } = require('node:worker_threads');\n${script}`;
    const worker = new Worker(code, { eval: true, execArgv: [], ...options });
    let message: unknown;
    worker.on('message', (value) => (message = value));
    worker.on('error', reject);
    worker.on('exit', () => resolve(message));
  });

test('workers, one after the other and at once', async () => {
  const script = `
    const { functions: $, bind } = require(glue);
    let deep;
    try { $.deep(0n) } catch (error) { deep = String(error) }
    let unbound;
    try { $.k(1) } catch (error) { unbound = error.name }
    bind('K.id', 1000);
    for (let i = 0; i < 1000; i++) $.make(1000n);
    parentPort.postMessage([$.k(1), deep, unbound]);`;
  for (let i = 0; i < 3; i++)
    assert.equal(await inWorker(script), [1001, overflow, 'ReferenceError']);
  const all = await Promise.all(Array.from({ length: 4 }, () => inWorker(script)));
  for (const result of all) assert.equal(result, [1001, overflow, 'ReferenceError']);
  assert.is(native.functions['k']!(1), 101);
});

test('workers with small and large stacks', async () => {
  const script = `
    try { require(glue).functions.deep(0n) } catch (error) { parentPort.postMessage(String(error)) }`;
  for (const stackSizeMb of [1, 2, 8])
    assert.is(await inWorker(script, { resourceLimits: { stackSizeMb } }), overflow);
});

test('a worker that is stopped in the middle', async () => {
  const worker = new Worker(
    `const { functions: $ } = require(${JSON.stringify(addon.glue)});
     for (;;) { $.make(1000n); try { $.deep(0n) } catch {} }`,
    { eval: true, execArgv: [] },
  );
  await new Promise((resolve) => setTimeout(resolve, 150));
  await worker.terminate();
  assert.is(native.functions['k']!(1), 101);
});

test('deep recursion of JavaScript into native code', () => {
  const script = `
    const { functions: $ } = require(glue);
    let caught = 0;
    const down = () => {
      try { down() } catch {}
      if (caught < 50) try { $.deep(0n) } catch (e) { if (e instanceof RangeError) caught++ }
    };
    down();
    console.log(caught)`;
  assert.is(run(script).stdout, '50\n');
});

test('stacks that the system limits', () => {
  if (process.platform !== 'linux') return;
  for (const kilobytes of ['1024', '65536', 'unlimited']) {
    const script = `try { require(${JSON.stringify(addon.glue)}).functions.deep(0n) } catch (e) { console.log(String(e)) }`;
    const command = `ulimit -s ${kilobytes} && exec "$0" -e "$1"`;
    const output = execFileSync('sh', ['-c', command, process.execPath, script], {
      encoding: 'utf8',
    });
    assert.is(output.trim(), overflow, kilobytes);
  }
});

test('TSNATIVE=off', () => {
  const { stdout } = run(
    `const n = require(glue); n.bind('K.id', 1);
     console.log(Object.keys(n.functions).length, n.functions.toString,
       JSON.stringify(globalThis[Symbol.for('tsnative.modules')][0]))`,
    { TSNATIVE: 'off' },
  );
  assert.match(stdout, /^0 undefined \{"package":"@scope\/numbers"/);
  assert.match(stdout, '"native":false,"reason":"TSNATIVE=off is set"');
  assert.match(stdout, '{"name":"k","file":"src/test.ts","line":1,"native":false}');
});

/** A copy of the addon's folder to do harm to; gives the paths of glue and binary. */
function copied(harm: (binary: string) => void): { glue: string; binary: string } {
  const folder = mkdtempSync(join(tmpdir(), 'boundary-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  cpSync(dirname(addon.glue), folder, { recursive: true });
  const binary = join(folder, basename(addon.binary));
  harm(binary);
  return { glue: join(folder, basename(addon.glue)), binary };
}

const report = `
  process.on('warning', (warning) => console.log('warning', warning.message));
  const n = require(glue); require(glue);
  console.log(Object.keys(n.functions).length, globalThis[Symbol.for('tsnative.modules')][0].reason);`;

test('no binary: JavaScript and one warning, or an error if it is required', () => {
  const { glue, binary } = copied((path) => rmSync(path));
  const reason = `its binary for ${process.platform}-${process.arch} is not there (${binary})`;
  const warning = `warning @scope/numbers runs as JavaScript: ${reason}`;
  assert.is(run(report, {}, glue).stdout, `0 ${reason}\n${warning}\n`);
  const { status, stderr } = run(`require(glue)`, { TSNATIVE: 'require' }, glue);
  assert.is.not(status, 0);
  assert.match(
    stderr,
    `Error: @scope/numbers: TSNATIVE=require asks for native code, but ${reason}`,
  );
  assert.match(stderr, 'npx tsnative build');
});

test('a platform that was not built for: JavaScript without a word', () => {
  const { glue } = copied(() => {});
  const own = `${process.platform}-${process.arch}`;
  const text = readFileSync(glue, 'utf8');
  writeFileSync(glue, text.replace(`"${own}": "`, '"sunos-x64": "'));
  assert.is(
    run(report, {}, glue).stdout,
    `0 it was built for sunos-x64, and there is no binary for ${own}\n`,
  );
});

const changed = /^0 its binary was changed after it was built, or is of another build \(.*\)\n/;
const oneWarning = /\nwarning @scope\/numbers runs as JavaScript: its binary was changed .*\n$/;

test('a corrupt binary, and one with a flipped byte: not loaded, one warning', () => {
  const flip = (path: string): void => {
    const bytes = readFileSync(path);
    const at = bytes.length >> 1;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(path, bytes);
  };
  for (const harm of [flip, (path: string) => writeFileSync(path, 'no binary')]) {
    const { glue } = copied(harm);
    const { stdout } = run(report, {}, glue);
    assert.match(stdout, changed);
    assert.match(stdout, oneWarning);
    assert.match(run(`require(glue)`, { TSNATIVE: 'require' }, glue).stderr, 'was changed');
  }
});

test('a binary of another build', async () => {
  const newer = await build(m.ir, { name: '@scope/numbers', hash: 'newer' });
  const { glue } = copied((path) => copyFileSync(newer.binary, path));
  assert.match(run(report, {}, glue).stdout, changed);
});

test('a binary that does not load: one warning', () => {
  const { glue, binary } = copied((path) => writeFileSync(path, 'no binary'));
  const text = readFileSync(glue, 'utf8');
  const own = `${process.platform}-${process.arch}`;
  const hash = createHash('sha256').update(readFileSync(binary)).digest('hex');
  writeFileSync(glue, text.replace(new RegExp(`("${own}": )"\\w+"`), `$1"${hash}"`));
  assert.match(
    run(report, {}, glue).stdout,
    /^0 its binary does not load: .*\nwarning @scope\/numbers runs as JavaScript: its binary does not load: .*\n$/,
  );
});

test('binaries elsewhere are never taken', () => {
  const { glue, binary } = copied((path) => rmSync(path));
  const elsewhere = dirname(addon.binary);
  const env = { NODE_PATH: elsewhere, LD_LIBRARY_PATH: elsewhere, PATH: elsewhere };
  const code = `process.chdir(${JSON.stringify(elsewhere)});${report}`;
  assert.match(run(code, env, glue).stdout, `0 its binary for`);
  assert.match(run(code, env, glue).stdout, `is not there (${binary})`);
});

test('info tells what is native', () => {
  const { platform, modules } = info();
  assert.is(platform, `${process.platform}-${process.arch}`);
  const own = modules.find(({ file }) => file === addon.binary);
  assert.is(own?.package, '@scope/numbers');
  assert.is(own?.native, true);
  assert.is(own?.reason, undefined);
  assert.equal(own?.functions[0], { name: 'k', file: 'src/test.ts', line: 1, native: true });
  // Loaded more than once, listed once.
  assert.is(modules.filter(({ file }) => file === addon.binary).length, 1);
});

test.run();
