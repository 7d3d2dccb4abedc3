/** The machines that code can be made for, and the names of their CPUs. */
import { cpus } from 'node:os';
import { codes } from '../diagnostics/codes.ts';
import { ToolchainError } from './types.ts';
import type { Target } from './types.ts';

interface Architecture {
  /** What runs on every machine that Node supports and most people have. */
  readonly baseline: string;
  /** Short forms of the levels that LLVM names. */
  readonly levels: Readonly<Record<string, string>>;
}

const architectures: Readonly<Record<string, Architecture>> = {
  x64: {
    baseline: 'x86-64-v2',
    levels: { v1: 'x86-64', v2: 'x86-64-v2', v3: 'x86-64-v3', v4: 'x86-64-v4' },
  },
  arm64: {
    baseline: 'armv8-a',
    levels: { v8: 'armv8-a', v9: 'armv9-a' },
  },
};

/**
 * LLVM's triples by `process.platform` and `process.arch`. One for Linux serves musl as well: the
 * file needs no library, as Node itself has what it calls. macOS 11 is the first for arm64.
 */
const triples: Readonly<Record<string, string>> = {
  'linux-x64': 'x86_64-unknown-linux-gnu',
  'linux-arm64': 'aarch64-unknown-linux-gnu',
  'darwin-x64': 'x86_64-apple-macosx11.0.0',
  'darwin-arm64': 'arm64-apple-macosx11.0.0',
  'win32-x64': 'x86_64-pc-windows-msvc',
  'win32-arm64': 'aarch64-pc-windows-msvc',
};

/** What the compiled file may be called, such as `linux-x64`. */
export const platformName = ({ platform, arch }: Pick<Target, 'platform' | 'arch'>): string =>
  `${platform}-${arch}`;

/**
 * The machine that this process runs on.
 * @param cpu `baseline`, `native`, a level such as `x86-64-v3` or `v3`, or a CPU as clang calls it
 * @throws ToolchainError for a platform without a triple, and for what can't be a CPU's name;
 *   whether LLVM knows the CPU, the toolchain tells when it compiles
 */
export function hostTarget(cpu = 'baseline'): Target {
  return targetFor(process.platform, process.arch, cpu);
}

/** As `hostTarget`, for a machine by its `process.platform` and `process.arch`. */
export function targetFor(platform: string, arch: string, cpu = 'baseline'): Target {
  const triple = triples[platformName({ platform, arch })];
  const architecture = architectures[arch];
  if (triple === undefined || architecture === undefined) {
    throw new ToolchainError(
      codes.unsupportedPlatform(undefined, {
        platform: platformName({ platform, arch }),
        known: Object.keys(triples).join(', '),
      }),
    );
  }
  return { platform, arch, triple, cpu: cpuName(cpu, architecture) };
}

function cpuName(cpu: string, { baseline, levels }: Architecture): string {
  if (cpu === 'baseline') return baseline;
  // It becomes part of an argument, so it can't hold anything that a tool could take otherwise.
  if (/^[A-Za-z0-9][A-Za-z0-9._+-]*$/.test(cpu)) return levels[cpu] ?? cpu;
  const known = ['baseline', 'native', ...new Set(Object.values(levels))].join(', ');
  throw new ToolchainError(codes.badCpuName(undefined, { cpu, known }));
}

/** What makes two targets' code differ, for a cache's key: `native` means another thing on each CPU. */
export function targetKey({ triple, cpu }: Target): string {
  return cpu === 'native'
    ? `${triple} native ${cpus()[0]?.model ?? 'unknown'}`
    : `${triple} ${cpu}`;
}

/** The options that make clang compile for a target's CPU. */
export function clangCpuOptions({ arch, cpu }: Target): string[] {
  // For ARM, clang takes architectures as -march and CPUs as -mcpu; for x86, -march takes both.
  const option = arch === 'x64' || cpu.startsWith('armv') ? '-march' : '-mcpu';
  return [`${option}=${cpu}`];
}

/**
 * The CPU whose timings LLVM assumes, where they aren't those of the one compiled for: LLVM takes a level
 * of x86-64 for an old Intel processor, whose fast double shifts are slow on AMD's.
 */
export const tuning = ({ cpu }: Target): { readonly tune?: string } =>
  /^x86-64(-v[1-4])?$/.test(cpu) ? { tune: 'generic' } : {};
