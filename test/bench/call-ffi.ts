/**
 * `npm run bench:call -- ffi`: what a call costs in Node 26 through its own FFI (`node:ffi`), beside Node-API. The same
 * build runs in processes in turn, with `TSNATIVE_FFI=off` in every other one. What FFI isn't taken for is called by hand,
 * as the library for C has it, without the checks that the Node-API wrapper makes.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { programOf, runtimes } from '../platforms/runtimes.ts';
import { buildProject, makeProject, repository } from '../support/project.ts';
import { median, table } from './figures.ts';

interface Case {
  readonly name: string;
  readonly title: string;
  readonly ts: string;
  readonly args: readonly unknown[];
}

const declared = (name: string, params: string, result: string, body: string): string =>
  `/** @native */\nexport function ${name}(${params}): ${result} { ${body} }\n`;

const eight = 'abcdefgh'.split('');

/** What the glue takes FFI for. */
const taken: readonly Case[] = [
  {
    name: 'one',
    title: 'f64 → f64',
    ts: declared('one', 'a: f64', 'f64', 'return a * a;'),
    args: [1.5],
  },
  {
    name: 'three',
    title: '3 × f64 → f64',
    ts: declared('three', 'a: f64, b: f64, c: f64', 'f64', 'return a + (b - a) * c;'),
    args: [1.5, 2.5, 0.5],
  },
  {
    name: 'eight',
    title: '8 × f64 → f64',
    ts: declared(
      'eight',
      eight.map((name) => `${name}: f64`).join(', '),
      'f64',
      `return ${eight.join(' + ')};`,
    ),
    args: eight.map((_, index) => index),
  },
  {
    name: 'integers',
    title: '2 × i32 → i32',
    ts: declared('integers', 'a: i32, b: i32', 'i32', 'return (a + b) | 0;'),
    args: [3, 4],
  },
  {
    name: 'bytes',
    title: '2 × u8 → i32',
    ts: declared('bytes', 'a: u8, b: u8', 'i32', 'return a - b;'),
    args: [3, 4],
  },
  {
    name: 'single',
    title: 'f32 → f32',
    ts: declared('single', 'a: f32', 'f32', 'return a;'),
    args: [0.5],
  },
  {
    name: 'compare',
    title: '2 × f64 → boolean',
    ts: declared('compare', 'a: f64, b: f64', 'boolean', 'return a < b;'),
    args: [3, 4],
  },
  {
    name: 'chosen',
    title: 'f64, f64, boolean → f64',
    ts: declared('chosen', 'a: f64, b: f64, c: boolean', 'f64', 'return c ? a : b;'),
    args: [3, 4, true],
  },
  {
    name: 'notANumber',
    title: 'f64 → NaN, so twice',
    ts: declared('notANumber', 'a: f64', 'f64', 'return a / a - a / a;'),
    args: [0],
  },
];

/** What it isn't taken for. */
const left: readonly Case[] = [
  {
    name: 'sum',
    title: 'Float64Array → f64',
    ts: declared(
      'sum',
      'a: Float64Array',
      'f64',
      'let s = 0; for (let i = 0; i < a.length; i++) s += a[i]!; return s;',
    ),
    args: [[4]],
  },
];

const byHand = {
  test_project_sum: { arguments: ['buffer', 'u64', 'buffer', 'pointer'], return: 'i32' },
};

/** Prints the table. */
export async function measureFfi(): Promise<void> {
  const node26 = runtimes.find(({ name }) => name === 'node-26');
  if (!node26 || node26.problem() !== undefined) throw new Error('it needs Linux on x64');
  const program = await programOf(node26);
  const hints = "import type { f64, f32, i32, u8 } from 'tsnative';\n";
  const all = [...taken, ...left];
  const project = makeProject({ 'src/calls.ts': [hints, ...all.map(({ ts }) => ts)].join('') });
  try {
    const { diagnostics } = await buildProject(project, { emit: ['c'] });
    if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics, undefined, 2));
    const script = join(repository, 'test/bench/call-ffi-times.mjs');
    const run = (args: readonly string[], env: Record<string, string>): Record<string, number> =>
      JSON.parse(
        execFileSync(program, ['--no-warnings', script, ...args], {
          encoding: 'utf8',
          env: { ...process.env, NODE_OPTIONS: '', TSNATIVE: 'require', ...env },
        }),
      ) as Record<string, number>;
    const url = pathToFileURL(join(project.folder, 'out/calls.js')).href;
    const given = JSON.stringify(all.map(({ name, args }) => ({ name, args })));
    const library = join(project.folder, 'out/native/c/linux-x64/libtest_project.so');
    const hand = JSON.stringify([{ name: 'test_project_sum', args: [[4], 4, 'result', null] }]);
    const rounds = Array.from({ length: 5 }, () => ({
      ffi: run([url, given], {}),
      api: run([url, given], { TSNATIVE_FFI: 'off' }),
      hand: run(['hand.json', hand, JSON.stringify({ library, signatures: byHand })], {}),
    }));
    const of = (get: (round: (typeof rounds)[number]) => number | undefined): number =>
      median(rounds.map((round) => get(round) ?? NaN));
    const row = (title: string, api: number, ffi: number, ratio: number): string[] => [
      ...[title, `${api.toFixed(1)} ns`, `${ffi.toFixed(1)} ns`, ratio.toFixed(2)],
    ];
    const rows = taken.map(({ name, title }) =>
      row(
        title,
        of(({ api }) => api[name]),
        of(({ ffi }) => ffi[name]),
        of(({ ffi, api }) => (ffi[name] ?? NaN) / (api[name] ?? NaN)),
      ),
    );
    const others = left.map(({ name, title }) =>
      row(
        `${title} (by hand)`,
        of(({ api }) => api[name]),
        of((round) => round.hand[`test_project_${name}`]),
        of((round) => (round.hand[`test_project_${name}`] ?? NaN) / (round.api[name] ?? NaN)),
      ),
    );
    console.log(
      table([['a call in Node 26', 'Node-API', 'node:ffi', 'ratio'], ...rows, ...others]),
    );
    console.log('\nmedians of 5 processes of each kind');
  } finally {
    project.remove();
  }
}
