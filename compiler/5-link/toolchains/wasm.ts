/** Linking for WebAssembly, with LLVM's own linker. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunOptions, Tool } from '../process.ts';
import type { CompileJob } from '../types.ts';
import { succeed } from './zig.ts';

/** The stack that native code takes addresses of; what else a call needs is on the engine's own. */
export const wasmStackBytes = 2 ** 20;

/**
 * Makes a module of object files; all are names in the folder `cwd`. What it calls of Node-API it imports from `env`.
 * The stack comes first in memory, so that what runs over its end traps and doesn't write into anything.
 */
export async function linkWasm(
  linker: Tool,
  objects: readonly string[],
  output: string,
  { keepsSymbols = false, llvm }: CompileJob,
  options: RunOptions & { readonly cwd: string },
): Promise<void> {
  // What JavaScript has for it (`runtime/wasm/`). Whatever else is missing is an error.
  const imports = [...llvm.matchAll(/^declare .*@((?:napi|tsn)_\w+)\(/gm)].map(([, name]) => name);
  await writeFile(join(options.cwd, 'imports'), `${[...imports, 'tsn_grown'].join('\n')}\n`);
  const flags = [
    ...['--no-entry', '--export=napi_register_module_v1', '--export-table'],
    ...['--stack-first', '-z', `stack-size=${wasmStackBytes}`],
    ...['--allow-undefined-file=imports', '--fatal-warnings'],
    ...(keepsSymbols ? [] : ['--strip-all']),
  ];
  await succeed(linker, [...flags, ...objects, '-o', output], options);
}
