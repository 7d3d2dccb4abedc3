/**
 * Every program of `programs/` runs in all ways: as plain JavaScript, in the IR interpreter before and
 * after optimisation, also with the checks as assertions that were elided, and natively at -O0 and, for
 * each level of CPUs, at -O3. Results, errors and array bytes must agree.
 */
import { cpSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { compileProject } from '../../compiler/front-end.ts';
import { detectCpu } from '../../compiler/cli/cpu.ts';
import { createInterpreter } from '../../compiler/ir/interpret.ts';
import { selectToolchain } from '../../compiler/5-link/select.ts';
import type { ToolchainName } from '../../compiler/5-link/types.ts';
import { cpuLevel } from '../support/cpu.ts';
import { outcomeOf, show, type Outcome } from '../support/outcome.ts';
import { buildProject, makeProject, type TestProject } from '../support/project.ts';
import { distanceInUlps } from '../support/ulp.ts';

interface Program {
  readonly cases: readonly (readonly [string, readonly unknown[]])[];
  /** Results may be off by two units in the last place from V8's, but not among our own. */
  readonly approximate?: boolean;
  /** Functions in which a check of tsnative's throws where JavaScript goes on. */
  readonly checked?: readonly string[];
  readonly [name: string]: unknown;
}

type Call = (...args: unknown[]) => unknown;
type Run = (name: string) => Call;

const folder = new URL('./programs/', import.meta.url);
const names = readdirSync(folder).map((file) => file.replace(/\.ts$/, ''));
const toolchain = (process.env['TSNATIVE_TEST_TOOLCHAIN'] ?? 'bundled') as ToolchainName;

const project: TestProject = makeProject(
  Object.fromEntries(
    names.map((name) => [`src/${name}.ts`, readFileSync(new URL(`${name}.ts`, folder), 'utf8')]),
  ),
);

/** The levels of CPUs that native code is made for; those that this one lacks can't be run. */
const cpuLevels = ['baseline', 'v3', 'v4'] as const;
const cpuCount = cpuLevels.filter((_, index) => cpuLevel() >= index + 2).length;

/** Compiles the programs for all levels of CPUs where there are such. */
async function built(level: 0 | 3): Promise<string> {
  const outDir = join(project.folder, `out-O${level}`);
  const cpu = process.arch === 'x64' ? cpuLevels.join(',') : undefined;
  const result = await buildProject(project, {
    level,
    outDir,
    toolchain,
    ...(cpu !== undefined && { cpu }),
  });
  assert.equal(result.diagnostics, []);
  return outDir;
}

/** Loads the emitted JavaScript of a build with native code required, for one level of CPUs. */
function native(folder: string, cpu?: string): (program: string) => Promise<Run> {
  // Node loads each file once, so each level gets files of its own.
  const outDir = cpu === undefined ? folder : `${folder}-${cpu}`;
  if (cpu !== undefined) cpSync(folder, outDir, { recursive: true });
  return async (program) => {
    process.env['TSNATIVE'] = 'require';
    process.env['TSNATIVE_CPU'] = cpu ?? '';
    const url = pathToFileURL(join(outDir, `${program}.js`)).href;
    const loaded = (await import(url)) as Record<string, Call>;
    return (name) => loaded[name] ?? missing(name);
  };
}

const missing = (name: string): never => {
  throw new Error(`no function ${name}`);
};

/** The program as IR in the interpreter; a level of 0 is what the lowering made. */
async function interpreted(
  level: 0 | 3,
  assertElided = false,
): Promise<(program: string) => Promise<Run>> {
  const { module, diagnostics } = compileProject(project.tsconfig, level, { assertElided });
  assert.equal(diagnostics, []);
  if (!module) throw new Error('no module');
  const constants = (await import(new URL('constants.ts', folder).href)) as Record<string, unknown>;
  const globals = Object.fromEntries(
    module.globals.map((global) => {
      const value = constants[global.sourceName];
      // Each way of running has its own copy, which programs change alike.
      return [global.name, ArrayBuffer.isView(value) ? (value as Int32Array).slice() : value];
    }),
  );
  const interpreter = createInterpreter(module, { globals });
  return async () => (name) => {
    const exported = module.exports.find((candidate) => candidate.name === name) ?? missing(name);
    return (...args) => interpreter.callExport(exported, args);
  };
}

const ways: [string, Awaited<ReturnType<typeof interpreted>>][] = [];
const test = suite('conformance');

test.before(async () => {
  await selectToolchain(toolchain);
  ways.push(['interpreter', await interpreted(0)]);
  ways.push(['interpreter after optimisation', await interpreted(3)]);
  ways.push(['interpreter with the elided checks', await interpreted(3, true)]);
  ways.push(['native -O0', native(await built(0))]);
  const folder = await built(3);
  if (cpuCount === 0) ways.push(['native -O3', native(folder)]);
  for (const [index, cpu] of cpuLevels.entries())
    if (index < cpuCount) ways.push([`native -O3 for ${cpu}`, native(folder, cpu)]);
    else console.log(`» skipped: native code for ${cpu}: this CPU is ${detectCpu().level}`);
});

test.after(() => project.remove());

/** Errors of tsnative's own checks, which JavaScript doesn't have. */
const isCheck = (outcome: Outcome): boolean =>
  /^(RangeError: ((write to )?index .* is outside|.* does not fit|The shifted bigint)|TypeError: .* can't be undefined)/.test(
    outcome.error ?? '',
  );

for (const name of names) {
  test(name, async () => {
    const program = (await import(new URL(`${name}.ts`, folder).href)) as Program;
    if (!program.cases) return;
    const runs: [string, Run][] = [];
    for (const [way, load] of ways) runs.push([way, await load(name)]);
    let checked = 0;
    for (const [fn, args] of program.cases) {
      const plain = outcomeOf(program[fn] as Call, args);
      const ours = runs.map(([way, run]) => [way, outcomeOf(run(fn), args)] as const);
      const [, first] = ours[0] ?? missing('runs');
      const call = `${fn}(${args.map(show).join(', ')})`;
      for (const [way, outcome] of ours) assert.equal(outcome, first, `${call}: ${way}`);
      if (isCheck(first) && program.checked?.includes(fn)) checked++;
      else if (program.approximate) closeTo(first, plain, call);
      else assert.equal(first, plain, `${call}: V8`);
    }
    console.log(`  ${name}: ${program.cases.length} cases, ${checked} of them stopped by a check`);
  });
}

/** Whether two results are at most two units in the last place apart. */
function closeTo(ours: Outcome, plain: Outcome, call: string): void {
  const numbers = (outcome: Outcome): number[] =>
    (/\[(.*)\]$/.exec(outcome.result ?? '')?.[1] ?? '').split(' ').map(Number);
  const expected = numbers(plain);
  numbers(ours).forEach((value, index) => {
    const apart = distanceInUlps(value, expected[index] ?? NaN);
    assert.ok(apart <= 2, `${call}[${index}]: ${value}, V8 ${expected[index]}: ${apart} ulp apart`);
  });
}

test.run();
