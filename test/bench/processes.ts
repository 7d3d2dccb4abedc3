/**
 * `npm run bench:processes`: the same work in one process with all threads, and shared out among two and four, which
 * share tokens (`tsnative run --ipc`), have processors of their own (`--smp`), or know nothing of each other. Medians of
 * the ratios to one process, each of two runs one after the other. Then how many threads are ready to run in four
 * processes that share tokens, in looks of microseconds.
 */
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { buildProject, makeProject, repository } from '../support/project.ts';
import { readyThreads, shareUpTo } from '../parallel/processes/ready.ts';
import { aimed, median } from './figures.ts';

const source = new URL('../parallel/processes/program.ts', import.meta.url);
const project = makeProject({ 'src/program.ts': readFileSync(source, 'utf8') });
const { diagnostics } = await buildProject(project);
if (diagnostics.length > 0) throw new Error('the program does not build');

const work = fileURLToPath(new URL('processes-work.mjs', import.meta.url));
const command = join(repository, 'dist/compiler/cli/main.js');
const launcher = fileURLToPath(new URL('processes-launch.mjs', import.meta.url));
const rounds = 60;
const runs = 3;
/** By then all processes are up. */
const lead = 3000;

/** How long so many processes take for all rounds together, in milliseconds. */
function time(processes: number, how: 'ipc' | 'smp' | 'free'): number {
  const start = Date.now() + lead;
  const given = [work, join(project.folder, 'out/program.js'), start, rounds / processes].map(
    String,
  );
  const args =
    how === 'free'
      ? [launcher, String(processes), ...given]
      : [command, 'run', `--${how}`, '-p', String(processes), ...given];
  const env = { ...process.env, TSNATIVE: 'require' };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env });
  if (status !== 0) throw new Error(stderr);
  const ends = stdout.trim().split('\n').map(Number);
  if (ends.length !== processes) throw new Error(stdout);
  return Math.max(...ends) - start;
}

/** Prints how many threads of four processes that share tokens are ready. */
async function tellReady(): Promise<void> {
  const start = Date.now() + lead;
  const given = [work, join(project.folder, 'out/program.js'), start, 2 * rounds].map(String);
  const child = spawn(process.execPath, [command, 'run', '--ipc', '-p', '4', ...given], {
    env: { ...process.env, TSNATIVE: 'require' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let isOver = false;
  child.stdout.once('data', () => (isOver = true));
  await sleep(start + 500 - Date.now());
  const pids = childrenOf(child.pid ?? 0);
  if (pids.length !== 4) throw new Error(`${pids.length} processes`);
  const looks = await readyThreads(pids, () => isOver);
  const limit = availableParallelism();
  const share = shareUpTo(looks, limit);
  const counts = looks.map((count, ready) => `${count} × ${ready}`).join(', ');
  const text = `4 processes with shared tokens: at most ${limit} threads are ready in ${(100 * share).toFixed(1)} % of the looks (${counts})`;
  console.log(aimed(share > 0.99, text, '≥ 99 %'));
}

/** The processes that one has started. */
const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);

const kinds = [
  ['2 processes with shared tokens', 2, 'ipc', 1.25],
  ['4 processes with shared tokens', 4, 'ipc', undefined],
  ['2 processes on halves of the processors', 2, 'smp', 1.25],
  ['4 processes by themselves', 4, 'free', undefined],
] as const;
try {
  for (const [name, processes, how, aim] of kinds) {
    const pairs = Array.from(
      { length: runs },
      () => [time(1, 'free'), time(processes, how)] as const,
    );
    const ratio = median(pairs.map(([one, several]) => several / one));
    const [one, several] = [0, 1].map((at) => median(pairs.map((pair) => pair[at] ?? NaN)));
    const text = `${name}: ${several?.toFixed(0)} ms, one process: ${one?.toFixed(0)} ms, ratio ${ratio.toFixed(2)}`;
    console.log(aim === undefined ? `  ${text}` : aimed(ratio <= aim, text, `≤ ${aim}`));
  }
  if (process.platform === 'linux') await tellReady();
} finally {
  project.remove();
}
