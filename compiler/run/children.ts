/** Processes that were started together: signals reach them all, and together they have one exit code. */
import { constants } from 'node:os';
import type { ChildProcess } from 'node:child_process';

/** Has a function called for each signal that this process gets from now on, in place of what happened then before. */
export type TakeSignals = (take: (signal: NodeJS.Signals) => void) => void;

/**
 * Waits until all have ended. A signal is passed on; the second that asks them to end kills them.
 *
 * Each leads a group of its own where the system has these. So a signal reaches what it has started too, and once, as
 * a terminal sends Ctrl-C to this process's group alone.
 * @returns the code of the first that failed, or 0; as shells have it, 128 and its number where a signal ended it
 */
export async function superviseChildren(
  children: readonly ChildProcess[],
  takeSignals: TakeSignals,
): Promise<number> {
  let asked = 0;
  const send = (signal: NodeJS.Signals): void => {
    for (const child of children) sendTo(child, signal);
  };
  takeSignals((signal) => {
    if (signal === 'SIGTSTP') {
      send('SIGSTOP');
      process.kill(process.pid, 'SIGSTOP');
    } else if (isEnding(signal)) send(asked++ === 0 ? signal : 'SIGKILL');
    else send(signal);
  });
  let code = 0;
  try {
    await Promise.all(
      children.map(async (child) => {
        const own = await ending(child);
        if (code === 0) code = own;
        // When all are to end, so is what has outlived the one that started it.
        if (asked > 0) sendTo(child, 'SIGKILL');
      }),
    );
  } catch (error) {
    // One couldn't be started.
    send('SIGKILL');
    throw error;
  }
  return code;
}

const isEnding = (signal: NodeJS.Signals): boolean =>
  signal === 'SIGINT' || signal === 'SIGTERM' || signal === 'SIGHUP' || signal === 'SIGQUIT';

/** Processes have groups of their own where there are such. */
export const hasGroups = process.platform !== 'win32';

function sendTo(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(hasGroups ? -child.pid : child.pid, signal);
  } catch {
    // It has ended.
  }
}

const ending = (child: ChildProcess): Promise<number> =>
  new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) =>
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])),
    );
  });
