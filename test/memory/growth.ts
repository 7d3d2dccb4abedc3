/** By how much the memory of a process grows while it calls functions that allocate, of `programs.ts`. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildProject, makeProject } from '../support/project.ts';

export interface Growth {
  readonly name: string;
  /** Bytes of the resident set after the calls more than before, when garbage is collected. */
  readonly growth: number;
  /** What a call took on average. */
  readonly nanoseconds: number;
}

const source = new URL('programs.ts', import.meta.url);
const runner = fileURLToPath(new URL('run.mjs', import.meta.url));
const { calls } = (await import(source.href)) as { calls: Record<string, unknown> };

export const names: readonly string[] = Object.keys(calls);

/** Bytes of growth from which a measurement is repeated. */
const notable = 1_000_000;

/**
 * Builds the programs and calls each so often; tells the functions one by one, the least growth of up to three runs.
 * @param level of optimisation
 */
export async function measureGrowth(
  count: number,
  level: 0 | 3,
  tell: (growth: Growth) => void,
): Promise<void> {
  const project = makeProject({ 'src/programs.ts': readFileSync(source, 'utf8') });
  try {
    const { diagnostics } = await buildProject(project, { level });
    if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
    const file = join(project.folder, 'out/programs.js');
    // A young generation that doesn't grow, so that what grows is ours. A process each: none inherits holes.
    const flags = ['--expose-gc', '--max-semi-space-size=1', runner, file, String(count)];
    const env = { ...process.env, TSNATIVE: 'require' };
    const run = (name: string): Growth =>
      JSON.parse(execFileSync('node', [...flags, name], { env, encoding: 'utf8' })) as Growth;
    for (const name of names) {
      let least = run(name);
      // A system that takes pages away from idle memory moves the figure by megabytes; a leak is there each time.
      for (let again = 0; again < 2 && least.growth >= notable; again++) {
        const next = run(name);
        if (next.growth < least.growth) least = next;
      }
      tell(least);
    }
  } finally {
    project.remove();
  }
}
