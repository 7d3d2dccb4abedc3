// `npm run demo`: builds the compiler and the samples, runs each sample as JavaScript and as native
// code, checks that the results are identical, and prints a table.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('..', import.meta.url));
const samples = fileURLToPath(new URL('.', import.meta.url));
const isTerminal = process.stdout.isTTY === true;

/** Runs a step, with its output shown only when it fails. */
function step(title, command, args, options = {}) {
  const start = performance.now();
  if (isTerminal) process.stdout.write(`${title} …`);
  // npm is a script on Windows, which only a shell can run.
  const shell = process.platform === 'win32' && command === 'npm';
  const result = spawnSync(command, args, { cwd: repository, encoding: 'utf8', shell, ...options });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  process.stdout.write(`${isTerminal ? '\r' : ''}${title}: ${seconds} s\n`);
  if (result.status === 0) return result.stdout;
  process.stderr.write(
    `${result.stdout ?? ''}${result.stderr ?? ''}${result.error?.message ?? ''}\n`,
  );
  console.error(`${title} failed: ${command} ${args.join(' ')}`);
  process.exit(1);
}

/** One run of a sample, as `present` prints it. */
function run(name, mode) {
  const output = execFileSync(process.execPath, [join(samples, 'out', name, 'main.js'), '--json'], {
    encoding: 'utf8',
    env: { ...process.env, TSNATIVE: mode },
  });
  return JSON.parse(output);
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** Runs a sample both ways in turn, so that a machine that changes its speed treats both alike. */
function compare(name) {
  const pairs = [0, 1, 2].map(() => [run(name, 'off'), run(name, 'require')]);
  const runs = pairs.flat();
  const [{ title, picture }] = runs;
  const identical = runs.every((run) => run.digest === runs[0].digest);
  const native = pairs.every(([plain, compiled]) => !plain.native && compiled.native);
  return {
    title,
    picture,
    plain: median(pairs.map(([plain]) => plain.milliseconds)),
    compiled: median(pairs.map(([, compiled]) => compiled.milliseconds)),
    ratio: median(pairs.map(([plain, compiled]) => plain.milliseconds / compiled.milliseconds)),
    verdict: !native ? 'NOT NATIVE' : identical ? 'identical' : 'DIFFERENT',
  };
}

if (!existsSync(join(repository, 'node_modules', 'ts-morph', 'package.json'))) {
  step('Installing packages', 'npm', ['install', '--no-audit', '--no-fund']);
}
step('Building the compiler', process.execPath, ['compiler/build-package.mjs']);
const build = step('Compiling the samples', process.execPath, [
  'dist/compiler/cli/main.js',
  'build',
  '--project',
  'samples/tsconfig.json',
]);
process.stdout.write(`\n${build}\n`);

const names = readdirSync(samples).filter((name) => existsSync(join(samples, name, 'main.ts')));
const results = names.map((name) => {
  if (isTerminal) process.stdout.write(`\rrunning ${name} …          `);
  return compare(name);
});
if (isTerminal) process.stdout.write('\r                         \r');

const rows = [
  ['sample', 'JavaScript', 'native', 'ratio', 'results'],
  ...results.map((r) => [
    r.title,
    `${r.plain.toFixed(1)} ms`,
    `${r.compiled.toFixed(1)} ms`,
    `${r.ratio.toFixed(2)} ×`,
    r.verdict,
  ]),
];
const widths = rows[0].map((_, c) => Math.max(...rows.map((row) => row[c].length)));
for (const [index, row] of rows.entries()) {
  const cells = row.map((cell, c) =>
    c === 0 || c === 4 ? cell.padEnd(widths[c]) : cell.padStart(widths[c]),
  );
  console.log(cells.join('  ').trimEnd());
  if (index === 0) console.log(widths.map((width) => '─'.repeat(width)).join('  '));
}
console.log('\nratio: time of JavaScript over time of native code, median of 3 pairs of runs');
for (const { picture } of results) {
  if (picture) console.log(`picture: ${relative(process.cwd(), picture)}`);
}
if (results.some((r) => r.verdict !== 'identical')) process.exit(1);
