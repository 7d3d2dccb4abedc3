import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { repository } from '../support/project.ts';

/** A program of one large module, with the compiler's way to keep its code. */
const folder = mkdtempSync(join(tmpdir(), 'tsnative-test-'));
test.after(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => join(folder, name);
mkdirSync(at('compiler'));
// test/run.mjs has built it.
copyFileSync(join(repository, 'dist/compiler/compiled-code.cjs'), at('compiler/compiled-code.cjs'));
writeFileSync(
  at('main.cjs'),
  `const asUsual = require('./compiler/compiled-code.cjs')();
   const { answer, name, beside } = require('./large.js');
   asUsual();
   console.log(answer(), name, beside);`,
);
writeFileSync(at('beside.js'), 'module.exports = "beside";');
const writeLarge = (answer: number): void =>
  writeFileSync(
    at('large.js'),
    `exports.answer = () => ${answer};
     exports.name = require('path').basename(__filename);
     exports.beside = require('./beside.js');
     // ${'x'.repeat(300_000)}`,
  );

function run(): string {
  const { stdout, stderr } = spawnSync(process.execPath, [at('main.cjs')], { encoding: 'utf8' });
  assert.is(stderr, '');
  return stdout.trim();
}

/** The files of kept code. */
const kept = (): string[] =>
  readdirSync(at('.code')).flatMap((version) =>
    readdirSync(at(`.code/${version}`)).map((name) => at(`.code/${version}/${name}`)),
  );

test('the code of a large module is kept and used', () => {
  writeLarge(42);
  assert.is(run(), '42 large.js beside');
  const [file = '', ...others] = kept();
  assert.equal(others, []);
  const { mtimeMs } = statSync(file);
  assert.is(run(), '42 large.js beside');
  assert.equal([kept(), statSync(file).mtimeMs], [[file], mtimeMs]);
});

test('code that is damaged is made again', () => {
  const [file = ''] = kept();
  writeFileSync(file, 'no code');
  assert.is(run(), '42 large.js beside');
  assert.ok(statSync(file).size > 100);
});

test('a module that was edited is compiled again, also where it is as long as before', () => {
  writeLarge(43);
  assert.is(run(), '43 large.js beside');
});

test('where nothing can be kept everything works', () => {
  for (const file of kept()) {
    rmSync(file);
    mkdirSync(join(file, 'in the way'), { recursive: true });
  }
  assert.is(run(), '43 large.js beside');
});

test.run();
