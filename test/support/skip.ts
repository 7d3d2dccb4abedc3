/** Tests that can't run on every machine: they say why they don't. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Callback, Test } from 'uvu';

/** Registers a test, or counts it as skipped and prints why when there is a `problem`. */
export function testUnless<T>(
  problem: string | undefined,
  test: Test<T>,
  name: string,
  body: Callback<T>,
): void {
  if (problem === undefined) test(name, body);
  else {
    console.log(`» skipped: ${name}: ${problem}`);
    test.skip(name, body);
  }
}

/** Why a test that needs a command can't run, or undefined where it is on the PATH. */
export const commandMissing = (command: string): string | undefined =>
  commandPath(command) === undefined ? `${command} is not installed` : undefined;

/** Where a command is on the PATH. */
export function commandPath(command: string): string | undefined {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, command + suffix)).find((path) => existsSync(path));
}
