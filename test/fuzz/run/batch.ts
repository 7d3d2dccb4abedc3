/** Many programs at once through every way of running them. */
import type { Diagnostic } from '../../../compiler/diagnostics/types.ts';
import type { OptimizationLevel, ToolchainName } from '../../../compiler/5-link/types.ts';
import type { IrModule } from '../../../compiler/ir/types.ts';
import { interpretedExports } from '../../../compiler/wire/interpret.ts';
import type { Outcome } from '../../support/outcome.ts';
import { judge, type Failure, type Verdict } from '../judge.ts';
import { entryOf, fileOf, type Program } from '../program.ts';
import { copyOf, outcomesOf } from './calls.ts';
import { compile, type Compiled } from './compile.ts';
import { runNative, type NativeRun } from './native.ts';
import { runInV8, type Reference } from './v8.ts';

export interface BatchOptions {
  /** LLVM's level; undefined leaves machine code out. */
  readonly native: OptimizationLevel | undefined;
  readonly toolchain: ToolchainName;
}

const mostSteps = 2_000_000;

type Referenced = readonly (readonly [Program, Reference])[];

/** Judges programs, which need different indices. The verdicts are by their indices. */
export async function judgeBatch(
  programs: readonly Program[],
  options: BatchOptions,
): Promise<Map<number, Verdict>> {
  const verdicts = new Map<number, Verdict>();
  const usable: [Program, Reference][] = [];
  for (const program of programs) {
    const reference = runInV8(program);
    if (reference) usable.push([program, reference]);
    else verdicts.set(program.index, { kind: 'discarded', reason: 'V8 did not finish' });
  }
  await judgeReferenced(usable, options, verdicts);
  return verdicts;
}

async function judgeReferenced(
  programs: Referenced,
  options: BatchOptions,
  verdicts: Map<number, Verdict>,
): Promise<void> {
  if (programs.length === 0) return;
  try {
    const compiled = compile(programs.map(([program]) => program));
    if ('before' in compiled) await runCompiled(programs, compiled, options, verdicts);
    else await judgeReferenced(withoutRefused(programs, compiled, verdicts), options, verdicts);
  } catch (error) {
    // One of them made the compiler fail: halving finds it, unless it fails for all of them.
    const failure = compilerFailure(error);
    const same = [...verdicts.values()].filter((other) => isSame(other, failure)).length;
    if (programs.length === 1 || same >= enoughAlike) {
      for (const [program] of programs) verdicts.set(program.index, failure);
      return;
    }
    const half = Math.ceil(programs.length / 2);
    await judgeReferenced(programs.slice(0, half), options, verdicts);
    await judgeReferenced(programs.slice(half), options, verdicts);
  }
}

/** After so many programs that fail alike the others of a batch aren't tried one by one. */
const enoughAlike = 4;

const isSame = (verdict: Verdict, failure: Failure): boolean =>
  verdict.kind === 'failed' && verdict.what === failure.what;

function compilerFailure(error: unknown): Failure {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const [line = ''] = text.split('\n');
  const what = `the compiler fails: ${line.replace(/[%@]?\w*\d+\w*/g, '#')}`;
  return { kind: 'failed', what, call: undefined, details: { error: text } };
}

/** The programs that the compiler has nothing against; the others' verdicts are set. */
function withoutRefused(
  programs: Referenced,
  diagnostics: readonly Diagnostic[],
  verdicts: Map<number, Verdict>,
): Referenced {
  const kept = programs.filter(([program]) => {
    const own = diagnostics.filter(({ place }) => place?.file.endsWith(`/${fileOf(program)}`));
    const [first] = own;
    if (!first) return true;
    if (!first.code.startsWith('TSN')) {
      // The generator knows less than TypeScript of what a variable can be.
      const reason = `TypeScript refuses it: ${first.code}`;
      verdicts.set(program.index, { kind: 'discarded', reason });
      return false;
    }
    const messages = own.map(
      ({ code, place, message }) => `${place?.line}:${place?.column} ${code} ${message}`,
    );
    const what = `the compiler refuses it: ${first.code}`;
    verdicts.set(program.index, { kind: 'failed', what, call: undefined, details: { messages } });
    return false;
  });
  if (kept.length === programs.length) throw new Error(diagnostics[0]?.message ?? 'refused');
  return kept;
}

async function runCompiled(
  programs: Referenced,
  { before, after }: Compiled,
  { native: level, toolchain }: BatchOptions,
  verdicts: Map<number, Verdict>,
): Promise<void> {
  const jobs = programs.map(([program, { constants }]) => ({
    index: program.index,
    id: idOf(exportOf(after, program)),
    sets: program.sets,
    constants,
    parallel: program.parallel,
    globals: Object.fromEntries(
      after.globals
        .filter(({ span }) => span?.file === fileOf(program))
        .map(({ name, sourceName }) => [sourceName, name]),
    ),
  }));
  // LLVM's process works while the interpreters run.
  const running: Promise<Map<number, NativeRun[]>> =
    level === undefined ? Promise.resolve(new Map()) : runNative(after, jobs, { level, toolchain });
  const first = interpret(before, programs);
  const second = interpret(after, programs);
  const native = await running;
  for (const [program, { outcomes }] of programs) {
    const { index } = program;
    const runs = {
      v8: outcomes,
      before: first.get(index) ?? [],
      after: second.get(index) ?? [],
      native: level === undefined ? undefined : (native.get(index) ?? []),
    };
    verdicts.set(index, judge(program, runs));
  }
}

function exportOf(module: IrModule, program: Program): IrModule['exports'][number] {
  const { name } = entryOf(program);
  const file = fileOf(program);
  const found = module.exports.find(
    (item) => item.name === name && item.restOf === undefined && item.span?.file === file,
  );
  if (!found) throw new Error(`the module has no entry of ${file}`);
  return found;
}

/** By what the loader and the interpreter know an export. */
const idOf = ({ callee, wire }: IrModule['exports'][number]): string => wire?.callee ?? callee;

/** The outcomes of all programs' calls in the interpreter, by the programs' indices. */
function interpret(module: IrModule, programs: Referenced): Map<number, readonly Outcome[]> {
  const own = programs.map(([program, { constants }]) => [program, copyOf(constants)] as const);
  const byFile = new Map(own.map(([program, constants]) => [fileOf(program), constants]));
  const globals = Object.fromEntries(
    module.globals.map(({ name, sourceName, span }) => [
      name,
      byFile.get(span?.file ?? '')?.[sourceName],
    ]),
  );
  const functions = interpretedExports(module, { globals, maxSteps: mostSteps });
  return new Map(
    own.map(([program, constants]) => {
      const call = functions[idOf(exportOf(module, program))];
      if (!call) throw new Error(`the interpreter has no entry of ${fileOf(program)}`);
      return [program.index, outcomesOf(call, program.sets, constants)];
    }),
  );
}
