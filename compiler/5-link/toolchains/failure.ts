/** From what a tool says when it fails to what a person is told. */
import { codes } from '../../diagnostics/codes.ts';
import type { Ran, Tool } from '../process.ts';
import { ToolchainError } from '../types.ts';
import type { Target, ToolchainName } from '../types.ts';

/** More lines of a tool's words than this help nobody. */
const mostLines = 8;

/** Lines that LLVM prints when it crashes, and counts at the end, which say nothing of the cause. */
const noise = [
  /^PLEASE submit a bug report/,
  /^Stack dump/,
  /^\d+\.\t/,
  /^ *#\d+ 0x/,
  /^\d+ (error|warning)s? generated\.$/,
];

/** The first lines that say what went wrong, without colours and without the names of folders. */
export function wordsOf({ file }: Tool, { stdout, stderr }: Ran, folder?: string): string {
  const text = (stderr.trim() === '' ? stdout : stderr).replace(/\x1b\[[0-9;]*m/g, '');
  const unnamed = text.replaceAll(`${file}: `, '');
  const plain = folder === undefined ? unnamed : unnamed.replaceAll(`${folder}/`, '');
  const lines = plain.split(/\r?\n/).filter((line) => line.trim() !== '');
  const telling = lines.filter((line) => !noise.some((pattern) => pattern.test(line)));
  const shown = telling.slice(0, mostLines);
  if (telling.length > mostLines) shown.push(`… and ${telling.length - mostLines} more lines`);
  return shown.join('\n') || 'it said nothing';
}

/** How linkers say that a symbol is defined twice: lld for ELF and Windows, zig for macOS, and GNU's. */
const twice =
  /(?:duplicate symbol(?: definition)?:?|multiple definition of) *[`'"]?(?<name>[\w$.]+)/;

/** The error for a tool that did not end well. */
export function toolFailure(tool: Tool, ran: Ran, folder?: string): ToolchainError {
  const words = wordsOf(tool, ran, folder);
  const symbol = twice.exec(words)?.groups?.['name'];
  if (symbol !== undefined)
    return new ToolchainError(codes.duplicateSymbol(undefined, { symbol, words }));
  const ending =
    ran.killedBy === null ? `ended with exit code ${ran.code}` : `was ended by ${ran.killedBy}`;
  return new ToolchainError(codes.toolFailed(undefined, { tool: tool.name, words, ending }));
}

/** The error for a CPU that LLVM has no name for; `known` is what it has. */
export function unknownCpu(
  name: ToolchainName,
  { arch, cpu }: Target,
  known: readonly string[],
): ToolchainError {
  return new ToolchainError(
    codes.unknownCpu(undefined, {
      toolchain: name,
      cpu,
      architecture: arch,
      known: known.length > 0 ? known.join(', ') : 'no list of them',
    }),
  );
}

/** The names in what `--print-supported-cpus` and `-mcpu=help` print: lines that begin with a blank. */
export function listedCpus(text: string): string[] {
  const [, list = ''] = text.split(/^Available CPUs for this target:$/m);
  const [cpus = ''] = list.split(/^\S/m);
  return [...cpus.matchAll(/^\s+([\w.+-]+)/gm)].map(([, cpu = '']) => cpu);
}
