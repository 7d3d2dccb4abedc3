/** Linking with zig for macOS and Windows, from any system. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../process.ts';
import type { RunOptions, Tool } from '../process.ts';
import type { CompileJob } from '../types.ts';
import { toolFailure } from './failure.ts';

/** A program inside zig by its name, such as `lld-link`. */
export type ZigTool = (command: string) => Tool;

/** macOS finds Node's functions when it loads the file, if told so. zig keeps what it makes of Apple's headers. */
export async function linkMachO(
  zig: ZigTool,
  object: string,
  output: string,
  { target, keepsSymbols }: CompileJob,
  options: RunOptions,
): Promise<void> {
  const architecture = target.arch === 'arm64' ? 'aarch64' : 'x86_64';
  const tool = zig('cc');
  const flags = ['-shared', '-Wl,-undefined,dynamic_lookup', ...(keepsSymbols ? [] : ['-s'])];
  await succeed(
    tool,
    [...['-target', `${architecture}-macos.11.0`], ...flags, object, '-o', output],
    options,
  );
}

/**
 * Windows wants to know at link time that Node's functions are in `node.exe`: an import library says
 * so, for the functions that the assembly declares.
 */
export async function linkPe(
  zig: ZigTool,
  object: string,
  output: string,
  { target, llvm }: CompileJob,
  options: RunOptions & { readonly cwd: string },
): Promise<void> {
  const imports = [...llvm.matchAll(/^declare .*@((?:napi|node_api|uv)_\w+)\(/gm)];
  const names = imports.map(([, name = '']) => name);
  await writeFile(
    join(options.cwd, 'node.def'),
    ['LIBRARY node.exe', 'EXPORTS', ...names, ''].join('\n'),
  );
  const machine = target.arch === 'arm64' ? 'arm64' : 'i386:x86-64';
  await succeed(zig('dlltool'), ['-m', machine, '-d', 'node.def', '-l', 'node.lib'], options);
  const flags = [
    '/dll',
    '/noentry',
    '/nodefaultlib',
    '/Brepro', // No time stamps, so that the same object gives the same bytes.
    '/export:napi_register_module_v1',
    // Code with doubles refers to this name so that C's library is linked; there is none here.
    ...(target.arch === 'x64' ? ['/alternatename:_fltused=napi_register_module_v1'] : []),
  ];
  await succeed(zig('lld-link'), [...flags, `/out:${output}`, object, 'node.lib'], options);
}

async function succeed(tool: Tool, args: readonly string[], options: RunOptions): Promise<void> {
  const ran = await run(tool, args, options);
  if (ran.code !== 0) throw toolFailure(tool, ran, options.cwd);
}
