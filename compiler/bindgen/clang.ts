/** What the bundled clang tells of a header. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { codes } from '../diagnostics/codes.ts';
import { ToolchainError } from '../5-link/types.ts';
import { findZig } from '../5-link/toolchains/bundled.ts';

/** Headers of a system may tell a lot. */
const mostOutput = 1 << 29;

export interface HeaderOptions {
  /** Absolute. */
  readonly header: string;
  /** Absolute folders. */
  readonly include: readonly string[];
  /** Such as `NAME=1`. */
  readonly define: readonly string[];
}

/** Where Debian, Fedora, macOS and the BSDs have headers. */
const systemFolders = [
  ...['/usr/local/include', '/opt/homebrew/include', '/usr/include/x86_64-linux-gnu'],
  ...['/usr/include/aarch64-linux-gnu', '/usr/include'],
];

/**
 * Runs clang on a header.
 * @param more options, such as `-E`
 * @param source compiled instead of the header, which it includes
 * @throws ToolchainError with clang's words
 */
export function askClang(
  { header, include, define }: HeaderOptions,
  more: readonly string[],
  source?: string,
): Promise<string> {
  const zig = findZig();
  const own = [dirname(header), ...include].flatMap((folder) => ['-I', folder]);
  // Clang's own come first, as they include the system's.
  const system = [join(dirname(zig.file), 'lib/include'), ...systemFolders.filter(existsSync)];
  const args = [
    ...['clang', '-x', 'c', ...more, ...own],
    ...system.flatMap((folder) => ['-isystem', folder]),
    ...define.map((one) => `-D${one}`),
    ...(source === undefined ? [header] : ['-']),
  ];
  return new Promise((resolve, reject) => {
    const child = execFile(
      zig.file,
      args,
      { maxBuffer: mostOutput, env: { ...process.env, LC_ALL: 'C' } },
      (error, stdout, stderr) => {
        if (!error) return resolve(stdout);
        const words = stderr.split('\n').slice(0, 8).join('\n');
        reject(new ToolchainError(codes.headerFailed(undefined, { header, words })));
      },
    );
    child.stdin?.end(source ?? '');
  });
}
