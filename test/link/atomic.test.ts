/** Outputs are whole, whatever happens; nothing temporary stays. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { writeAtomically } from '../../compiler/5-link/atomic.ts';
import { run } from '../../compiler/5-link/process.ts';
import { withScratch } from '../../compiler/5-link/scratch.ts';
import { testUnless } from '../support/skip.ts';
import { temporaryFolder } from './hello.ts';

const windows = process.platform === 'win32' ? 'Windows has no signals' : undefined;
const repository = fileURLToPath(new URL('../..', import.meta.url));
const link = new URL('../../compiler/5-link/', import.meta.url).href;

/** Runs a script in a process of its own. */
function script(folder: string, text: string) {
  const file = join(folder, 'script.mts');
  writeFileSync(file, text);
  const child = spawn(process.execPath, ['--import', 'tsx', file], {
    cwd: repository,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.setEncoding('utf8');
  return child;
}

test('writes files and their folders', async () => {
  const folder = temporaryFolder();
  const paths = [join(folder, 'a.txt'), join(folder, 'deep/er/b.bin')];
  const [a = '', b = ''] = paths;
  const written = await writeAtomically([
    { path: a, data: 'é' },
    { path: b, data: new Uint8Array([1, 2]), mode: 0o755 },
  ]);
  assert.equal(written, paths);
  assert.is(readFileSync(a, 'utf8'), 'é');
  assert.equal([...readFileSync(b)], [1, 2]);
  if (windows === undefined) assert.is(statSync(b).mode & 0o777, 0o755);
  assert.equal(readdirSync(folder).sort(), ['a.txt', 'deep']);
});

test('leaves a file with the same bytes alone', async () => {
  const folder = temporaryFolder();
  const files = ['same', 'other'].map((name) => ({ path: join(folder, name), data: name }));
  await writeAtomically(files);
  const long = new Date('2020-01-01');
  for (const { path } of files) utimesSync(path, long, long);
  const [same, other] = files;
  if (!same || !other) throw new Error('two files');
  assert.equal(await writeAtomically([same, { ...other, data: 'OTHER' }]), [other.path]);
  assert.is(statSync(same.path).mtimeMs, long.getTime());
  assert.is.not(statSync(other.path).mtimeMs, long.getTime());
});

testUnless(windows, test, 'keeps the permissions of a file that it replaces', async () => {
  const path = join(temporaryFolder(), 'cli.js');
  writeFileSync(path, 'old');
  chmodSync(path, 0o750);
  await writeAtomically([{ path, data: 'new' }]);
  assert.is(statSync(path).mode & 0o777, 0o750);
});

test('writes nothing where one file can not be written', async () => {
  const folder = temporaryFolder();
  const [first, blocked] = [join(folder, 'first'), join(folder, 'blocked')];
  writeFileSync(first, 'old');
  const expectFailure = async (path: string): Promise<void> => {
    try {
      await writeAtomically([
        { path: first, data: 'new' },
        { path, data: 'x' },
      ]);
    } catch (error) {
      assert.is((error as NodeJS.ErrnoException).path, path);
      assert.is(readFileSync(first, 'utf8'), 'old');
      return;
    }
    assert.unreachable();
  };
  // A folder where the file should be, and a file where its folder should be.
  mkdirSync(blocked);
  await expectFailure(blocked);
  await expectFailure(join(first, 'inside'));
  assert.equal(readdirSync(folder).sort(), ['blocked', 'first']);
});

testUnless(windows, test, 'a killed process leaves a whole file', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'out/large');
  const size = 4 << 20;
  for (const wait of [3, 11]) {
    const child = script(
      folder,
      `import { writeAtomically } from '${link}atomic.ts';
      for (let n = 0; ; n++) {
        await writeAtomically([{ path: ${JSON.stringify(path)}, data: Buffer.alloc(${size}, 97 + (n % 26)) }]);
        if (n === 0) console.log('going');
      }`,
    );
    await once(child.stdout, 'data');
    await delay(wait);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const data = readFileSync(path);
    assert.is(data.length, size);
    assert.ok(data.equals(Buffer.alloc(size, data[0])));
  }
});

testUnless(windows, test, 'process.exit removes scratch folders and running tools', async () => {
  const folder = temporaryFolder();
  const beats = join(folder, 'beats');
  const child = script(
    folder,
    `import { existsSync } from 'node:fs';
    import { withScratch } from '${link}scratch.ts';
    import { run } from '${link}process.ts';
    process.on('SIGINT', () => process.exit(130));
    const beats = ${JSON.stringify(beats)};
    const tool = { name: 'node', file: process.execPath };
    await withScratch(async (cwd) => {
      const running = run(tool, ['-e', \`setInterval(() => fs.appendFileSync('\${beats}', '.'), 10)\`], { cwd });
      while (!existsSync(beats)) await new Promise((resolve) => setTimeout(resolve, 10));
      console.log(cwd);
      await running;
    });`,
  );
  const [line = ''] = (await once(child.stdout, 'data')) as [string];
  const scratch = line.trim();
  assert.ok(existsSync(scratch));
  child.kill('SIGINT');
  const [code] = (await once(child, 'exit')) as [number];
  assert.is(code, 130);
  assert.not(existsSync(scratch));
  await delay(100);
  const { size } = statSync(beats);
  await delay(100);
  assert.is(statSync(beats).size, size, 'the tool still runs');
});

test('an aborted tool is gone before its error comes', async () => {
  const controller = new AbortController();
  const tool = { name: 'node', file: process.execPath };
  await withScratch(async (cwd) => {
    const text = "fs.writeFileSync('pid', String(process.pid)); setInterval(() => {}, 1000)";
    const running = run(tool, ['-e', text], { cwd, signal: controller.signal });
    const file = join(cwd, 'pid');
    while (!existsSync(file) || readFileSync(file, 'utf8') === '') await delay(10);
    controller.abort(new Error('stop'));
    try {
      await running;
      assert.unreachable();
    } catch (error) {
      assert.is((error as Error).message, 'stop');
    }
    assert.throws(() => process.kill(Number(readFileSync(file, 'utf8')), 0), /ESRCH/);
  });
});

test.run();
