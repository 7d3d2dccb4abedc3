/** Several processes and threads of JavaScript: `tsnative run`, and how many threads compute in them. */
import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { buildProject, makeProject, repository } from '../support/project.ts';
import { readyThreads, shareUpTo, usedProcessors } from './processes/ready.ts';

const here = new URL('./processes/', import.meta.url);
const project = makeProject({
  'src/program.ts': readFileSync(new URL('program.ts', here), 'utf8'),
});
const outDir = join(project.folder, 'out');
const test = suite('processes');
test.after(() => project.remove());

const isLinux = process.platform === 'linux';
const command = join(repository, 'dist/compiler/cli/main.js');
const env: NodeJS.ProcessEnv = { ...process.env, TSNATIVE: 'require' };

/** The arguments of node for what `app.mjs` is to do. */
const app = (what: string, ...rest: string[]): string[] => [
  fileURLToPath(new URL('app.mjs', here)),
  ...[what, join(outDir, 'program.js'), join(repository, 'dist/runtime/index.js'), ...rest],
];

/** Runs the command to its end. */
function run(options: string[], what: string[], more: NodeJS.ProcessEnv = {}) {
  const args = [command, 'run', ...options, ...app(what[0] ?? '', ...what.slice(1))];
  return spawnSync(process.execPath, args, { encoding: 'utf8', env: { ...env, ...more } });
}

/** Starts the command; what it prints comes in lines. */
function start(options: string[], what: string[], more: NodeJS.ProcessEnv = {}) {
  const args = [command, 'run', ...options, ...app(what[0] ?? '', ...what.slice(1))];
  const child = spawn(process.execPath, args, { env: { ...env, ...more } });
  let text = '';
  child.stdout.on('data', (more: Buffer) => (text += more));
  const ended = new Promise<number | string>((resolve) =>
    child.on('exit', (code, signal) => resolve(code ?? signal ?? 0)),
  );
  const lines = (): string[] => text.split('\n').filter((line) => line !== '');
  return { child, ended, lines };
}

async function until(what: string, holds: () => boolean, milliseconds = 60_000): Promise<number> {
  const begin = performance.now();
  while (!holds()) {
    if (performance.now() - begin > milliseconds) throw new Error(`in vain: ${what}`);
    await sleep(5);
  }
  return performance.now() - begin;
}

const objects = (text: string): Record<string, unknown>[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .sort((a, b) => Number(a['index']) - Number(b['index']));

function isRunning(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** The processes that another one has started, and theirs. */
function descendants({ pid = 0 }: Pick<ChildProcessWithoutNullStreams, 'pid'>): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        return [[Number(name), Number(/\) \w (\d+)/.exec(stat)?.[1])] as const];
      } catch {
        return [];
      }
    });
  const below = (of: number): number[] =>
    parents.flatMap(([child, parent]) => (parent === of ? [child, ...below(child)] : []));
  return below(pid);
}

/** The processes that have tokens, of a file of `runtime/native/pool/tokens.h`. */
function tokenOwners(path: string): number[] {
  const file = readFileSync(path);
  return Array.from({ length: file.readInt32LE(4) }, (_, index) =>
    Number((file.readBigInt64LE(32 + 8 * index) >> 32n) & 0x3fffffffn),
  ).filter((pid) => pid !== 0);
}

/** How often a thread has gone on without a token. */
const threadsBeside = (path: string): number => readFileSync(path).readInt32LE(12);

const tokensOf = (pid: number): string =>
  /TSNATIVE_TOKENS=([^\0]+)/.exec(readFileSync(`/proc/${pid}/environ`, 'utf8'))?.[1] ?? '';

test('the program builds', async () => {
  assert.equal((await buildProject(project, { outDir })).diagnostics, []);
});

test('each process has processors of its own, limits and a number', () => {
  if (!isLinux) return console.log('» skipped: masks are for Linux');
  const count = availableParallelism();
  const { status, stdout, stderr } = run(['--smp'], ['told', 'a', '--b']);
  assert.equal({ status, stderr }, { status: 0, stderr: '' });
  const told = objects(stdout);
  assert.is(told.length, count);
  assert.is(new Set(told.map(({ processors }) => processors)).size, count);
  told.forEach((one, index) => {
    const { limits, of, rest } = one;
    assert.equal(
      { index: one['index'], of, rest, limits },
      { index, of: count, rest: ['a', '--b'], limits: ['1', '1', '1', '1'] },
    );
    assert.equal(one['pool'], { threads: 1, from: 'affinity', tokens: 1 });
  });
  const whole = objects(run(['--smp', '-p', '1'], ['told']).stdout);
  assert.equal(
    whole.map(({ pool }) => pool),
    [{ threads: count, from: 'affinity', tokens: count }],
  );
});

test('a lower limit of the user stays', () => {
  const { stdout } = run(['--smp', '-p', '1'], ['told'], { OMP_NUM_THREADS: '1' });
  const [told] = objects(stdout);
  assert.is((told?.['limits'] as string[])[1], '1');
});

test('the exit code is that of a process that failed', () => {
  assert.is(run(['--ipc', '-p', '2'], ['told', 'fail']).status, 3);
  assert.is(run(['--ipc', '-p', '1'], ['told', 'fail']).status, 0);
});

