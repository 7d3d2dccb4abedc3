/**
 * `npm run bench:processes`: the same work in one process with all threads, and shared out among two and four, which
 * share tokens (`tsnative run --ipc`), have processors of their own (`--smp`), or know nothing of each other. Medians of
 * the ratios to one process, each of two runs one after the other.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildProject, makeProject, repository } from '../support/project.ts';
import { median } from './figures.ts';

const source = new URL('../parallel/processes/program.ts', import.meta.url);
const project = makeProject({ 'src/program.ts': readFileSync(source, 'utf8') });
const { diagnostics } = await buildProject(project);
if (diagnostics.length > 0) throw new Error('the program does not build');

const work = fileURLToPath(new URL('processes-work.mjs', import.meta.url));
const command = join(repository, 'dist/compiler/cli/main.js');
const launcher = fileURLToPath(new URL('processes-launch.mjs', import.meta.url));
const rounds = 60;
const runs = 5;
/** By then all processes are up. */
const lead = 4000;

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

const kinds = [
  ['2 processes with shared tokens', 2, 'ipc'],
  ['4 processes with shared tokens', 4, 'ipc'],
  ['2 processes on halves of the processors', 2, 'smp'],
  ['2 processes by themselves', 2, 'free'],
  ['4 processes by themselves', 4, 'free'],
] as const;
try {
  for (const [name, processes, how] of kinds) {
    const pairs = Array.from(
      { length: runs },
      () => [time(1, 'free'), time(processes, how)] as const,
    );
    const ratio = median(pairs.map(([one, several]) => several / one));
    const [one, several] = [0, 1].map((at) => median(pairs.map((pair) => pair[at] ?? NaN)));
    console.log(
      `${name}: ${several?.toFixed(0)} ms, one process: ${one?.toFixed(0)} ms, ratio ${ratio.toFixed(2)}`,
    );
  }
} finally {
  project.remove();
}
