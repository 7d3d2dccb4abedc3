/** `tsnative build`: the project's JavaScript and its addon. */
import { resolve } from 'node:path';
import type { BuildResult, BuildOptions } from '../build-types.ts';
import { hasErrors, toJson } from '../diagnostics/list.ts';
import type { JsonDiagnostic } from '../diagnostics/list.ts';
import { command } from './command.ts';
import { Exit } from './context.ts';
import type { CliContext } from './context.ts';
import { choice, choiceList, jsonOption, last, projectOption, projectPath } from './options.ts';
import { printDiagnostics, printJson } from './print.ts';
import { UsageError } from './usage.ts';
import { compileProject } from './project.ts';
import { targetOption, targetsOf } from './target.ts';

const levels = ['0', '1', '2', '3'] as const;

/** What decides the machine code, of the commands that make some. */
export const machineOptions = {
  toolchain: {
    type: 'string',
    requiresArg: true,
    default: 'auto',
    describe: 'Which LLVM compiles; see tsnative doctor',
    ...choice('--toolchain', ['auto', 'bundled', 'system', 'llvm14']),
  },
  O: {
    type: 'string',
    requiresArg: true,
    default: '3',
    describe: 'How much LLVM optimizes, as -O3',
    ...choice('-O', levels),
  },
  cpu: {
    type: 'string',
    requiresArg: true,
    defaultDescription: 'baseline,v3 on x64, else baseline',
    describe:
      'Levels to choose from at load, of baseline, v1, v3, v4; or native, or a name as clang knows it',
    coerce: last<string>,
  },
} as const;

export const buildCommand = command({
  name: 'build',
  describe: 'Compile the project: what tsc writes, with native functions in one addon',
  positionals: {
    modules: {
      type: 'string',
      array: true,
      defaultDescription: 'none',
      describe: 'With --hints: the JavaScript or TypeScript modules to make native copies of',
    },
  },
  options: {
    ...projectOption,
    hints: {
      type: 'string',
      requiresArg: true,
      describe: "A hints file, which types modules that aren't yours; several with commas",
      coerce: last<string>,
    },
    'out-dir': {
      type: 'string',
      requiresArg: true,
      describe: "Where to write, instead of the tsconfig's outDir",
      coerce: last<string>,
    },
    ...targetOption('host'),
    emit: {
      type: 'string',
      requiresArg: true,
      default: '',
      defaultDescription: 'nothing',
      describe:
        'Write more: c (library and header), python (module), ll (LLVM assembly), asm, ir; with commas',
      ...choiceList('--emit', ['ll', 'asm', 'ir', 'c', 'python']),
    },
    static: {
      type: 'boolean',
      default: false,
      describe: 'With --emit c: a static library',
      coerce: last<boolean>,
    },
    ...machineOptions,
    debug: {
      alias: 'g',
      type: 'boolean',
      default: false,
      describe: 'Keep names and lines in the addon, for gdb and perf (Linux)',
      coerce: last<boolean>,
    },
    explain: {
      type: 'boolean',
      default: false,
      describe: 'Tell what became of loops, checks and allocations, and why',
      coerce: last<boolean>,
    },
    watch: {
      alias: 'w',
      type: 'boolean',
      default: false,
      describe: 'Build again after each edit, until Ctrl-C; with --json a line each time',
      coerce: last<boolean>,
    },
    ...jsonOption,
  },
  examples: [
    ['tsnative build', 'Compile the project in this folder'],
    ['tsnative build -p packages/dsp', 'Compile the project of another folder'],
    ['tsnative build --target all', 'For every platform, from this one'],
    ['tsnative build --target linux-x64,win32-x64', 'For two of them'],
    ['tsnative build --cpu baseline,v3,v4', 'For each machine the best of three'],
    ['tsnative build --cpu native', 'For this machine, with all it can do'],
    ['tsnative build --emit ll,asm', 'Leave the assembly to read'],
    ['tsnative build --emit c --target all', 'Libraries and a header for C, too'],
    ['tsnative build --emit python', 'A Python module, too'],
    ['tsnative build --watch', 'Again after each edit'],
    ['tsnative build --explain', 'See which loops are vectorised'],
    [
      'tsnative build --hints dep.hints.d.ts --out-dir native/dep node_modules/dep/index.js',
      'Make a native copy of a package',
    ],
  ],
  async run(args, context) {
    const modules = modulesOf(args, context);
    if (args.static && !args.emit.includes('c'))
      throw new UsageError('error: `--static` is for `--emit c`\n  see `tsnative build --help`');
    const options: BuildOptions = {
      project: modules?.entries[0] ?? projectPath(args.project, context),
      ...(modules && { modules }),
      ...(args['out-dir'] !== undefined && { outDir: args['out-dir'] }),
      emit: args.emit,
      ...(args.static && { isStatic: true }),
      toolchain: args.toolchain,
      level: levelOf(args.O),
      targets: targetsOf(args.target),
      ...(args.cpu !== undefined && { cpu: args.cpu }),
      ...(context.env['TSNATIVE_ASSERT_ELIDED'] === '1' && { assertElided: true }),
      ...(args.debug && { debug: true }),
      checkOnly: false,
    };
    if (args.watch) {
      refuseWatching(args, modules);
      const { watchProject } = await import('./watch.ts');
      return watchProject(options, (result) => tell(result, args, context), args, context);
    }
    const result = await compileProject(options, context);
    await tell(result, args, context);
    return hasErrors(result.diagnostics) ? Exit.problems : Exit.ok;
  },
});