test('processes that are started in any way share the tokens', () => {
  if (!isLinux) return console.log('» skipped: tokens are for Linux');
  const { status, stdout, stderr } = run(['--ipc', '-f', '1.5'], ['family'], {
    TSNATIVE_NUM_THREADS: '2',
  });
  assert.equal({ status, stderr }, { status: 0, stderr: '' });
  const lines = stdout.trim().split('\n');
  assert.is(lines.length, 5);
  assert.is(new Set(lines).size, 1);
  const [tokens, path] = JSON.parse(lines[0] ?? '') as [number, string];
  assert.is(tokens, Math.floor(Math.min(2, availableParallelism()) * 1.5));
  assert.not(existsSync(path));
});

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  test(`${signal} ends all, also what they have started`, async () => {
    if (!isLinux) return console.log('» skipped: processes are looked at in /proc');
    const { child, ended, lines } = start(['--ipc', '-p', '2'], ['wait']);
    await until('all wait', () => lines().length === 4);
    const pids = descendants(child);
    assert.is(pids.length, 4);
    child.kill(signal);
    assert.is(await ended, signal === 'SIGINT' ? 130 : 143);
    await until('all have ended', () => !pids.some(isRunning), 2000);
  });

test('a second Ctrl-C kills those that go on', async () => {
  if (!isLinux) return console.log('» skipped: processes are looked at in /proc');
  const { child, ended, lines } = start(['--ipc'], ['wait', 'stubborn']);
  await until('both wait', () => lines().length === 2);
  const pids = descendants(child);
  child.kill('SIGINT');
  await until('it goes on', () => lines().includes('not yet'));
  child.kill('SIGINT');
  assert.is(await ended, 137);
  await until('all have ended', () => !pids.some(isRunning), 2000);
});

/** Four processes that compute for so many milliseconds, with tokens for so many threads; `look` gets the processes. */
async function four<T>(
  tokens: number,
  milliseconds: number,
  look: (pids: number[], isOver: () => boolean) => Promise<T>,
): Promise<T> {
  const { child, ended, lines } = start(['--ipc', '-p', '4'], ['compute', String(milliseconds)], {
    TSNATIVE_NUM_THREADS: String(tokens),
  });
  const computing = (): number => lines().filter((line) => line === 'computes').length;
  await until('all compute', () => computing() === 4);
  const pids = descendants(child);
  const path = tokensOf(pids[0] ?? 0);
  const result = await look(pids, () => lines().some((line) => line.startsWith('rounds')));
  if (existsSync(path)) assert.is(threadsBeside(path), 0, 'all have waited for their tokens');
  assert.is(await ended, 0);
  const rounds = lines().flatMap((line) => /rounds (\d+)/.exec(line)?.[1] ?? []);
  assert.ok(rounds.length === 4 && rounds.every((count) => Number(count) > 0), String(rounds));
  return result;
}

test('four processes with one token use one processor', async () => {
  if (!isLinux) return console.log('» skipped: threads are counted in /proc');
  const used = await four(1, 4000, usedProcessors);
  console.log(`» four processes with one token used ${used.toFixed(2)} processors`);
  assert.ok(used <= 1.1, String(used));
});

test('four processes have no more threads that are ready than there are tokens', async () => {
  if (!isLinux) return console.log('» skipped: threads are counted in /proc');
  const limit = Math.min(2, availableParallelism());
  const looks = await four(limit, 4000, readyThreads);
  const share = shareUpTo(looks, limit);
  console.log(
    `» at most ${limit} threads were ready in ${(100 * share).toFixed(1)} % of the looks: ${looks.map((count, ready) => `${ready}: ${count}`).join(', ')}`,
  );
  // Beside other programs, who has handed its token over may wait for a processor, to sleep.
  assert.ok(share > 0.6, String(share));
});

test('the tokens of a killed process come back within a second', async () => {
  if (!isLinux) return console.log('» skipped: tokens are for Linux');
  const alone = start(['--ipc', '-p', '2'], ['alone', '1e12'], { TSNATIVE_NUM_THREADS: '1' });
  await until('both compute', () => alone.lines().length === 2);
  const pids = descendants(alone.child);
  const path = tokensOf(pids[0] ?? 0);
  await until('one has the token', () => tokenOwners(path).length === 1);
  const [owner = 0] = tokenOwners(path);
  const other = pids.find((pid) => pid !== owner) ?? 0;
  assert.ok(pids.includes(owner));
  process.kill(owner, 'SIGKILL');
  const took = await until('the other has it', () => !tokenOwners(path).includes(owner), 5000);
  console.log(`» a killed process's token came back after ${took.toFixed(0)} ms`);
  assert.ok(took < 1000, `${took} ms`);
  process.kill(other, 'SIGKILL');
  assert.is(await alone.ended, 137);
  assert.not(existsSync(path));
});

test('threads of JavaScript with loops in loops have no more threads than there are processors', () => {
  if (!isLinux) return console.log('» skipped: threads are counted in /proc');
  const limit = availableParallelism();
  const { stdout, stderr } = spawnSync(process.execPath, app('workers'), { encoding: 'utf8', env });
  assert.is(stderr, '');
  const { most, threads, results } = JSON.parse(stdout) as Record<string, number>;
  console.log(`» ${most} threads in loops, ${threads} of the pool, of ${limit} processors`);
  assert.is(results, 1);
  assert.ok((most ?? Infinity) <= limit);
  assert.ok((threads ?? Infinity) < limit);
});

test.run();
