/** `tsnative report`: a page that shows, line by line, what the compiler made of the source. */
import { resolve } from 'node:path';
import { displayPath, hasErrors, toJson } from '../diagnostics/list.ts';
import type { JsonDiagnostic } from '../diagnostics/list.ts';
import type { Report } from '../report/model.ts';
import { levelOf, machineOptions } from './build.ts';
import { command } from './command.ts';
import { Exit } from './context.ts';
import { explainProject } from './explain.ts';
import { replaceFile } from './files.ts';
import { bytes, plural } from './format.ts';
import { openInBrowser } from './open.ts';
import { jsonOption, last, projectOption, projectPath } from './options.ts';
import { printDiagnostics, printJson } from './print.ts';

/** What `report --json` prints. */
export interface ReportJson {
  readonly command: 'report';
  /** Of tsnative. */
  readonly version: string;
  /** No diagnostic is an error. */
  readonly ok: boolean;
  readonly report: Report | null;
  readonly diagnostics: readonly JsonDiagnostic[];
}

export const reportCommand = command({
  name: 'report',
  describe: 'Write a page that shows, line by line, what became of the source and why',
  options: {
    ...projectOption,
    out: {
      type: 'string',
      requiresArg: true,
      default: 'tsnative-report.html',
      describe: 'The file to write',
      coerce: last<string>,
    },
    open: {
      type: 'boolean',
      default: false,
      describe: 'Show it in the browser',
      coerce: last<boolean>,
    },
    ...machineOptions,
    ...jsonOption,
  },
  examples: [
    ['tsnative report', 'Write tsnative-report.html'],
    ['tsnative report --open', 'And show it in the browser'],
    ['tsnative report --cpu native', 'As code for this machine alone'],
    ['tsnative report --json > report.json', 'The same as data'],
  ],
  async run(args, context) {
    const { diagnostics, report } = await explainProject(
      {
        project: projectPath(args.project, context),
        toolchain: args.toolchain,
        level: levelOf(args.O),
        cpu: args.cpu,
        version: context.version,
      },
      context,
    );
    const ok = !hasErrors(diagnostics);
    if (args.json) {
      const { version } = context;
      const json: ReportJson = {
        command: 'report',
        version,
        ok,
        report: report ?? null,
        diagnostics: toJson(diagnostics),
      };
      printJson(json, context);
      return ok ? Exit.ok : Exit.problems;
    }
    await printDiagnostics(diagnostics, context);
    if (!report) return Exit.problems;
    const { htmlReport } = await import('../report/html.ts');
    const path = resolve(context.cwd, args.out);
    const html = htmlReport(report);
    await replaceFile(path, html);
    const functions = report.files.reduce((sum, file) => sum + file.functions.length, 0);
    context.stdout.write(
      `${displayPath(path, context.cwd)}  ${bytes(Buffer.byteLength(html))}, ${plural(functions, 'native function')}\n`,
    );
    if (args.open) openInBrowser(path);
    return Exit.ok;
  },
});
