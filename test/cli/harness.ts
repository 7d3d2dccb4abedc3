/** The command line with stand-ins for the streams and, where a test wants it, for the compiler. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ToolchainProbe } from '../../compiler/5-link/types.ts';
import type { Build, BuildResult, Explain } from '../../compiler/build-types.ts';
import type { CliContext, Output } from '../../compiler/cli/context.ts';
import type { RunProcesses } from '../../compiler/run/index.ts';
import { run } from '../../compiler/cli/run.ts';
import type { Place } from '../../compiler/diagnostics/types.ts';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Stand {
  readonly cwd?: string;
  readonly build?: Build;
  readonly explain?: Explain;
  readonly run?: RunProcesses;
  readonly probes?: readonly ToolchainProbe[];
  readonly confirm?: CliContext['confirm'];
  readonly colour?: boolean;
  readonly terminal?: boolean;
  readonly env?: CliContext['env'];
  readonly signal?: AbortSignal;
}

/** Runs a command line in this process. */
export async function cli(argv: readonly string[], stand: Stand = {}): Promise<Ran> {
  const text = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr'): Output => ({
    write: (more) => void (text[name] += more),
    isTerminal: stand.terminal ?? false,
    columns: 80,
    colour: stand.colour ?? false,
  });
  const code = await run(argv, {
    cwd: stand.cwd ?? tmpdir(),
    env: stand.env ?? {},
    version: '1.2.3',
    stdout: output('stdout'),
    stderr: output('stderr'),
    confirm: stand.confirm,
    loadBuild: async () => stand.build ?? (async () => emptyResult),
    loadExplain: async () =>
      stand.explain ?? (async () => ({ diagnostics: [], report: undefined })),
    probeToolchains: async () => stand.probes ?? [],
    findThreads: async () => ({ threads: 2, from: 'affinity', counted: 2 }),
    loadRun: async () => stand.run ?? (async () => 0),
    takeSignals: () => {},
    signal: stand.signal ?? new AbortController().signal,
  });
  return { code, ...text };
}

/** A new folder, by its real path; gone when the tests end. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tsnative-cli-')));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

// Each test of a file may make one, and each removes its own.
process.setMaxListeners(0);

export const emptyResult: BuildResult = {
  diagnostics: [],
  upToDate: false,
  functions: [],
  callbacks: [],
  parallel: [],
  plain: [],
  outputs: [],
  addons: [],
  toolchain: undefined,
  milliseconds: 40,
};

/** A place of one character in a project's `src/a.ts`. */
export function placeIn(cwd: string): Place {
  const file = join(cwd, 'src/a.ts');
  return { file, line: 1, column: 7, endLine: 1, endColumn: 8 };
}
