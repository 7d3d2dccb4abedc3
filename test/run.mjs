// Runs the tests: `npm test`, or `node test/run.mjs word …` for the files whose path has one of the words.
//
// Each test/**/*.test.ts runs in a process of its own, two at a time. A file's count comes from
// uvu's summary; lines that begin with "» " are shown, the rest only when the file fails.
import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { ensureReady } from '../compiler/build-package.mjs';

const folder = fileURLToPath(new URL('.', import.meta.url));
const root = join(folder, '..');
const atOnce = 2;
const longestMinutes = 20;
/** They begin first, so that none is left at the end that runs alone. */
const longest = ['test/conformance/heap.test.ts', 'test/fuzz/fuzz.test.ts'];

const children = new Set();
process.on('SIGINT', () => {
  for (const child of children) child.kill('SIGKILL');
  process.exit(130);
});

const started = performance.now();
try {
  await ensureReady();
} catch (error) {
  console.log(error instanceof Error ? error.message : error);
  finish([{ passed: 0, failed: 1, skipped: 0 }]);
}
const words = process.argv.slice(2);
const files = (await testFiles()).filter(
  (file) => words.length === 0 || words.some((word) => file.includes(word)),
);
if (files.length === 0) {
  console.log(`no test file matches ${words.join(' ')}`);
  process.exit(2);
}
const results = await inParallel(files, async (file) => {
  const result = await runFile(file);
  report(file, result);
  return result;
});
console.log(`\n${files.length} files in ${seconds(performance.now() - started)}`);
finish(results);

/** Prints the line that ends every run, and ends it. */
function finish(counts) {
  const sum = (field) => counts.reduce((total, count) => total + count[field], 0);
  const failed = sum('failed');
  console.log(`${sum('passed')} passed, ${failed} failed, ${sum('skipped')} skipped`);
  process.exit(failed === 0 ? 0 : 1);
}

async function testFiles() {
  const entries = await readdir(folder, { recursive: true });
  const files = entries
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => relative(root, join(folder, name)).split(sep).join('/'))
    .sort();
  const isLong = (file) => longest.includes(file);
  return [
    ...longest.filter((file) => files.includes(file)),
    ...files.filter((file) => !isLong(file)),
  ];
}

/** Maps with `atOnce` running at a time; the results are in the order of the items. */
async function inParallel(items, work) {
  const done = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next++;
      done[index] = await work(items[index]);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return done;
}

/** Runs one file and reads its counts. */
async function runFile(file) {
  const start = performance.now();
  const { code, signal, output, timedOut } = await capture(file);
  const text = stripVTControlCharacters(output);
  // The last ones: what a failing test prints may look like a summary too.
  const count = (label) => {
    const lines = [...text.matchAll(new RegExp(`^  ${label}: +(\\d+)$`, 'gm'))];
    return Number(lines.at(-1)?.[1] ?? 0);
  };
  const passed = count('Passed');
  const skipped = count('Skipped');
  let failed = count('Total') - passed;
  let problem;
  if (timedOut) problem = `no end after ${longestMinutes} minutes`;
  else if (signal) problem = `killed by ${signal}`;
  else if (code !== 0 && failed === 0) problem = `exit code ${code}`;
  else if (passed + failed + skipped === 0) problem = 'no test ran';
  if (problem) failed++;
  const notes = text.split('\n').filter((line) => line.startsWith('» '));
  return { passed, failed, skipped, problem, notes, output, time: performance.now() - start };
}

function capture(file) {
  // What the caller's terminal and shell are set to must not change what tests see.
  const { FORCE_COLOR, NO_COLOR, TSNATIVE, TSNATIVE_DEBUG, ...env } = process.env;
  return new Promise((resolve) => {
    const loaders = ['--import', 'tsx', '--import', new URL('support/packed.mjs', import.meta.url)];
    const child = spawn(process.execPath, [...loaders.map(String), file], { cwd: root, env });
    children.add(child);
    let output = '';
    let timedOut = false;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text) => (output += text));
    }
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
    }, longestMinutes * 60_000);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      children.delete(child);
      resolve({ code, signal, output, timedOut });
    });
  });
}

function report(file, { passed, failed, skipped, problem, notes, output, time }) {
  const counts = [
    `${passed} passed`,
    ...(failed > 0 ? [`${failed} FAILED`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ...(problem ? [problem] : []),
  ];
  const mark = failed > 0 ? '✗' : '✓';
  console.log(`${mark} ${file.padEnd(44)} ${counts.join(', ')}  (${seconds(time)})`);
  if (failed > 0) console.log(output.replace(/^/gm, '    '));
  else for (const note of notes) console.log(`    ${note}`);
}

function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
