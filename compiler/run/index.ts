/** Runs a program in several processes that don't compete for processors: `tsnative run`. */
import { spawn } from 'node:child_process';
import { hasGroups, superviseChildren, type TakeSignals } from './children.ts';
import { environmentOf, type Environment } from './environment.ts';
import { divide } from './shares.ts';
import { findSystem } from './system.ts';
import { canShareTokens, makeTokens } from './tokens.ts';

export interface RunOptions {
  /** `smp`: each process has processors of its own. `ipc`: all share tokens for their threads. */
  readonly kind: 'smp' | 'ipc';
  /** How many processes; undefined for as many as there are threads with `smp`, and one with `ipc`. */
  readonly processes: number | undefined;
  /** How many threads there are for each processor. */
  readonly factor: number;
  /** Absolute. */
  readonly script: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Environment;
}

export interface RunContext {
  /** Says what can't be had. */
  readonly warn: (text: string) => void;
  readonly takeSignals: TakeSignals;
  /** Aborted by a signal that came before. */
  readonly signal: AbortSignal;
}

export type RunProcesses = (options: RunOptions, context: RunContext) => Promise<number>;

/** @returns the exit code of the first process that failed, or 0 */
export const runProcesses: RunProcesses = async (options, { warn, takeSignals, signal }) => {
  const { kind, factor, env } = options;
  const system = await findSystem();
  signal.throwIfAborted();
  const processes = options.processes ?? (kind === 'smp' ? system.threads : 1);
  const shares = kind === 'smp' ? divide(system, processes, factor) : undefined;
  const { processors } = system;
  if (kind === 'smp' && !(processors && system.onProcessors))
    warn('processes can not be kept on processors of their own here, so only threads are limited');
  else if (kind === 'smp' && processors && processors.length < processes)
    warn(`${processes} processes share ${processors.length} processors, as there are no more`);
  if (kind === 'ipc' && !canShareTokens)
    warn('processes can not share tokens on this system, so each has all threads for itself');

  // What one of them starts shares its threads too.
  const tokens = canShareTokens
    ? (shares ?? [undefined]).map((share) =>
        makeTokens(share?.threads ?? Math.max(1, Math.floor(system.threads * factor))),
      )
    : [];
  const removeTokens = (): void => tokens.forEach((file) => file.remove());
  process.on('exit', removeTokens);
  const start = (index: number) => {
    const share = shares?.[index];
    const own = environmentOf(env, { index, processes }, share, tokens[share ? index : 0]?.path);
    const launch = () =>
      spawn(process.execPath, [...process.execArgv, options.script, ...options.args], {
        cwd: options.cwd,
        env: own,
        // One of them alone can read what is typed.
        stdio: [index === 0 ? 'inherit' : 'ignore', 'inherit', 'inherit'],
        detached: hasGroups,
      });
    return share?.processors && system.onProcessors
      ? system.onProcessors(share.processors, launch)
      : launch();
  };
  try {
    return await superviseChildren(
      Array.from({ length: processes }, (_, index) => start(index)),
      takeSignals,
    );
  } finally {
    removeTokens();
    process.off('exit', removeTokens);
  }
};
