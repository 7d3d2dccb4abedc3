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
  /** Headers that come before it, such as `stdio.h`. */
  readonly before?: readonly string[];
}

/** Where Debian, Fedora, macOS and the BSDs have headers. */
const systemFolders = [
  ...['/usr/local/include', '/opt/homebrew/include', '/usr/include/x86_64-linux-gnu'],
  ...['/usr/include/aarch64-linux-gnu', '/usr/include'],
];

/** What many headers expect to be included before them, as their manuals say. */
const usual = ['stddef.h', 'stdint.h', 'stdio.h', 'sys/types.h'];

/**
 * Runs clang on a header.
 * @param more options, such as `-E`
 * @param source compiled instead of the header, which it includes
 * @throws ToolchainError with clang's words
 */
export async function askClang(
  options: HeaderOptions,
  more: readonly string[],
  source?: string,
): Promise<string> {
  const { failed, stdout, stderr } = await runClang(options, more, source);
  if (!failed) return stdout;
  const words = stderr.split('\n').slice(0, 8).join('\n');
  throw new ToolchainError(codes.headerFailed(undefined, { header: options.header, words }));
}

/**
 * The options with what a header needs besides, where clang can't read it by itself: a folder above it, from which it
 * names its own parts, and C's own headers before it.
 * @throws ToolchainError with what clang says of the header alone
 */
export async function readable(options: HeaderOptions): Promise<HeaderOptions> {
  const alone = ['-fsyntax-only'];
  let now = options;
  // Each missing file that is found may lead to the next.
  for (let tries = 0; tries < 8; tries++) {
    const { failed, stderr } = await runClang(now, alone);
    if (!failed) return now;
    const missing = /fatal error: '([^'\n]+)' file not found/.exec(stderr)?.[1];
    const folder = missing === undefined ? undefined : folderAbove(options.header, missing);
    if (folder !== undefined && !now.include.includes(folder))
      now = { ...now, include: [...now.include, folder] };
    else if (missing === undefined && !now.before) now = { ...now, before: usual };
    else break;
  }
  await askClang(options, alone);
  return options;
}

/** The nearest folder above a header that has a file. */
function folderAbove(header: string, file: string): string | undefined {
  let folder = dirname(header);
  for (;;) {
    if (existsSync(join(folder, file))) return folder;
    const above = dirname(folder);
    if (above === folder) return undefined;
    folder = above;
  }
}

interface Outcome {
  readonly failed: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs clang on a header, or on a source that includes it. */
export function runClang(
  { header, include, define, before = [] }: HeaderOptions,
  more: readonly string[],
  source?: string,
): Promise<Outcome> {
  const zig = findZig();
  const own = [dirname(header), ...include].flatMap((folder) => ['-I', folder]);
  // Clang's own come first, as they include the system's.
  const system = [join(dirname(zig.file), 'lib/include'), ...systemFolders.filter(existsSync)];
  const args = [
    ...['clang', '-x', 'c', ...more, ...own],
    ...system.flatMap((folder) => ['-isystem', folder]),
    ...define.map((one) => `-D${one}`),
    ...before.flatMap((one) => ['-include', one]),
    ...(source === undefined ? [header] : ['-']),
  ];
  return new Promise((resolve) => {
    const child = execFile(
      zig.file,
      args,
      { maxBuffer: mostOutput, env: { ...process.env, LC_ALL: 'C' } },
      (error, stdout, stderr) => resolve({ failed: error !== null, stdout, stderr }),
    );
    // It may have ended before it read anything, which its exit code tells.
    child.stdin?.on('error', () => {}).end(source);
  });
}
