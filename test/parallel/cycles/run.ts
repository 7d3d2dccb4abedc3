/** Runs `cycles.mjs`. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildProject, makeProject, type TestProject } from '../../support/project.ts';

export interface Cycles {
  /** The resident set in KiB after each tenth of the cycles. */
  readonly resident: readonly number[];
  /** What workers that end by themselves computed. */
  readonly results: readonly string[];
  readonly threads: number;
  readonly milliseconds: number;
}

/** A project with the program, built. @throws Error when it doesn't build */
export async function buildCycles(): Promise<TestProject> {
  const source = readFileSync(new URL('program.ts', import.meta.url), 'utf8');
  const project = makeProject({ 'src/program.ts': source });
  const { diagnostics } = await buildProject(project);
  if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
  return project;
}

/** @throws Error when the process doesn't end well, or not in time */
export function runCycles(
  project: TestProject,
  cycles: number,
  env: Readonly<Record<string, string>>,
  seconds: number,
): Cycles {
  const script = fileURLToPath(new URL('cycles.mjs', import.meta.url));
  const { status, signal, stdout, stderr } = spawnSync(
    process.execPath,
    ['--expose-gc', script, join(project.folder, 'out/program.js'), String(cycles)],
    {
      encoding: 'utf8',
      env: { ...process.env, TSNATIVE: 'require', ...env },
      timeout: 1000 * seconds,
    },
  );
  if (status !== 0 || stderr !== '') throw new Error(`exit ${signal ?? status}: ${stderr}`);
  return JSON.parse(stdout) as Cycles;
}
