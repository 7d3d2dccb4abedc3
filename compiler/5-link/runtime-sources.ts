/**
 * The parts of the runtime that are written in C, which are linked with the addons that use them. They have no
 * headers but their own, so that the bundled clang compiles them for every target. Each is compiled as one text, with
 * those it includes, as that takes the least time.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CompileJob, Target } from './types.ts';

export interface RuntimeSource {
  /** The stem of its file. */
  readonly name: string;
  readonly text: string;
  /** The functions of Node that it calls. */
  readonly imports: readonly string[];
}

/** What `externs.c` has that generated code calls. */
const externSymbols = [
  ...['tsn_link', 'tsn_library_open', 'tsn_errno', 'tsn_text_to_c', 'tsn_text_units'],
  ...['tsn_callback_enter', 'tsn_place_enter', 'tsn_handle_freed', 'tsn_handle_made'],
];

/** What `library.c` has for functions that C calls. */
const librarySymbols = ['fail', 'message', 'refuse', 'text', 'units'].map(
  (name) => `tsn_library_${name}`,
);

/** Each source by the functions that modules declare when they need it. */
const sources: readonly { readonly name: string; readonly symbols: readonly string[] }[] = [
  { name: 'pool', symbols: ['tsn_parallel_run', 'tsn_async_begin', 'tsn_pool_limit'] },
  { name: 'async', symbols: ['tsn_async_begin'] },
  { name: 'process', symbols: ['tsn_process_register'] },
  { name: 'externs', symbols: [...externSymbols] },
  { name: 'library', symbols: librarySymbols },
];

/** They are there as long as the compiler is. */
const texts = new Map<string, string>();

function sourceText(name: string): string {
  const known = texts.get(name) ?? withIncludes(`${name}.c`, new Set());
  texts.set(name, known);
  return known;
}

/** The functions of Node that the sources call which a module needs that declares some functions. */
export const nodeImportsOf = (declared: readonly string[]): string[] =>
  sources
    .filter(({ symbols }) => symbols.some((symbol) => declared.includes(symbol)))
    .flatMap(({ name }) => importsIn(sourceText(name)));

const importsIn = (text: string): string[] =>
  [...text.matchAll(/^\w[\w *]*\b(napi_\w+)\(.*;$/gm)].map(([, symbol = '']) => symbol);

/** What a module needs to be linked with. */
export function runtimeSources({
  llvm,
  library,
}: Pick<CompileJob, 'llvm' | 'library'>): RuntimeSource[] {
  const called = sources.filter(({ symbols }) =>
    symbols.some((symbol) => new RegExp(`^declare .*@${symbol}\\(`, 'm').test(llvm)),
  );
  const mayLackNode = llvm.includes('\ndeclare extern_weak ');
  // WebAssembly has no system, and so no threads either.
  const needed = /^target triple = "wasm32-/m.test(llvm)
    ? [{ name: 'wasm' }, ...called.filter(({ name }) => name === 'externs')]
    : [
        ...called.filter(({ name }) => !library || name !== 'library'),
        ...(library ? [{ name: 'library' }] : []),
      ];
  return needed.map(({ name }) => {
    const included = sourceText(name);
    const imports = importsIn(included);
    const weak = mayLackNode ? imports.map((symbol) => `#pragma weak ${symbol}\n`) : [];
    const text = `${weak.join('')}${library ? defines(library) : ''}${included}`;
    return { name, text, imports };
  });
}

const defines = ({ isStatic }: NonNullable<CompileJob['library']>): string =>
  `#define TSN_WITHOUT_NODE 1\n${isStatic ? '#define TSN_STATIC 1\n' : ''}`;

/** A file of `runtime/native/` with the text of those that it includes, each once. */
function withIncludes(name: string, included: Set<string>): string {
  const url = new URL(`../../runtime/native/${name}`, import.meta.url);
  return readFileSync(fileURLToPath(url), 'utf8').replace(
    /^#include "(.*)"$/gm,
    (_, file: string) => (included.has(file) ? '' : withIncludes(file, included.add(file))),
  );
}

/** The functions of C's library that sources have for WebAssembly, under names of their own: `runtime/native/wasm/c.h`. */
const wasmNames: Readonly<Record<string, string>> = {
  ...{ malloc: 'malloc', calloc: 'calloc', realloc: 'realloc', free: 'release' },
  ...{ memcpy: 'memcpy', memmove: 'memmove', memset: 'memset', memcmp: 'memcmp', qsort: 'qsort' },
  ...{ strlen: 'strlen', strcmp: 'strcmp', strncmp: 'strncmp', strcpy: 'strcpy' },
  ...{ strncpy: 'strncpy', strcat: 'strcat', strchr: 'strchr', strstr: 'strstr' },
};

/** The options by which sources call those. */
export const wasmRenames = ({ platform }: Target): string[] =>
  platform === 'wasm32'
    ? Object.entries(wasmNames).map(([name, own]) => `-D${name}=tsn_c_${own}`)
    : [];

/** How a C compiler is to compile a source. */
export const sourceOptions = (
  { target }: Pick<CompileJob, 'target'>,
  { name }: Pick<RuntimeSource, 'name'>,
): string[] => [
  // Errors and texts of C's are told seldom, and not all of it is needed.
  ...(name === 'library' ? ['-Oz', '-ffunction-sections'] : ['-O2']),
  // macOS would have more of its library for guarded stacks, which the others go without.
  ...['-ffreestanding', '-fvisibility=hidden', '-fno-stack-protector'],
  ...(target.platform === 'win32' || target.platform === 'wasm32' ? [] : ['-fPIC']),
  // Atomic operations are to be instructions, not calls of a library that nobody links.
  ...(target.arch === 'arm64' ? ['-mno-outline-atomics'] : []),
];
