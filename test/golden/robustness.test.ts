/**
 * Whatever the input, the compiler answers with diagnostics or with IR that holds: programs mutated at
 * random go through reading, lowering and optimisation, with the verifier after each pass.
 *
 * `TSNATIVE_MUTATIONS` and `TSNATIVE_SEED` take other numbers of other mutations.
 */
import { readFileSync, readdirSync, realpathSync } from 'node:fs';
import { extname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { NativeFunction, Reading } from '../../compiler/1-read/model.ts';
import { readProject } from '../../compiler/1-read/project.ts';
import { lowerProject } from '../../compiler/2-lower/index.ts';
import { optimize } from '../../compiler/3-optimize/index.ts';
import { hasErrors } from '../../compiler/diagnostics/list.ts';
import type { Diagnostic } from '../../compiler/diagnostics/types.ts';
import { verify } from '../../compiler/ir/verify.ts';
import { libraryFunction, linkLibrary } from '../../compiler/library.ts';
import { baseConfig, makeProject } from '../support/project.ts';
import { mutate } from './mutate.ts';
import { wrongPrograms } from './programs.ts';

const count = Number(process.env['TSNATIVE_MUTATIONS'] ?? 300);
const firstSeed = Number(process.env['TSNATIVE_SEED'] ?? 1);

const test = suite('robustness');

/** Sources to mutate: a text and the ending of its file. */
const sources: { readonly text: string; readonly extension: string }[] = [];
const conformance = new URL('../conformance/programs/', import.meta.url);
for (const file of readdirSync(conformance)) {
  sources.push({ text: readFileSync(new URL(file, conformance), 'utf8'), extension: '.ts' });
}
const long = [...sources];
for (const { files, rewritten } of wrongPrograms()) {
  for (const [path, text] of [...Object.entries(files), ...Object.entries(rewritten)]) {
    if (/\.[cm]?[jt]s$/.test(path)) sources.push({ text, extension: extname(path) });
  }
}

const config = {
  ...baseConfig,
  compilerOptions: { ...baseConfig.compilerOptions, allowJs: true, moduleDetection: 'force' },
};

test('mutations of programs', () => {
  const files: Record<string, string> = {};
  for (let index = 0; index < count; index++) {
    const seed = firstSeed + index;
    // The long programs of the conformance test are a third of them.
    const from = seed % 3 === 0 ? long : sources;
    const { text, extension } = from[seed % from.length] ?? { text: '', extension: '.ts' };
    files[`src/seed-${seed}${extension}`] = mutate(text, seed);
  }
  const project = makeProject(files, config);
  try {
    const reading = readProject({ project: project.tsconfig });
    const folder = realpathSync(project.folder);
    const failures = Object.entries(files).flatMap(([path, text]) => {
      const problem = compile(reading, join(folder, path));
      return problem === undefined ? [] : [`${path}\n${problem}\n${text}`];
    });
    assert.is(failures.join('\n\n'), '');
  } finally {
    project.remove();
  }
});

let compiled = 0;

/** Lowers and optimises each function of a file by itself; tells what was thrown. */
function compile(reading: Reading, path: string): string | undefined {
  const wrong = reading.diagnostics.filter(({ place }) => place?.file === path);
  try {
    for (const fn of reading.functions.filter(({ file }) => file.getFilePath() === path)) {
      const { module, functions, diagnostics } = lowerProject({ ...reading, functions: [fn] });
      if (hasErrors(diagnostics) || functions.some((reached) => isWrong(reached, wrong))) continue;
      linkLibrary(module);
      optimize(module, {
        level: 3,
        libraryFunction,
        verify: (lowered, whole) => assert.equal(verify(lowered, whole), [], lowered.name),
      });
      compiled++;
    }
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.stack : String(error);
  }
}

/** Whether one of the diagnostics is about a function. */
function isWrong({ node }: NativeFunction, diagnostics: readonly Diagnostic[]): boolean {
  const [first, last] = [node.getStartLineNumber(), node.getEndLineNumber()];
  return diagnostics.some(({ place }) => place && place.endLine >= first && place.line <= last);
}

test('some of them still compile', () => {
  console.log(`» ${count} mutations, with ${compiled} functions that still compile`);
  assert.ok(compiled > 0);
});

test.run();
