/** Linking with zig for Windows, from any system. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunOptions } from '../process.ts';
import { clangCpuOptions } from '../targets.ts';
import { runtimeSources } from '../runtime-sources.ts';
import type { CompileJob } from '../types.ts';
import { crtFunctions } from './pe-crt.ts';
import { entryPoint, peRuntime } from './pe-runtime.ts';
import { succeed, type ZigTool } from './zig.ts';

/** What is taken from the two libraries that every Windows process has. */
const systemLibraries: Readonly<Record<string, readonly string[]>> = {
  'kernel32.dll': [
    'AcquireSRWLockExclusive',
    'CloseHandle',
    'CreateThread',
    'GetCurrentProcess',
    'GetCurrentProcessId',
    'GetCurrentThreadStackLimits',
    'GetEnvironmentVariableA',
    'GetModuleHandleA',
    'GetModuleHandleExA',
    'GetProcAddress',
    'GetProcessAffinityMask',
    'GetProcessHeap',
    'GetStdHandle',
    'HeapAlloc',
    'HeapFree',
    'HeapReAlloc',
    'LoadLibraryA',
    'TlsAlloc',
    'TlsGetValue',
    'TlsSetValue',
    'QueryPerformanceCounter',
    'QueryPerformanceFrequency',
    'ReleaseSRWLockExclusive',
    'SetEnvironmentVariableA',
    'Sleep',
    'SleepConditionVariableSRW',
    'WakeAllConditionVariable',
    'WakeConditionVariable',
    'WriteFile',
  ],
  'ntdll.dll': ['memcmp', 'memcpy', 'memmove', 'memset'],
};

/**
 * Makes a DLL without C's runtime library: what code needs of that is `peRuntime`, which also finds Node's
 * functions in whatever program loads the file.
 */
export async function linkPe(
  zig: ZigTool,
  objects: readonly string[],
  output: string,
  job: CompileJob,
  options: RunOptions & { readonly cwd: string },
): Promise<void> {
  const { target, llvm, library, linked } = job;
  const declared = [...llvm.matchAll(/^declare .*@((?:napi|node_api)_\w+)\(/gm)];
  const names = declared.map(([, name = '']) => name);
  const imports = runtimeSources(job).flatMap((source) => source.imports);
  // A library has Node's functions itself, or calls none.
  const ofNode = library ? [] : [...new Set([...names, ...imports])];
  const runtime = peRuntime(target, ofNode);
  await writeFile(join(options.cwd, 'runtime.ll'), runtime);
  const machine = target.arch === 'arm64' ? 'arm64' : 'i386:x86-64';
  const hasC = (linked?.sources.length ?? 0) + (linked?.archives.length ?? 0) > 0;
  const needed = { ...systemLibraries, ...(hasC && { 'ucrtbase.dll': crtFunctions }) };
  const libraries = Object.entries(needed).map(async ([library, names]) => {
    const definition = library.replace('.dll', '.def');
    const archive = library.replace('.dll', '.lib');
    const text = [`LIBRARY ${library}`, 'EXPORTS', ...names, ''].join('\n');
    await writeFile(join(options.cwd, definition), text);
    await succeed(zig('dlltool'), ['-m', machine, '-d', definition, '-l', archive], options);
    return archive;
  });
  const compile = [
    ...['-O2', '-c', '-x', 'ir', 'runtime.ll', '-o', 'runtime.o', '-target', target.triple],
    ...[...clangCpuOptions(target), '-ffunction-sections', '-Wno-override-module'],
  ];
  const [archives] = await Promise.all([
    Promise.all(libraries),
    succeed(zig('clang'), compile, options),
  ]);
  const flags = [
    '/dll',
    `/entry:${entryPoint}`,
    '/nodefaultlib',
    '/opt:ref', // Functions of the runtime that nothing calls go.
    '/Brepro', // No time stamps, so that the same objects give the same bytes.
    ...(library ? [] : ['/export:napi_register_module_v1']),
    ...(library?.imports ? [`/implib:${library.imports.file}`] : []),
  ];
  await succeed(
    zig('lld-link'),
    [...flags, `/out:${output}`, ...objects, 'runtime.o', ...archives],
    options,
  );
}
