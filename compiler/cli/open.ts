/** Showing a file with the program that the system has for it. */
import { spawn } from 'node:child_process';

/** Starts it and doesn't wait; a system without one shows nothing. */
export function openInBrowser(path: string): void {
  const [program, ...args]: readonly [string, ...string[]] =
    process.platform === 'darwin'
      ? ['open', path]
      : process.platform === 'win32'
        ? ['explorer.exe', path]
        : ['xdg-open', path];
  const child = spawn(program, args, { detached: true, stdio: 'ignore' });
  child.on('error', () => {});
  child.unref();
}
