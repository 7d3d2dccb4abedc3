/**
 * `npm run sanitize`: the programs of `conformance/` natively, at -O0 and -O3, under AddressSanitizer and under
 * valgrind. Each block of the heap is one from `malloc` then, so that they see what is used after it was freed,
 * freed twice, or touched outside. Functions of C, too (`externs/`), which `c` alone names. Under ThreadSanitizer those that use several
 * threads, and the tests of these.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import yargs from 'yargs';
import { baseConfig, buildProject, makeProject } from '../support/project.ts';
import { checkers, type Checker } from './checkers.ts';
import { checkExterns } from './externs/index.ts';
import { checkThreadScripts } from './thread-scripts.ts';

const names = ['address', 'thread', 'valgrind'] as const;
const parsed = yargs(process.argv.slice(2))
  .scriptName('npm run sanitize --')
  .usage(
    '$0 [PROGRAM…]\n\nRuns programs of test/conformance/ while each access is watched; c stands for functions of C.',
  )
  .option('with', { choices: names, describe: 'this tool alone' })
  .strictOptions()
  .parseSync();
/** Functions of C alone, in the place of a program. */
const ofC = 'c';
const named = parsed._.map(String);
const wanted = named.filter((name) => name !== ofC);

const conformance = new URL('../conformance/', import.meta.url);
const programs = ['heap', 'programs'].flatMap((folder) =>
  readdirSync(new URL(`${folder}/`, conformance)).map((file) => `${folder}/${file}`),
);
const unknown = wanted.filter((name) => !programs.some((file) => basename(file, '.ts') === name));
if (unknown.length > 0) throw new Error(`there is no program ${unknown.join(', ')}`);
const files = programs.filter(
  (file) => named.length === 0 || wanted.includes(basename(file, '.ts')),
);
/** Whether a program does something on several threads. */
const usesThreads = (file: string): boolean =>
  /\bparallel\.\w+\(|\bAtomics\.|\basync\b/.test(sourceOf(file));
const runner = fileURLToPath(new URL('cases.mjs', import.meta.url));
const chosen = names.filter((name) => parsed.with === undefined || parsed.with === name);

const sourceOf = (file: string): string => readFileSync(new URL(file, conformance), 'utf8');
/** A program and what it imports. */
const withImports = (file: string): readonly string[] => [
  file,
  ...[...sourceOf(file).matchAll(/ from '\.\/(.*)\.js'/g)].flatMap(([, name]) =>
    withImports(join(dirname(file), `${name}.ts`)),
  ),
];
const { compilerOptions } = baseConfig;
const config = { ...baseConfig, compilerOptions: { ...compilerOptions, lib: ['ES2023'] } };

/** @returns how many programs have errors */
async function checkPrograms(
  checker: Checker,
  level: 0 | 3,
  own: readonly string[],
): Promise<number> {
  // `regressions` is in both folders.
  const sources = own.flatMap(withImports).map((file) => [`src/${file}`, sourceOf(file)]);
  const project = makeProject(Object.fromEntries(sources) as Record<string, string>, config);
  try {
    const outDir = join(project.folder, 'out');
    const { diagnostics } = await buildProject(project, {
      level,
      outDir,
      emit: ['ll'],
      cpu: 'v2',
      separateBlocks: true,
    });
    if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
    checker.prepare(outDir, level);
    const check = (some: readonly string[]): boolean => {
      const built = some.map((file) => join(outDir, file.replace(/ts$/, 'js')));
      const { stdout, errors } = checker.run([runner, ...built], outDir);
      const what = some.length === 1 ? some[0] : `${some.length} programs`;
      const mark = errors.length > 0 ? '✘' : ' ';
      console.log(`${mark} ${checker.name} -O${level} ${what}: ${stdout.trim()}`);
      errors.forEach((error) => console.log(`    ${error}`));
      return errors.length === 0;
    };
    // Starting Node takes longer than a program's calls: one by one they tell which of them an error is in.
    if (check(own)) return 0;
    return own.length === 1 ? 1 : own.filter((file) => !check([file])).length || 1;
  } finally {
    project.remove();
  }
}

let failed = 0;
for (const checker of chosen.map((name) => checkers[name])) {
  if (checker.missing !== undefined) {
    console.log(`  ${checker.name} is left out: ${checker.missing}`);
    continue;
  }
  const own = files.filter((file) => !checker.isOfThreads || usesThreads(file));
  for (const level of [0, 3] as const) {
    if (checker.isOfThreads && named.length === 0)
      failed += await checkThreadScripts(checker, level);
    if (named.length === 0 || named.includes(ofC)) failed += await checkExterns(checker, level);
    if (own.length > 0) failed += await checkPrograms(checker, level, own);
  }
}
console.log(`${failed} with errors`);
process.exitCode = failed > 0 ? 1 : 0;
