/** Linking with zig for macOS, from any system. */
import type { RunOptions } from '../process.ts';
import type { CompileJob } from '../types.ts';
import { succeed, type ZigTool } from './zig.ts';

/**
 * Makes a dynamic library. macOS finds Node's functions when it loads the file, if told so. It is zig's own
 * linker, which signs files for arm64 ad hoc, as macOS wants them; other machines need no signature.
 */
export async function linkMachO(
  zig: ZigTool,
  objects: readonly string[],
  output: string,
  { target, keepsSymbols = false, library }: CompileJob,
  options: RunOptions,
): Promise<void> {
  const architecture = target.arch === 'arm64' ? 'aarch64' : 'x86_64';
  const flags = [
    ...['-dynamic', '-target', `${architecture}-macos.11.0`],
    '-fallow-shlib-undefined',
    // It would be compiled first, and all of it exported; what LLVM makes of our code needs none of it.
    '-fno-compiler-rt',
    keepsSymbols ? '-fno-strip' : '-fstrip',
    ...(library ? ['-install_name', `@rpath/${library.file}`] : []),
    // What zig keeps goes with the scratch folder.
    ...['--cache-dir', 'cache', '--global-cache-dir', 'cache'],
  ];
  await succeed(zig('build-lib'), [...objects, ...flags, `-femit-bin=${output}`], options);
}
