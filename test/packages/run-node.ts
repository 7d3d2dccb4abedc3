/** Node in a process of its own. */
import { execFileSync } from 'node:child_process';

/** @returns what it printed. @throws Error when it fails */
export const runNode = (args: readonly string[]): string =>
  execFileSync(process.execPath, [...args], { encoding: 'utf8', maxBuffer: 2 ** 28 });
