/**
 * Programs of `heap/`, whose values live in native memory: as plain JavaScript, in the IR interpreter before
 * optimisation, and after it with the checks as assertions that were elided, and natively at -O0 and -O3.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readProject } from '../../compiler/1-read/project.ts';
import { lowerProject } from '../../compiler/2-lower/index.ts';
import { optimized } from '../../compiler/front-end.ts';
import type { Reading } from '../../compiler/1-read/model.ts';
import { verifyModule } from '../../compiler/ir/verify.ts';
import { interpretedExports } from '../../compiler/wire/interpret.ts';
import { cpuLevel } from '../support/cpu.ts';
import { settledOutcomeOf, show, type Outcome } from '../support/outcome.ts';
import { baseConfig, buildProject, makeProject } from '../support/project.ts';

interface Program {
  readonly cases: readonly (readonly [string, readonly unknown[]])[];
  /** Functions in which a check of tsnative's throws where JavaScript goes on. */
  readonly checked?: readonly string[];
  readonly [name: string]: unknown;
}

type Call = (...args: unknown[]) => unknown;

const folder = new URL('./heap/', import.meta.url);
const wanted = process.argv.slice(2);
const names = readdirSync(folder)
  .map((file) => file.replace(/\.ts$/, ''))
  .filter((name) => wanted.length === 0 || wanted.includes(name));
const project = makeProject(
  Object.fromEntries(
    names.map((name) => [`src/${name}.ts`, readFileSync(new URL(`${name}.ts`, folder), 'utf8')]),
  ),
  { ...baseConfig, compilerOptions: { ...baseConfig.compilerOptions, lib: ['ES2023'] } },
);
const test = suite('conformance of what is on the heap');

/** Gives a function of a program; two programs may have one of the same name. */
type Run = (program: string, name: string) => Call;

function interpreted(reading: Reading, level: 0 | 3): Run {
  const lowering = lowerProject(reading);
  assert.equal(lowering.diagnostics, []);
  const module = optimized({ reading, lowering }, level, { assertElided: true });
  assert.equal(verifyModule(module), []);
  const functions = interpretedExports(module);
  return (program, name) => {
    const exported = module.exports.find(
      (candidate) =>
        candidate.name === name &&
        candidate.restOf === undefined &&
        candidate.span?.file.endsWith(`/${program}.ts`),
    );
    const call = exported && functions[exported.wire?.callee ?? exported.callee];
    if (!call) throw new Error(`no function ${name}`);
    return call;
  };
}

/** Builds the programs and loads them. */
async function native(level: 0 | 3): Promise<Run> {
  const outDir = join(project.folder, `out-O${level}`);
  // For this machine alone: `conformance.test.ts` has all levels of CPUs.
  const cpu = level === 3 && cpuLevel() >= 3 ? 'v3' : 'baseline';
  const { diagnostics } = await buildProject(project, { level, outDir, cpu });
  assert.equal(diagnostics, []);
  process.env['TSNATIVE'] = 'require';
  const loaded = new Map<string, Record<string, Call>>();
  for (const program of names)
    loaded.set(
      program,
      (await import(pathToFileURL(join(outDir, `${program}.js`)).href)) as Record<string, Call>,
    );
  return (program, name) => {
    const call = loaded.get(program)?.[name];
    if (!call) throw new Error(`no function ${name}`);
    return call;
  };
}

const runs: [string, Run][] = [];
test('the programs compile', async () => {
  const reading = readProject({ project: project.tsconfig });
  runs.push(['interpreter', interpreted(reading, 0)]);
  runs.push(['interpreter with the elided checks', interpreted(reading, 3)]);
  runs.push(['native -O0', await native(0)]);
  runs.push(['native -O3', await native(3)]);
});
test.after(() => project.remove());

/** Errors of tsnative's own checks, which JavaScript doesn't have. */
const isCheck = ({ error = '' }: Outcome): boolean =>
  /^(RangeError: ((write to )?index .* is outside|.* does not fit|.* would make holes)|TypeError: .* (can't be (undefined|null)$|is no ))/.test(
    error,
  );

for (const name of names) {
  test(name, async () => {
    const program = (await import(new URL(`${name}.ts`, folder).href)) as Program;
    let checked = 0;
    for (const [fn, args] of program.cases) {
      const call = `${fn}(${args.map(show).join(', ')})`;
      const plain = await settledOutcomeOf(program[fn] as Call, args);
      const ours: (readonly [string, Outcome])[] = [];
      for (const [way, run] of runs) ours.push([way, await settledOutcomeOf(run(name, fn), args)]);
      const first = ours[0]?.[1];
      if (!first) throw new Error('nothing ran');
      for (const [way, outcome] of ours) assert.equal(outcome, first, `${call}: ${way}`);
      if (isCheck(first) && program.checked?.includes(fn)) checked++;
      else assert.equal(first, plain, `${call}: V8`);
    }
    console.log(`  ${name}: ${program.cases.length} cases, ${checked} of them stopped by a check`);
  });
}

test.run();
