/**
 * What a program that is built for musl, as Alpine's are, needs on Debian. Debian's `musl` has the C library, but
 * nothing has the C++ library for it, so Debian's own objects of that are linked anew.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commandMissing } from '../support/skip.ts';

const objectsOfGcc = '/usr/lib/gcc/x86_64-linux-gnu';
const shim = fileURLToPath(new URL('./musl-libstdcxx.c', import.meta.url));

/** Where gcc has the C++ library's objects for shared libraries. */
const gccFolder = (): string | undefined =>
  (existsSync(objectsOfGcc) ? readdirSync(objectsOfGcc) : [])
    .map((version) => join(objectsOfGcc, version))
    .find((path) => existsSync(join(path, 'libstdc++_pic.a')));

/** Why this machine can't run programs for musl. */
export const noMusl = (): string | undefined =>
  commandMissing('musl-gcc') ??
  (existsSync('/lib/ld-musl-x86_64.so.1') ? undefined : 'musl is not installed') ??
  (gccFolder() === undefined ? 'libstdc++-12-pic is not installed' : undefined);

/**
 * A folder with the C++ library for musl, made if it isn't there.
 * @param folder where to keep it
 */
export function librariesForMusl(folder: string): string {
  const made = join(folder, 'musl');
  const library = join(made, 'libstdc++.so.6');
  if (existsSync(library)) return made;
  const gcc = gccFolder();
  if (gcc === undefined) throw new Error('libstdc++-12-pic is not installed');
  mkdirSync(made, { recursive: true });
  const whole = ['-Wl,--whole-archive', join(gcc, 'libstdc++_pic.a'), '-Wl,--no-whole-archive'];
  const parts = [shim, ...whole, join(gcc, 'libgcc_eh.a'), join(gcc, 'libgcc.a')];
  execFileSync('musl-gcc', ['-shared', '-fPIC', '-O2', '-o', `${library}.new`, ...parts]);
  renameSync(`${library}.new`, library);
  return made;
}
