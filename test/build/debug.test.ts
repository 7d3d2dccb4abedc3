/** `--debug`: gdb shows TypeScript lines, and the machine code is the same as without. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { probeLlvm14 } from '../../compiler/5-link/toolchains/llvm14.ts';
import { commandMissing, testUnless } from '../support/skip.ts';
import { buildProject, makeProject } from '../support/project.ts';

const source = `import type { f64 } from 'tsnative';

/** @native */
export function dot(a: Float64Array, b: Float64Array): f64 {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const product = a[i]! * b[i]!;
    sum += product;
  }
  return norm(sum);
}

function norm(x: f64): f64 {
  return Math.sqrt(x) / 3;
}
`;
const project = makeProject({
  'src/dot.ts': source,
  'src/main.ts': `import { dot } from './dot.js';
console.log(dot(new Float64Array(8).fill(2), new Float64Array(8).fill(2)));
`,
});
test.after(() => project.remove());

const gdb = (...args: string[]): string =>
  execFileSync('gdb', ['-batch', '-nx', ...args], {
    encoding: 'utf8',
    cwd: '/',
    env: { ...process.env, DEBUGINFOD_URLS: '', TSNATIVE: 'require' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });

async function addon(debug: boolean, toolchain: 'bundled' | 'llvm14' = 'bundled'): Promise<string> {
  const outDir = join(project.folder, debug ? `out-${toolchain}` : 'out');
  const result = await buildProject(project, { outDir, toolchain, debug });
  assert.equal(result.diagnostics, []);
  return result.addons[0]?.path ?? '';
}

/** The source lines that a function's instructions come from, by gdb's own reading of the line table. */
function linesOf(file: string, first: number, last: number): number[] {
  const asked = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const answers = gdb(...asked.flatMap((line) => ['-ex', `info line dot.ts:${line}`]), file);
  return asked.filter((line) =>
    new RegExp(`^Line ${line} of "src/dot.ts" starts at address`, 'm').test(answers),
  );
}

const noGdb = commandMissing('gdb');
const noLlvm14 = noGdb ?? (await probeLlvm14()).problem;

for (const [toolchain, problem] of [
  ['bundled', noGdb],
  ['llvm14', noLlvm14],
] as const)
  testUnless(
    problem,
    test,
    `gdb finds the lines of code by ${toolchain}, also of what is inlined`,
    async () => {
      const lines = linesOf(await addon(true, toolchain), 1, 16);
      for (const line of [7, 8, 14]) assert.ok(lines.includes(line), `line ${line} of ${lines}`);
      assert.not(lines.includes(1));
      assert.not(lines.includes(11));
    },
  );

testUnless(
  noGdb,
  test,
  'gdb stops at a line, shows it and the name of the function it is in',
  async () => {
    await addon(true);
    const main = join(project.folder, 'out-bundled/main.js');
    const text = gdb(
      ...['-ex', 'set breakpoint pending on', '-ex', 'break dot.ts:14', '-ex', 'run'],
      ...['-ex', 'backtrace 3', '--args', process.execPath, main],
    );
    assert.match(text, /^14\s+return Math\.sqrt\(x\) \/ 3;$/m);
    // `norm` has been put in the place of its call, and has no frame.
    assert.match(text, /^#0 .*dot.* src\/dot\.ts:14$/m);
  },
);

testUnless(
  commandMissing('objdump'),
  test,
  'without it the addon has no such sections, and the same instructions',
  async () => {
    const dump = (file: string, ...options: string[]): string =>
      execFileSync('objdump', [...options, file], { encoding: 'utf8' });
    const [plain, debug] = [await addon(false), await addon(true)];
    assert.match(dump(debug, '-h'), /\.debug_line/);
    assert.not.match(dump(plain, '-h'), /\.debug_|\.symtab/);
    const instructions = (file: string): string[] =>
      [...dump(file, '-d', '--no-show-raw-insn').matchAll(/^ +[0-9a-f]+:\t(\w+)/gm)].map(
        ([, name = '']) => name,
      );
    assert.ok(instructions(plain).length > 50);
    assert.equal(instructions(debug), instructions(plain));
  },
);

test.run();
