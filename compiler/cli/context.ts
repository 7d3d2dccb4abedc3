/** What a command has to do with the outside, so that tests can put their own in its place. */
import type { ThreadsFound } from './threads.ts';
import type { ToolchainProbe } from '../5-link/types.ts';
import type { Build, Explain } from '../build-types.ts';
import type { TakeSignals } from '../run/children.ts';
import type { RunProcesses } from '../run/index.ts';

/** Where text goes: one of the process's two streams. */
export interface Output {
  write(text: string): void;
  /** A person is looking, so a line may be rewritten. */
  readonly isTerminal: boolean;
  readonly columns: number;
  readonly colour: boolean;
}

export interface CliContext {
  /** Absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** tsnative's own. */
  readonly version: string;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Asks a yes-or-no question; undefined where nobody is there to answer. */
  readonly confirm: ((question: string) => Promise<boolean>) | undefined;
  /** The compiler is loaded when a command needs it: that takes longer than most commands. */
  readonly loadBuild: () => Promise<Build>;
  readonly loadExplain: () => Promise<Explain>;
  readonly probeToolchains: () => Promise<readonly ToolchainProbe[]>;
  /** Undefined where no parallel loop can be built or run. */
  readonly findThreads: () => Promise<ThreadsFound | undefined>;
  readonly loadRun: () => Promise<RunProcesses>;
  readonly takeSignals: TakeSignals;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** What the process's exit code says. */
export const Exit = { ok: 0, problems: 1, usage: 2, crash: 70, interrupted: 130 } as const;
