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
import { ToolchainError } from '../../compiler/5-link/types.ts';
import { hasErrors } from '../../compiler/diagnostics/list.ts';
import type { Diagnostic } from '../../compiler/diagnostics/types.ts';
import { verify } from '../../compiler/ir/verify.ts';
import { libraryFunction, linkLibrary } from '../../compiler/library.ts';
import { baseConfig, buildProject, makeProject } from '../support/project.ts';
import { random } from '../optimize/random.ts';
import { mutate } from './mutate.ts';
import { wrongPrograms } from './programs.ts';

const count = Number(process.env['TSNATIVE_MUTATIONS'] ?? 300);
const firstSeed = Number(process.env['TSNATIVE_SEED'] ?? 1);

const test = suite('robustness');

/** Sources to mutate: a text and the ending of its file. */
const sources: { readonly text: string; readonly extension: string }[] = [];
const conformance = new URL('../conformance/programs/', import.meta.url);
for (const file of readdirSync(conformance)) {
  // One function at a time, with what stands above the first one.
  const text = readFileSync(new URL(file, conformance), 'utf8');
  const [head = '', ...functions] = text.split(/^(?=\/\*\* @native)/m);
  for (const fn of functions) sources.push({ text: `${head}${fn}`, extension: '.ts' });
}
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
  const originals: Record<string, string> = {};
  for (let index = 0; index < count; index++) {
    const seed = firstSeed + index;
    const { text, extension } = sources[random(seed)(sources.length)] ?? {
      text: '',
      extension: '.ts',
    };
    const path = `src/seed-${seed}${extension}`;
    originals[path] = text;
    files[path] = mutate(text, seed);
  }
  const project = makeProject(files, config);
  try {
    const reading = readProject({ project: project.tsconfig });
    const folder = realpathSync(project.folder);
    const failures = Object.entries(files).flatMap(([path, text]) => {
      const problem = compile(reading, join(folder, path), originals[path] ?? '');
      return problem === undefined ? [] : [`${path}\n${problem}\n${text}`];
    });
    assert.is(failures.join('\n\n'), '');
  } finally {
    project.remove();
  }
});

let compiled = 0;

/** Lowers and optimises each function of a file that was mutated; tells what was thrown. */
function compile(reading: Reading, path: string, original: string): string | undefined {
  const wrong = reading.diagnostics.filter(({ place }) => place?.file === path);
  const mutated = reading.functions.filter(
    ({ file, node }) => file.getFilePath() === path && !original.includes(node.getText()),
  );
  try {
    for (const fn of mutated) {
      const { module, functions, diagnostics } = lowerProject({ ...reading, functions: [fn] });
      // Classes that are marked are lowered with any function.
      const own = diagnostics.filter(({ place }) => place === undefined || place.file === path);
      if (hasErrors(own) || functions.some((reached) => isWrong(reached, wrong))) continue;
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

test('code that is nested too deeply is refused', async () => {
  const minus = `/** @native */\nexport function f(x: number): number {\n  return ${'- '.repeat(300_000)}x;\n}\n`;
  const project = makeProject({ 'src/deep.ts': minus });
  try {
    await buildProject(project, { checkOnly: true });
    assert.unreachable('it is refused');
  } catch (error) {
    assert.is(error instanceof ToolchainError && error.diagnostic.code, 'TSN6007');
  } finally {
    project.remove();
  }
});

test('some of them still compile', () => {
  console.log(`» ${count} mutations, with ${compiled} functions that still compile`);
  assert.ok(compiled > 0);
});

test.run();
