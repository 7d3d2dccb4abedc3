/** Symbols for C of packages whose names begin those of functions that the addon itself calls. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { buildProject, makeProject } from '../support/project.ts';

const scalar = (name: string, factor: number): string =>
  `/** @native */\nexport function ${name}(x: number): number { return x * ${factor}; }\n`;

async function printed(name: string, files: Record<string, string>, more = {}): Promise<string> {
  const project = makeProject(files);
  try {
    project.write('package.json', JSON.stringify({ name, type: 'module', ...more }));
    const { diagnostics, addons } = await buildProject(project, { level: 1, cpu: 'baseline' });
    assert.equal(diagnostics, []);
    assert.is(addons.length, 1);
    assert.ok(readFileSync(addons[0]!.path).includes('tsnative_free'), 'it has symbols for C');
    const { stdout, stderr, signal } = spawnSync(
      process.execPath,
      [join(project.folder, 'out/main.js')],
      { env: { ...process.env, TSNATIVE: 'require' }, encoding: 'utf8' },
    );
    return `${stdout}${stderr}${signal ?? ''}`;
  } finally {
    project.remove();
  }
}

const told = `declare const console: { log(...args: unknown[]): void };\n`;

test('a package may be named as functions of threads and of Node-API begin', async () => {
  const threads = scalar('self', 2) + scalar('getspecific', 3) + scalar('mutex_lock', 4);
  assert.is(
    await printed('pthread', {
      'src/main.ts': `${threads}${told}console.log(self(1), getspecific(1), mutex_lock(1));\n`,
    }),
    '2 3 4\n',
  );
  const node = scalar('create_double', 2) + scalar('get_value_double', 3);
  assert.is(
    await printed('@scope/napi', {
      'src/main.ts': `${node}${told}console.log(create_double(1), get_value_double(1));\n`,
    }),
    '2 3\n',
  );
});

test('a function may have the name of the function of C that it calls', async () => {
  const source = `/** @extern sums: sums_of */
declare function inC(a: number, b: number): number;
/** @native */
export function of(a: number, b: number): number { return inC(a, b) + 1; }
${told}console.log(of(20, 21));
`;
  const c = 'double sums_of(double a, double b) { return a + b; }\n';
  assert.is(
    await printed(
      'sums',
      { 'src/main.ts': source, 'vendor/sums.c': c },
      { tsnative: { sources: ['vendor/sums.c'] } },
    ),
    '42\n',
  );
});

test('files of one name, and a function of C that another file calls, have symbols of their own', async () => {
  const main = `import { of as other } from './other.js';
import { inC } from './c.js';
${scalar('of', 2)}${told}console.log(of(20), other(20), inC(20, 21));
`;
  const calling = `/** @extern sums: sums_of_2 */
declare function inC2(a: number, b: number): number;
/** @native */
export function inC(a: number, b: number): number { return inC2(a, b) + 1; }
`;
  const c = 'double sums_of_2(double a, double b) { return a + b; }\n';
  const files = {
    ...{ 'src/main.ts': main, 'src/other.ts': scalar('of', 3), 'src/c.ts': calling },
    'vendor/sums.c': c,
  };
  assert.is(
    await printed('sums', files, { tsnative: { sources: ['vendor/sums.c'] } }),
    '40 60 42\n',
  );
});

test('a function of C that nobody declares, and that is called as a symbol is, is told', async () => {
  const files = {
    'src/main.ts': `/** @extern more: sums_other */
declare function other(a: number): number;
/** @native */
export function of(a: number): number { return other(a); }
`,
    'vendor/more.c':
      'double sums_other(double a) { return a; }\ndouble sums_of(double a) { return a; }\n',
  };
  const project = makeProject(files);
  const config = { name: 'sums', type: 'module', tsnative: { sources: ['vendor/more.c'] } };
  project.write('package.json', JSON.stringify(config));
  try {
    for (const target of ['linux-x64', 'win32-x64'])
      try {
        await buildProject(project, { level: 1, cpu: 'baseline', targets: [target] });
        assert.unreachable();
      } catch (error) {
        assert.match(String(error), /`sums_of` is defined twice/, target);
      }
  } finally {
    project.remove();
  }
});

test.run();
