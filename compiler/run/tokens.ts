/**
 * The file of tokens that processes share, so that all together have no more threads that compute than it has tokens
 * (`runtime/native/pool/tokens.h`, which has its layout).
 */
import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const version = 1;
const bytes = 8192;
const most = 256;

export interface Tokens {
  readonly path: string;
  remove(): void;
}

/** Whether processes of this system can share tokens. */
export const canShareTokens = process.platform === 'linux';

/** Makes a file with so many tokens. */
export function makeTokens(count: number): Tokens {
  const folder = sharedFolder();
  removeLeftovers(folder);
  const random = Math.random().toString(36).slice(2, 10);
  const path = join(folder, `${prefix}${process.pid}-${random}`);
  const data = new Int32Array(bytes / 4);
  data.set([version, Math.min(count, most)]);
  // For this user alone, and only where there is no such file yet.
  writeFileSync(path, data, { flag: 'wx', mode: 0o600 });
  return { path, remove: () => rmSync(path, { force: true }) };
}

const prefix = 'tsnative-tokens-';

/** A folder in memory, where there is one. */
function sharedFolder(): string {
  const memory = '/dev/shm';
  return statSync(memory, { throwIfNoEntry: false })?.isDirectory() ? memory : tmpdir();
}

/** Removes what killed processes have left. */
function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : NaN;
    if (!Number.isNaN(pid) && !isRunning(pid)) {
      try {
        rmSync(join(folder, name), { force: true });
      } catch {
        // It is another user's.
      }
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Another user's process can't be asked.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
