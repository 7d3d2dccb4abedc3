/** `tsnative check`: what is wrong with a project, without compiling it. */
import type { FormatName } from '../diagnostics/formats.ts';
import { hasErrors, toJson } from '../diagnostics/list.ts';
import type { JsonDiagnostic } from '../diagnostics/list.ts';
import { command } from './command.ts';
import { Exit } from './context.ts';
import { plural, seconds } from './format.ts';
import { choice, jsonOption, projectOption, projectPath } from './options.ts';
import { printDiagnostics, printJson } from './print.ts';
import { compileProject } from './project.ts';

const formats = ['pretty', 'unix', 'json', 'github', 'sarif'] as const satisfies readonly (
  'pretty' | 'json' | FormatName
)[];

/** What `check --json` prints. */
export interface CheckJson {
  readonly command: 'check';
  /** Of tsnative. */
  readonly version: string;
  /** No diagnostic is an error. */
  readonly ok: boolean;
  readonly milliseconds: number;
  readonly diagnostics: readonly JsonDiagnostic[];
}

export const checkCommand = command({
  name: 'check',
  describe: 'Tell what is wrong with the project, and write nothing',
  options: {
    ...projectOption,
    format: {
      type: 'string',
      requiresArg: true,
      default: 'pretty',
      describe: 'How: pretty, unix (a line each), github (annotations), sarif or json',
      ...choice('--format', formats),
    },
    ...jsonOption,
  },
  examples: [
    ['tsnative check', 'Check the project in this folder'],
    ['tsnative check --json', 'The same for an editor'],
    ['tsnative check --format github', 'The same in a workflow of GitHub Actions'],
    ['tsnative check --format sarif > tsnative.sarif', 'The same for code scanning'],
  ],
  async run(args, context) {
    const result = await compileProject(
      {
        project: projectPath(args.project, context),
        emit: [],
        toolchain: 'auto',
        level: 3,
        checkOnly: true,
      },
      context,
    );
    const failed = hasErrors(result.diagnostics);
    const format = args.json ? 'json' : args.format;
    if (format === 'json') {
      const json: CheckJson = {
        command: 'check',
        version: context.version,
        ok: !failed,
        milliseconds: result.milliseconds,
        diagnostics: toJson(result.diagnostics),
      };
      printJson(json, context);
    } else if (format !== 'pretty') {
      const { formatters } = await import('../diagnostics/formats.ts');
      const { cwd, version } = context;
      context.stdout.write(formatters[format](result.diagnostics, { cwd, version }));
    } else {
      await printDiagnostics(result.diagnostics, context);
      if (!failed) {
        const checked = plural(result.functions.length, 'native function');
        context.stdout.write(`${checked}, no errors (${seconds(result.milliseconds)})\n`);
      }
    }
    return failed ? Exit.problems : Exit.ok;
  },
});
