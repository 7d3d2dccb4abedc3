/** What a call of C costs: in a loop the same instructions as the loop that a C compiler makes of the same call. */
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findZig } from '../../compiler/5-link/toolchains/bundled.ts';
import { buildProject, makeProject } from '../support/project.ts';
import { testUnless } from '../support/skip.ts';

const test = suite('cost of calls of C');
const project = makeProject({
  'src/program.ts': `
    import type { f64, i32 } from 'tsnative';

    /** @extern m: nextafter */
    declare function nextafter(x: f64, to: f64): f64;
    /** @extern somewhere: take */
    declare function take(values: Float64Array, count: i32, key: i32): i32;

    /** @native */
    export function numbers(x: f64, count: i32): f64 {
      for (let i: i32 = 0; i < count; i++) x = nextafter(x, 10);
      return x;
    }
    /** @native */
    export function arrays(values: Float64Array, count: i32): i32 {
      let sum: i32 = 0;
      for (let i: i32 = 0; i < count; i++) sum ^= take(values, 3, i);
      return sum;
    }
  `,
});
test.after(() => project.remove());

const inC = `
double nextafter(double x, double to);
int take(const double *values, int count, int key);
double numbers(double x, int count) {
  for (int i = 0; i < count; i++) x = nextafter(x, 10);
  return x;
}
int arrays(const double *values, int count) {
  int sum = 0;
  for (int i = 0; i < count; i++) sum ^= take(values, 3, i);
  return sum;
}
`;

/**
 * The instructions of the loops that call a function, each as its name and the kinds of its operands: which register
 * is taken is by chance, and where a function's address is in memory.
 */
function loops(assembly: string, isCall: (line: string) => boolean): string[][] {
  const lines = assembly.split('\n').map((line) => line.replace(/\s*#.*$/, '').trim());
  return lines.flatMap((line, at) => {
    if (!isCall(line)) return [];
    const label = lines.slice(0, at).findLastIndex((one) => /^\.LBB\w+:$/.test(one));
    const name = lines[label]?.slice(0, -1) ?? '';
    const end = lines.findIndex(
      (one, index) => index > at && new RegExp(`^j\\w+\\s+${name}$`).test(one),
    );
    // What stands before the label of another block isn't part of this loop.
    if (end < 0 || lines.slice(at, end).some((one) => /^\.LBB/.test(one))) return [];
    const body = lines
      .slice(label + 1, end + 1)
      .filter((one) => one !== '' && !one.startsWith('.'));
    return [body.map(kindOf).sort()];
  });
}

const kindOf = (line: string): string =>
  line
    .replace(/^callq\s+\*.*$/, 'callq *slot')
    .replace(/%xmm\d+/g, 'X')
    .replace(/%r\w+/g, 'R')
    .replace(/%e\w+/g, 'R')
    .replace(/-?\d*\(R\)|\.?[\w.]+\(R\)/g, 'M')
    .replace(/\.LBB\w+/g, 'L')
    .replace(/^(dec|inc|cmp|test|add|sub|mov|xor)[lq]\b/, '$1') // A counter of 32 bits or of 64.
    .replace(/\s+/g, ' ');

const problem = process.arch === 'x64' ? undefined : 'it reads the assembly of x86-64';
testUnless(problem, test, 'a loop is the one of C', async () => {
  const { diagnostics } = await buildProject(project, { emit: ['asm'], cpu: 'baseline' });
  assert.equal(diagnostics, []);
  const native = join(project.folder, 'out/native');
  const file = readdirSync(native).find((name) => name.endsWith('.s')) ?? '';
  const assembly = readFileSync(join(native, file), 'utf8');
  const source = join(project.folder, 'loops.c');
  writeFileSync(source, inC);
  const options = ['-O3', '-fno-plt', '-fPIC', '-march=x86-64-v2', '-fno-builtin', '-S', '-o', '-'];
  const zig = ['clang', '-target', 'x86_64-unknown-linux-gnu', ...options, source];
  const { stdout, stderr } = spawnSync(findZig().file, zig, { encoding: 'utf8' });
  assert.is(stderr, '');
  for (const [name, slot] of [
    ['nextafter', 'nextafter'],
    ['take', 'take'],
  ] as const) {
    const ours = loops(assembly, (line) =>
      new RegExp(`^callq\\s+\\*ts\\.c\\.\\d+\\.${slot}\\(`).test(line),
    );
    const own = stdout.slice(stdout.indexOf(`\n${name === 'take' ? 'arrays' : 'numbers'}:`));
    const theirs = loops(own, (line) => line.startsWith('callq')).slice(0, 1);
    assert.is(theirs.length, 1, stdout);
    assert.ok(ours.length > 0, assembly);
    for (const one of ours) assert.equal(one, theirs[0], name);
  }
});

test.run();
