/**
 * `npm run bench:build`: how long `tsnative build` of all samples takes, as a whole process: with
 * nothing there yet, and with nothing changed. Medians of 5. Beside them `node -e 0` and `tsc` of the
 * same samples, which tell how fast the machine is.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median, table } from './figures.ts';

const runs = 5;
const limits = { cold: 3, unchanged: 0.6 };
const repository = fileURLToPath(new URL('../..', import.meta.url));
const command = join(repository, 'dist/compiler/cli/main.js');

const packaged = spawnSync(process.execPath, [join(repository, 'compiler/build-package.mjs')], {
  stdio: 'inherit',
});
if (packaged.status !== 0) process.exit(1);

const folder = layOut();
const outputs = [join(folder, 'out'), join(folder, 'node_modules/.cache')];
/** What the compiler keeps of itself: its code as V8 has compiled it. */
const compiledCode = join(repository, 'dist/.code');
const typescript = join(repository, 'node_modules/typescript/bin/tsc');
try {
  const first: number[] = [];
  const cold: number[] = [];
  const unchanged: number[] = [];
  const tsc: number[] = [];
  const node: number[] = [];
  for (let run = 0; run < runs; run++) {
    remove(...outputs, compiledCode);
    first.push(timeBuild(false));
    remove(...outputs);
    cold.push(timeBuild(false));
    unchanged.push(timeBuild(true));
    tsc.push(runNode([typescript, '-p', folder]).seconds);
    node.push(runNode(['-e', '0']).seconds);
  }
  const row = (name: string, seconds: readonly number[], limit?: number): string[] => [
    name,
    `${median(seconds).toFixed(2)} s`,
    `${Math.min(...seconds).toFixed(2)} s`,
    `${Math.max(...seconds).toFixed(2)} s`,
    ...(limit === undefined
      ? ['', '']
      : [`${limit} s`, median(seconds) <= limit ? 'met' : 'MISSED']),
  ];
  console.log(
    table([
      ['tsnative build of all samples', 'median', 'least', 'most', 'aim', ''],
      row('the first since the compiler was installed', first),
      row('cold: no outputs, no cache', cold, limits.cold),
      row('unchanged', unchanged, limits.unchanged),
      row('for comparison: tsc of them', tsc),
      row('for comparison: node -e 0', node),
    ]),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Copies the samples to a project with caches of its own, so that nobody else's are cleared. */
function layOut(): string {
  const target = mkdtempSync(join(tmpdir(), 'tsnative-bench-'));
  cpSync(join(repository, 'samples'), target, {
    recursive: true,
    filter: (path) => !/[\\/](out|results)$/.test(path),
  });
  writeFileSync(join(target, 'package.json'), '{ "name": "samples", "type": "module" }');
  const modules = join(target, 'node_modules');
  mkdirSync(modules);
  for (const name of readdirSync(join(repository, 'node_modules')))
    if (!name.startsWith('.'))
      symlinkSync(join(repository, 'node_modules', name), join(modules, name));
  symlinkSync(repository, join(modules, 'tsnative'));
  return target;
}

function remove(...paths: readonly string[]): void {
  for (const path of paths) rmSync(path, { recursive: true, force: true });
}

/** Seconds of one build. @throws where it fails, or has not been up to date when it should be */
function timeBuild(upToDate: boolean): number {
  const args = [command, 'build', '--project', join(folder, 'tsconfig.json'), '--json'];
  const { seconds, output } = runNode(args);
  const result = JSON.parse(output) as { ok: boolean; upToDate: boolean };
  if (!result.ok || result.upToDate !== upToDate)
    throw new Error(`the build is not what is measured:\n${output}`);
  return seconds;
}

/** @throws where the process fails */
function runNode(args: readonly string[]): { readonly seconds: number; readonly output: string } {
  const start = performance.now();
  const output = execFileSync(process.execPath, args, { encoding: 'utf8' });
  return { seconds: (performance.now() - start) / 1000, output };
}
