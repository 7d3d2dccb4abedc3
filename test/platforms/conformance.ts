/** The conformance programs as one project, built for several platforms and run in several runtimes. */
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build as bundle } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { baseConfig, buildProject, makeProject, type TestProject } from '../support/project.ts';
import { inChromium } from './chromium.ts';
import type { Results, runPrograms } from './run-programs.ts';
import { runIn, type Runtime } from './runtimes.ts';

/** The folders of programs. */
const folders = ['programs', 'heap'] as const;

export interface Suite {
  readonly project: TestProject;
  /** Such as `heap/maps`. */
  readonly programs: readonly string[];
  /** Milliseconds that the build took. */
  readonly milliseconds: number;
  remove(): void;
}

/**
 * Builds the programs for platforms.
 * @param wanted the programs to take, all by default
 */
export async function buildSuite(
  platforms: readonly string[],
  wanted?: readonly string[],
): Promise<Suite> {
  const sources = new URL('../conformance/', import.meta.url);
  const programs = folders
    .flatMap((folder) => readdirSync(new URL(folder, sources)).map((file) => `${folder}/${file}`))
    .map((path) => path.replace(/\.ts$/, ''))
    .filter((name) => wanted?.includes(name) ?? true);
  const project = makeProject(
    Object.fromEntries(
      programs.map((name) => [
        `src/${name}.ts`,
        readFileSync(new URL(`${name}.ts`, sources), 'utf8'),
      ]),
    ),
    { ...baseConfig, compilerOptions: { ...baseConfig.compilerOptions, lib: ['ES2023'] } },
  );
  const { diagnostics, milliseconds } = await buildProject(project, { targets: platforms });
  if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics, undefined, 2));
  mkdirSync(join(project.folder, 'results'));
  for (const [name, platform] of [
    ['runner', 'node'],
    ['browser-runner', 'browser'],
  ] as const)
    await bundle({
      entryPoints: [fileURLToPath(new URL(`./${name}.ts`, import.meta.url))],
      outfile: join(project.folder, `${name}.mjs`),
      bundle: true,
      format: 'esm',
      platform,
      target: 'es2022',
      logLevel: 'error',
    });
  return { project, programs, milliseconds, remove: () => project.remove() };
}

/** Runs the programs in a runtime with native code required, or another setting of `TSNATIVE`. */
export async function runSuite(
  { project, programs }: Suite,
  runtime: Runtime,
  mode: 'require' | 'off' = 'require',
): Promise<Results> {
  if (runtime.isBrowser) return runInPage(project, programs);
  const output = join(project.folder, 'results', `${runtime.name.replaceAll(' ', '-')}-${mode}`);
  const ended = await runIn(
    runtime,
    join(project.folder, 'runner.mjs'),
    [join(project.folder, 'out'), output, ...programs],
    { TSNATIVE: mode },
  );
  try {
    // Safe: `runner.ts` has written it.
    const results = JSON.parse(readFileSync(output, 'utf8')) as Results;
    const end = `the runtime ended with ${ended.code}: ${lastLines(ended.output)}`;
    return Object.fromEntries(programs.map((name) => [name, results[name] ?? end]));
  } catch {
    throw new Error(`it ended with ${ended.code}: ${lastLines(ended.output)}`);
  }
}

/** Runs the programs in a page, as WebAssembly. */
const runInPage = ({ folder }: TestProject, programs: readonly string[]): Promise<Results> =>
  inChromium({ folder, stem: 'test-project' }, async (page) => {
    await page.addScriptTag({ type: 'module', url: '/browser-runner.mjs' });
    await page.waitForFunction(() => 'runPrograms' in globalThis);
    const { results, runs } = await page.evaluate(async (names) => {
      // Safe: the runner has put it there.
      const { runPrograms: run } = globalThis as unknown as { runPrograms: typeof runPrograms };
      const results = await run('/out', names);
      const key = Symbol.for('tsnative.modules');
      const [module] = (globalThis as { [key]?: { wasm?: boolean; reason?: string }[] })[key] ?? [];
      return { results, runs: module?.wasm ? 'wasm' : (module?.reason ?? 'nothing') };
    }, programs);
    if (runs !== 'wasm') throw new Error(`it runs as JavaScript: ${runs}`);
    return results;
  });

const lastLines = (text: string): string => text.trim().split('\n').slice(-4).join(' ⏎ ');

export interface Comparison {
  /** Programs whose cases all gave the same. */
  readonly passed: number;
  readonly cases: number;
  /** What was different, or did not run. */
  readonly differences: readonly string[];
}

/** Compares results, which tell every bit but a NaN's payload. */
export function compare(own: Results, reference: Results): Comparison {
  const differences: string[] = [];
  let cases = 0;
  let passed = 0;
  for (const [name, expected] of Object.entries(reference)) {
    const found = own[name] ?? 'nothing';
    if (typeof expected === 'string' || typeof found === 'string') {
      differences.push(`${name}: ${typeof found === 'string' ? found : 'no reference'}`);
      continue;
    }
    cases += expected.length;
    const before = differences.length;
    expected.forEach((outcome, index) => {
      const [mine, its] = [JSON.stringify(found[index]), JSON.stringify(outcome)];
      if (mine !== its) differences.push(`${name}, case ${index}: ${mine} instead of ${its}`);
    });
    if (differences.length === before) passed++;
  }
  return { passed, cases, differences };
}
