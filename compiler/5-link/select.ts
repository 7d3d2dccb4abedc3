/** Which toolchain compiles. */
import { codes } from '../diagnostics/codes.ts';
import { ToolchainError } from './types.ts';
import type { Toolchain, ToolchainName, ToolchainProbe } from './types.ts';

/** In the order in which `auto` tries them. Each is loaded when it is asked for. */
const probes: Readonly<Record<ToolchainName, () => Promise<ToolchainProbe>>> = {
  bundled: async () => (await import('./toolchains/bundled.ts')).probeBundled(),
  system: async () => (await import('./toolchains/system.ts')).probeSystem(),
  llvm14: async () => (await import('./toolchains/llvm14.ts')).probeLlvm14(),
};

/** Looks for every toolchain, in the order in which `auto` tries them. */
export function probeToolchains(): Promise<ToolchainProbe[]> {
  return Promise.all(Object.values(probes).map((probe) => probe()));
}

/**
 * The toolchain of a name, or for `auto` the first that works.
 * @throws ToolchainError that says what is missing and how to mend it
 */
export async function selectToolchain(choice: 'auto' | ToolchainName): Promise<Toolchain> {
  if (choice !== 'auto') {
    const {
      name,
      toolchain,
      problem = 'not found',
      mend = 'tsnative doctor',
    } = await probes[choice]();
    if (toolchain !== undefined) return toolchain;
    throw new ToolchainError(codes.toolchainMissing(undefined, { name, problem, mend }));
  }
  const failed: ToolchainProbe[] = [];
  for (const probe of Object.values(probes)) {
    const found = await probe();
    if (found.toolchain !== undefined) return found.toolchain;
    failed.push(found);
  }
  const lines = (text: (probe: ToolchainProbe) => string | undefined): string =>
    failed.map((probe) => `\n${probe.name}: ${text(probe) ?? 'not found'}`).join('');
  const problems = `:${lines(({ problem }) => problem)}`;
  const mend = `do one of these:${lines((probe) => probe.mend)}`;
  throw new ToolchainError(codes.noToolchain(undefined, { problems, mend }));
}
