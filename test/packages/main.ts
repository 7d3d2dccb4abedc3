/**
 * Compiles the packages, runs each one's work in V8 and natively, and prints a table: `npm run packages`, or with
 * names behind `--` only some. Times are of the process's own CPU, the least of several runs.
 */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../../compiler/build.ts';
import { renderDiagnostics } from '../../compiler/diagnostics/render.ts';
import { packages, type Package } from './packages.ts';
import { nativeShare } from './profile.ts';
import { runNode } from './run-node.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const nodeModules = fileURLToPath(new URL('../../node_modules', import.meta.url));
const times = 5;

interface Row {
  readonly name: string;
  readonly hot: number;
  readonly native: number;
  readonly same: boolean;
  readonly outputs: number;
  readonly v8: number;
  readonly ours: number;
  readonly buildSeconds: number;
}

interface Run {
  readonly milliseconds: number;
  readonly hashes: readonly string[];
}

async function measure(one: Package, outDir: string): Promise<Row> {
  const { project, modules = [] } = one;
  const folder = join(here, 'work', project === undefined ? '' : one.name);
  const work = join(folder, project === undefined ? `${one.name}.mjs` : 'work.mjs');
  const copied = modules.map((module) => realpathSync(join(nodeModules, module)));
  const entries = project === undefined ? copied : [join(folder, project)];
  const start = performance.now();
  const { diagnostics, functions } = await build(
    {
      project: project === undefined ? (copied[0] ?? '') : join(folder, 'tsconfig.json'),
      modules: { hints: [join(folder, `${one.name}.hints.d.ts`)], entries: copied },
      outDir,
      emit: [],
      toolchain: 'bundled',
      level: 3,
      checkOnly: false,
    },
    { progress: () => {} },
  );
  const buildSeconds = (performance.now() - start) / 1000;
  if (diagnostics.length > 0)
    throw new Error(
      renderDiagnostics(diagnostics, { colour: false, cwd: here, readSource: () => undefined }),
    );
  const child = join(here, 'child.mjs');
  const copies = entries.map((entry) => join(outDir, basename(entry)));
  const run = (modules: readonly string[]): Run =>
    JSON.parse(runNode([child, work, String(times), ...modules])) as Run;
  const [v8, ours] = [run(entries), run(copies)];
  const again = [run(entries), run(copies)] as const;
  const { hot, native } = nativeShare([child, work, '3', ...entries], functions);
  return {
    name: one.name,
    hot,
    native,
    outputs: v8.hashes.length,
    same: JSON.stringify(v8.hashes) === JSON.stringify(ours.hashes),
    v8: Math.min(v8.milliseconds, again[0].milliseconds),
    ours: Math.min(ours.milliseconds, again[1].milliseconds),
    buildSeconds,
  };
}

const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;

async function main(names: readonly string[]): Promise<void> {
  const chosen = packages.filter(({ name }) => names.length === 0 || names.includes(name));
  const folder = mkdtempSync(join(tmpdir(), 'tsnative-packages-'));
  const rows: Row[] = [];
  try {
    console.log('| package | hot time native | outputs identical | V8 | native | ratio | build |');
    console.log('| --- | ---: | --- | ---: | ---: | ---: | ---: |');
    for (const one of chosen) {
      const row = await measure(one, join(folder, one.name));
      rows.push(row);
      const same = row.same ? `all ${row.outputs}` : 'NO';
      console.log(
        `| ${row.name} | ${percent(row.native, row.hot)} | ${same} | ${row.v8.toFixed(1)} ms | ${row.ours.toFixed(1)} ms | ${(row.v8 / row.ours).toFixed(2)} | ${row.buildSeconds.toFixed(1)} s |`,
      );
    }
    const sum = (key: 'hot' | 'native'): number => rows.reduce((total, row) => total + row[key], 0);
    const shares = rows.map(({ native, hot }) => native / hot);
    const mean = shares.reduce((total, share) => total + share, 0) / shares.length;
    console.log(
      `\n${percent(sum('native'), sum('hot'))} of the hot time of all is native (${percent(mean, 1)} as the mean of the packages).`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (rows.some(({ same }) => !same)) process.exitCode = 1;
}

await main(process.argv.slice(2));
