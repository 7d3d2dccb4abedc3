/**
 * How constructs are lowered: each program of `ir/` with the IR beside it, as it is before any pass and
 * without its places in the source.
 */
import { readFileSync, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Reading } from '../../compiler/1-read/model.ts';
import { readProject } from '../../compiler/1-read/project.ts';
import { lowerProject } from '../../compiler/2-lower/index.ts';
import { printFunction, printModule } from '../../compiler/ir/print.ts';
import type { IrModule } from '../../compiler/ir/types.ts';
import { verifyModule } from '../../compiler/ir/verify.ts';
import { walkNodes } from '../../compiler/ir/walk.ts';
import { linkLibrary } from '../../compiler/library.ts';
import { makeProject, type TestProject } from '../support/project.ts';
import { matchGolden } from './golden.ts';

const test = suite('ir');
const folder = fileURLToPath(new URL('./ir', import.meta.url));
const names = readdirSync(folder).flatMap((file) => /^(.*)\.ts$/.exec(file)?.[1] ?? []);

let project: TestProject;
let reading: Reading;

test.before(() => {
  project = makeProject(
    Object.fromEntries(
      names.map((name) => [`src/${name}.ts`, readFileSync(join(folder, `${name}.ts`), 'utf8')]),
    ),
  );
  reading = readProject({ project: project.tsconfig });
  assert.equal(reading.diagnostics, []);
});

test.after(() => project.remove());

for (const name of names) {
  test(name, () => {
    const path = join(realpathSync(project.folder), 'src', `${name}.ts`);
    const functions = reading.functions.filter(({ file }) => file.getFilePath() === path);
    const { module, diagnostics } = lowerProject({ ...reading, functions });
    assert.equal(diagnostics, []);
    matchGolden(join(folder, `${name}.ir`), printModule(withoutPlaces(module)));
    linkLibrary(module);
    assert.equal(verifyModule(module), []);
  });
}

function withoutPlaces({ records, functions, globals, exports }: IrModule): IrModule {
  for (const fn of functions) {
    fn.span = undefined;
    walkNodes(fn.body, (node) => {
      node.span = undefined;
    });
  }
  // The records of all programs are in one list.
  const text = functions.map((fn) => printFunction(fn)).join('');
  return {
    records: records.filter(({ name }) => new RegExp(`\\brec\\.${name}\\b`).test(text)),
    functions: [...functions],
    globals: globals.map((global) => ({ ...global, span: undefined })),
    exports: exports.map((item) => ({ ...item, span: undefined })),
  };
}

test.run();