/** Prints what a build has to say. */
async function tell(
  result: BuildResult,
  args: Parameters<typeof printExplanation>[0] & Record<'json' | 'explain' | 'watch', boolean>,
  context: CliContext,
): Promise<void> {
  const failed = hasErrors(result.diagnostics);
  if (args.json) printJsonResult(result, failed, args.watch, context);
  else {
    await printDiagnostics(result.diagnostics, context);
    if (!failed) {
      const { summarize } = await import('./summary.ts');
      const { colour } = context.stdout;
      if (args.explain) await printExplanation(args, context);
      context.stdout.write(summarize(result, { colour, cwd: context.cwd }));
    }
  }
}

/** @throws {UsageError} for what isn't done again after each edit */
function refuseWatching(
  { explain }: { readonly explain: boolean },
  modules: BuildOptions['modules'],
): void {
  const other = explain ? '--explain' : modules ? '--hints' : undefined;
  if (other !== undefined)
    throw new UsageError(
      `error: \`--watch\` can't be with \`${other}\`\n  see \`tsnative build --help\``,
    );
}

/** The modules that `--hints` types. @throws {UsageError} for one without the other */
function modulesOf(
  args: { readonly hints?: string; readonly 'out-dir'?: string; readonly modules?: string[] },
  { cwd }: CliContext,
): BuildOptions['modules'] {
  const entries = (args.modules ?? []).map((file) => resolve(cwd, file));
  const hints = (args.hints ?? '').split(',').filter(Boolean);
  if (hints.length === 0 && entries.length === 0) return undefined;
  const wrong = (words: string): never => {
    throw new UsageError(`error: ${words}\n  see \`tsnative build --help\``);
  };
  if (hints.length === 0) wrong('modules are built with `--hints FILE`; a project with `-p`');
  if (entries.length > 0 && args['out-dir'] === undefined)
    wrong('`--hints` needs `--out-dir`, where the copies go');
  return { hints: hints.map((file) => resolve(cwd, file)), entries };
}

/** What became of the source, before the list of what was built. */
async function printExplanation(
  args: Pick<BuildOptions, 'project' | 'toolchain' | 'cpu'> & { readonly O: Level },
  context: CliContext,
): Promise<void> {
  const { explainProject } = await import('./explain.ts');
  const { explainReport } = await import('../report/summary.ts');
  const { project, toolchain, cpu, O } = args;
  const { report } = await explainProject(
    {
      project: projectPath(project, context),
      toolchain,
      level: levelOf(O),
      cpu,
      version: context.version,
    },
    context,
  );
  const { colour, columns } = context.stdout;
  if (report) context.stdout.write(`${explainReport(report, { colour, columns })}\n`);
}

type Level = (typeof levels)[number];

export function levelOf(text: Level): BuildOptions['level'] {
  // Safe: the union's texts are the numbers of the level type.
  return Number(text) as BuildOptions['level'];
}

/** What `build --json` prints; `null` stands where `BuildResult` has undefined. */
export interface BuildJson extends Pick<
  BuildResult,
  | 'upToDate'
  | 'functions'
  | 'callbacks'
  | 'parallel'
  | 'plain'
  | 'outputs'
  | 'addons'
  | 'milliseconds'
> {
  readonly command: 'build';
  /** Of tsnative. */
  readonly version: string;
  /** No diagnostic is an error, so the outputs are written. */
  readonly ok: boolean;
  readonly toolchain: string | null;
  readonly diagnostics: readonly JsonDiagnostic[];
}

function printJsonResult(
  result: BuildResult,
  failed: boolean,
  isOneOfMany: boolean,
  context: CliContext,
): void {
  const {
    upToDate,
    functions,
    callbacks,
    parallel,
    plain,
    outputs,
    addons,
    milliseconds,
    toolchain = null,
  } = result;
  const json: BuildJson = {
    command: 'build',
    version: context.version,
    ok: !failed,
    upToDate,
    milliseconds,
    functions,
    callbacks,
    parallel,
    plain,
    outputs,
    addons,
    toolchain,
    diagnostics: toJson(result.diagnostics),
  };
  if (isOneOfMany) context.stdout.write(`${JSON.stringify(json)}\n`);
  else printJson(json, context);
}
