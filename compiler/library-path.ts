/** Where the IR of the runtime's library lies. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Beside the compiled runtime, or in `dist` when the compiler runs from its sources. */
export function libraryPath(): string {
  const beside = fileURLToPath(new URL('../runtime/std.ir', import.meta.url));
  return existsSync(beside)
    ? beside
    : fileURLToPath(new URL('../dist/runtime/std.ir', import.meta.url));
}
