/** `tsnative check`: what is wrong with a project, without compiling it. */
import { hasErrors, toJson } from '../diagnostics/list.ts';
import type { JsonDiagnostic } from '../diagnostics/list.ts';
import { command } from './command.ts';
import { Exit } from './context.ts';
import { plural, seconds } from './format.ts';
import { jsonOption, projectOption, projectPath } from './options.ts';
import { printDiagnostics, printJson } from './print.ts';
import { compileProject } from './project.ts';

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
  options: { ...projectOption, ...jsonOption },
  examples: [
    ['tsnative check', 'Check the project in this folder'],
    ['tsnative check --json', 'The same for an editor'],
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
    if (args.json) {
      const json: CheckJson = {
        command: 'check',
        version: context.version,
        ok: !failed,
        milliseconds: result.milliseconds,
        diagnostics: toJson(result.diagnostics),
      };
      printJson(json, context);
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
