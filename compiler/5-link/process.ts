/** Running the toolchains' programs. */
import { spawn } from 'node:child_process';
import { codes } from '../diagnostics/codes.ts';
import { removeAtExit } from './leftovers.ts';
import { ToolchainError } from './types.ts';

/** A program with the arguments that come first, such as zig with `clang`. */
export interface Tool {
  /** What people know it as. */
  readonly name: string;
  /** Absolute. */
  readonly file: string;
  readonly first?: readonly string[];
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface Ran {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly killedBy: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly signal?: AbortSignal | undefined;
  /** Called when the program runs. */
  readonly started?: (() => void) | undefined;
}

/** More than this of what a tool prints is dropped, in UTF-16 units. */
const mostOutput = 1 << 16;

/**
 * Runs a program to its end, without a shell and without input.
 * @returns what it printed and how it ended, also when it failed
 * @throws the signal's reason once the program is gone; ToolchainError when it can't be started
 */
export async function run(
  tool: Tool,
  args: readonly string[],
  { cwd, signal, started }: RunOptions = {},
): Promise<Ran> {
  signal?.throwIfAborted();
  const child = spawn(tool.file, [...(tool.first ?? []), ...args], {
    cwd,
    // Messages are searched for words, so they must not be translated.
    env: { ...process.env, LC_ALL: 'C', ...tool.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const kill = (): void => void child.kill('SIGKILL');
  const forget = removeAtExit(kill);
  signal?.addEventListener('abort', kill);
  if (started) child.once('spawn', started);
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8');
    child[name].on('data', (more: string) => {
      text[name] = (text[name] + more).slice(0, mostOutput);
    });
  }
  try {
    const [code, killedBy] = await new Promise<[number | null, NodeJS.Signals | null]>(
      (resolve, reject) => {
        child.on('error', reject);
        child.on('close', (...end) => resolve(end));
        // What the program itself has started may keep the pipes open; nobody waits for that.
        child.on('exit', (...end) => signal?.aborted && resolve(end));
      },
    );
    signal?.throwIfAborted();
    return { code, killedBy, ...text };
  } catch (error) {
    signal?.throwIfAborted();
    const problem = error instanceof Error ? error.message : String(error);
    throw new ToolchainError(codes.toolNotStarted(undefined, { tool: tool.name, problem }));
  } finally {
    signal?.removeEventListener('abort', kill);
    forget();
    child.stdout.destroy();
    child.stderr.destroy();
  }
}
