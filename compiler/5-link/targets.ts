/** The machines that code can be made for, and the names of their CPUs. */
import { cpus } from 'node:os';
import { codes } from '../diagnostics/codes.ts';
import { ToolchainError } from './types.ts';
import type { CpuTier, Target } from './types.ts';

interface Architecture {
  /** What runs on every machine that Node supports and most people have. */
  readonly baseline: string;
  /** Short forms of the levels that LLVM names. */
  readonly levels: Readonly<Record<string, string>>;
  /** The tiers that one binary may hold together, the lowest first. */
  readonly tiers: readonly CpuTier[];
  /** What `--cpu` is by default. */
  readonly usual: string;
}

const architectures: Readonly<Record<string, Architecture>> = {
  x64: {
    baseline: 'x86-64-v2',
    levels: { v1: 'x86-64', v2: 'x86-64-v2', v3: 'x86-64-v3', v4: 'x86-64-v4' },
    tiers: [
      { name: 'v1', cpu: 'x86-64', level: 1 },
      { name: 'baseline', cpu: 'x86-64-v2', level: 2 },
      { name: 'v3', cpu: 'x86-64-v3', level: 3 },
      { name: 'v4', cpu: 'x86-64-v4', level: 4 },
    ],
    usual: 'baseline,v3',
  },
  arm64: {
    baseline: 'armv8-a',
    levels: { v8: 'armv8-a', v9: 'armv9-a' },
    tiers: [],
    usual: 'baseline',
  },
  wasm32: { baseline: 'generic', levels: {}, tiers: [], usual: 'baseline' },
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
  'freebsd-x64': 'x86_64-unknown-freebsd13.0',
  wasm32: 'wasm32-unknown-unknown',
};

/** The names of all targets, as `platformName` gives them. */
export const targetNames: readonly string[] = Object.keys(triples);

/** What the compiled file may be called, such as `linux-x64`; WebAssembly is a platform and an architecture. */
export const platformName = ({ platform, arch }: Pick<Target, 'platform' | 'arch'>): string =>
  platform === arch ? platform : `${platform}-${arch}`;

/**
 * The machine that this process runs on.
 * @param cpu levels with commas (`baseline`, `v3` or `x86-64-v3`, …), or one CPU: `native`, or as clang
 *   calls it; by default baseline, and v3 on x64
 * @throws ToolchainError for a platform without a triple, and for what can't be a CPU's name;
 *   whether LLVM knows the CPU, the toolchain tells when it compiles
 */
export function hostTarget(cpu?: string): Target {
  return targetFor(process.platform, process.arch, cpu);
}

/** As `hostTarget`, for a machine by its `process.platform` and `process.arch`. */
export function targetFor(platform: string, arch: string, cpu?: string): Target {
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
  return { platform, arch, triple, ...cpusOf(cpu ?? architecture.usual, architecture) };
}

/**
 * The targets of these names.
 * @param cpu as `targetFor` takes it. Levels of one architecture leave the others as they usually are, and
 *   `native` is for this machine's alone.
 * @throws as `targetFor` does; ToolchainError where a CPU by name can't be one of a target
 */
export function targetsFor(names: readonly string[], cpu?: string): Target[] {
  return names.map((name) => {
    const [platform = '', arch = platform] = name.split('-');
    if (cpu === 'native' && arch !== process.arch)
      throw new ToolchainError(
        codes.foreignNative(undefined, { target: name, arch: process.arch }),
      );
    return targetFor(platform, arch, cpu !== undefined && isOfAnother(arch, cpu) ? undefined : cpu);
  });
}

/** Whether a list has nothing but levels, and one that another architecture alone has. */
function isOfAnother(arch: string, list: string): boolean {
  const names = list.split(',').map((name) => name.trim());
  const levels = (of: Architecture): string[] => Object.entries(of.levels).flat();
  const own = architectures[arch];
  const others = Object.values(architectures).filter((candidate) => candidate !== own);
  const isForeign = (name: string): boolean => others.some((other) => levels(other).includes(name));
  return names.some(isForeign) && names.every((name) => name === 'baseline' || isForeign(name));
}

/** The tiers that a list names, each once, and the CPU for the code that chooses among them. */
function cpusOf(list: string, architecture: Architecture): Pick<Target, 'cpu' | 'tiers'> {
  const names = list.split(',').map((name) => name.trim());
  const cpus = names.map((name) => cpuName(name, architecture));
  const tiers = architecture.tiers.filter(({ cpu }) => cpus.includes(cpu));
  const strange = cpus.findIndex((cpu) => !tiers.some((tier) => tier.cpu === cpu));
  if (strange < 0) {
    // Only the choosing tells whether this CPU has a higher tier, so it must run on a lower one.
    const [lowest] = tiers;
    const isBelow = lowest?.level !== undefined && lowest.level < 2;
    return { cpu: isBelow ? lowest.cpu : architecture.baseline, tiers };
  }
  const [name = '', other] = names;
  const [cpu = ''] = cpus;
  if (other === undefined) return { cpu, tiers: [{ name, cpu, level: undefined }] };
  const known = architecture.tiers.map((tier) => tier.name).join(', ') || 'none';
  throw new ToolchainError(codes.badCpuList(undefined, { cpu: names[strange] ?? '', known }));
}

function cpuName(cpu: string, { baseline, levels }: Architecture): string {
  if (cpu === 'baseline') return baseline;
  // It becomes part of an argument, so it can't hold anything that a tool could take otherwise.
  const isName = /^[A-Za-z0-9][A-Za-z0-9._+-]*$/.test(cpu) && !/^v\d+$/.test(cpu);
  if (isName || levels[cpu] !== undefined) return levels[cpu] ?? cpu;
  const known = ['baseline', 'native', ...Object.keys(levels)].join(', ');
  throw new ToolchainError(codes.badCpuName(undefined, { cpu, known }));
}

/** What makes two targets' code differ, for a cache's key: `native` means another thing on each CPU. */
export function targetKey({ triple, cpu, tiers }: Target): string {
  if (cpu === 'native') return `${triple} native ${cpus()[0]?.model ?? 'unknown'}`;
  return `${triple} ${cpu} ${tiers.map(({ name }) => name).join(',')}`;
}

/** What all engines have had since 2021 (webassembly.org/features): vectors, instructions that copy, conversions that don't trap. */
const wasmFeatures = [
  ...['-msimd128', '-mbulk-memory', '-mnontrapping-fptoint', '-msign-ext', '-mmutable-globals'],
];

/** The options that make clang compile for a target's CPU. */
export function clangCpuOptions({ arch, cpu }: Target): string[] {
  if (arch === 'wasm32') return [`-mcpu=${cpu}`, ...wasmFeatures];
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
