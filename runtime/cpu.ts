/** Which of a binary's versions runs on this CPU. */

/** The levels of x86-64 by the names that `--cpu` and `TSNATIVE_CPU` have for them. */
const cpuLevels: Readonly<Record<string, number>> = { baseline: 2, v1: 1, v2: 2, v3: 3, v4: 4 };

const levelName = (level: number): string => (level === 2 ? 'baseline' : `v${level}`);

/**
 * The version with the highest level that the CPU has, or why there is none.
 * @param cpus those that the binary has code for, the lowest level first
 * @param level the CPU's, where they are levels of x86-64; 1 to 4
 * @param wanted `TSNATIVE_CPU`: the level that is not exceeded
 */
export function chooseCpu(
  cpus: readonly string[],
  level: number | undefined,
  wanted: string | undefined,
): { readonly cpu: string } | { readonly reason: string } {
  const has = cpus.join(', ');
  const asked = wanted ? `TSNATIVE_CPU=${wanted}` : undefined;
  if (level === undefined) {
    // Made for one CPU, and nobody can tell whether this is it.
    const [cpu = ''] = cpus;
    return asked === undefined || wanted === cpu
      ? { cpu }
      : { reason: `${asked} is set, and its binary is for ${has} alone` };
  }
  const limit = wanted ? cpuLevels[wanted] : level;
  if (limit === undefined)
    return { reason: `${asked} is none of ${Object.keys(cpuLevels).join(', ')}` };
  if (limit > level)
    return { reason: `${asked} asks for more than this CPU has, which is ${levelName(level)}` };
  const cpu = cpus.findLast((name) => (cpuLevels[name] ?? Infinity) <= limit);
  if (cpu !== undefined) return { cpu };
  const why = asked === undefined ? `this CPU is ${levelName(level)}` : `${asked} is set`;
  return { reason: `${why}, and its binary is for ${has}` };
}
