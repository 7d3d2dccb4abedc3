/** The CPU that tests run on. */
import { detectCpu } from '../../compiler/cli/cpu.ts';

/** Its level of x86-64: 1 to 4; 0 for other CPUs, and where the system doesn't tell. */
export function cpuLevel(): number {
  const { level = '' } = detectCpu();
  if (!level.startsWith('x86-64')) return 0;
  return Number(/-v(\d)$/.exec(level)?.[1] ?? 1);
}
