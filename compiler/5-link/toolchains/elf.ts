/** Linking for Linux and FreeBSD, which every linker does alike. */
import { run } from '../process.ts';
import type { RunOptions, Tool } from '../process.ts';
import { runtimeSources } from '../runtime-sources.ts';
import type { CompileJob } from '../types.ts';
import { toolFailure } from './failure.ts';

/**
 * Makes a shared object of object files; all are names in the folder `cwd`.
 *
 * Only what the code defines as external is visible. `-s` drops names and debug locations unless
 * they are wanted, and with `--build-id=none` the same objects give the same bytes. `-z now` makes Node refuse
 * the file, and take the JavaScript, where a symbol is missing; without it the first call would crash.
 */
export async function linkElf(
  linker: Tool,
  objects: readonly string[],
  output: string,
  job: CompileJob,
  options: RunOptions,
): Promise<void> {
  const { keepsSymbols = false, target, library } = job;
  // What Node has under the same name must not stand for what archives have.
  const flags = ['-shared', '--build-id=none', '-z', 'now', '-z', 'noexecstack'];
  flags.push('--exclude-libs', 'ALL', '-Bsymbolic', '--gc-sections');
  // The pool's threads run what is in it for as long as the process lives.
  if (runtimeSources(job).some(({ name }) => name !== 'library')) flags.push('-z', 'nodelete');
  if (library) flags.push('-soname', library.file);
  if (!keepsSymbols) flags.push('-s');
  if (target.platform === 'freebsd') flags.push('-m', 'elf_x86_64_fbsd');
  const ran = await run(linker, [...flags, ...objects, '-o', output], options);
  if (ran.code !== 0) throw toolFailure(linker, ran, options.cwd);
}
