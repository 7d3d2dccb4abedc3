/** Which of the CPU levels that `--cpu` names this machine has. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { arch, cpus, platform } from 'node:os';

export interface Cpu {
  /** As the maker calls it. */
  readonly model: string;
  /** `x86-64` to `x86-64-v4`, or `armv8-a`; undefined where the system doesn't tell. */
  readonly level: string | undefined;
}

/**
 * What each level adds to the one before, by the names of Linux's /proc/cpuinfo. From the
 * x86-64 psABI, "Micro-architecture levels"; cpuinfo says `pni` for SSE3. LZCNT (`abm`) isn't asked for: some
 * virtual machines hide it, and what has BMI1 has it.
 */
const x64Levels: readonly (readonly [string, readonly string[]])[] = [
  ['x86-64-v2', ['cx16', 'lahf_lm', 'popcnt', 'pni', 'sse4_1', 'sse4_2', 'ssse3']],
  ['x86-64-v3', ['avx', 'avx2', 'bmi1', 'bmi2', 'f16c', 'fma', 'movbe', 'xsave']],
  ['x86-64-v4', ['avx512f', 'avx512bw', 'avx512cd', 'avx512dq', 'avx512vl']],
];

/** What macOS's sysctl calls the features that Linux names otherwise. */
const macNames: Readonly<Record<string, string>> = {
  'sse4.1': 'sse4_1',
  'sse4.2': 'sse4_2',
  sse3: 'pni',
  lahf: 'lahf_lm',
  'avx1.0': 'avx',
};

/** This machine's CPU. */
export function detectCpu(): Cpu {
  const model = cpus()[0]?.model.trim() || 'unknown';
  if (arch() === 'arm64') return { model, level: 'armv8-a' };
  if (arch() !== 'x64') return { model, level: undefined };
  const features = featureList();
  return { model, level: features && x64Level(new Set(features)) };
}

/** The highest x86-64 level whose features, and those below it, are all there. */
export function x64Level(features: ReadonlySet<string>): string {
  let level = 'x86-64';
  for (const [name, needed] of x64Levels) {
    if (!needed.every((feature) => features.has(feature))) break;
    level = name;
  }
  return level;
}

function featureList(): string[] | undefined {
  try {
    if (platform() === 'linux') {
      const flags = /^flags\s*:\s*(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1];
      return flags?.split(' ');
    }
    if (platform() === 'darwin') {
      const names = ['features', 'leaf7_features', 'extfeatures'];
      const keys = names.map((name) => `machdep.cpu.${name}`);
      const text = execFileSync('sysctl', ['-n', ...keys], { encoding: 'utf8' });
      const features = text.toLowerCase().split(/\s+/);
      return features.map((name) => macNames[name] ?? name);
    }
  } catch {
    // A container without /proc, or a system without sysctl: the level is not known.
  }
  return undefined;
}
