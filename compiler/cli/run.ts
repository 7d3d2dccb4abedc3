/** The command line from its words to the exit code. */
import { bindgenCommand } from './bindgen.ts';
import { buildCommand } from './build.ts';
import { checkCommand } from './check.ts';
import type { Command } from './command.ts';
import { Exit } from './context.ts';
import type { CliContext } from './context.ts';
import { doctorCommand } from './doctor.ts';
import { diagnosticOf } from './failures.ts';
import { initCommand } from './init.ts';
import { packageCommand } from './package.ts';
import { runCommand } from './processes.ts';
import { parse } from './parser.ts';
import { reportCommand } from './report.ts';
import { printDiagnostics } from './print.ts';
import { UsageError } from './usage.ts';

const commands: readonly Command[] = [
  buildCommand,
  checkCommand,
  reportCommand,
  packageCommand,
  runCommand,
  bindgenCommand,
  initCommand,
  doctorCommand,
];

/**
 * Runs a command line (without node and script) and returns the exit code, one of `Exit`.
 * Whatever goes wrong is printed; it does not throw.
 */
export async function run(argv: readonly string[], context: CliContext): Promise<number> {
  try {
    const parsed = await parse(argv, commands, context);
    if (parsed.kind === 'print') {
      context.stdout.write(parsed.text);
      return Exit.ok;
    }
    const exit = await parsed.run();
    return context.signal.aborted ? interrupted(context) : exit;
  } catch (error) {
    if (context.signal.aborted) return interrupted(context);
    if (error instanceof UsageError) {
      context.stderr.write(`${error.message}\n`);
      return Exit.usage;
    }
    const diagnostic = diagnosticOf(error);
    if (diagnostic !== undefined) {
      await printDiagnostics([diagnostic], context);
      return Exit.problems;
    }
    context.stderr.write(crashReport(error, context));
    return Exit.crash;
  }
}

function interrupted(context: CliContext): number {
  context.stderr.write('interrupted\n');
  return Exit.interrupted;
}

function crashReport(error: unknown, context: CliContext): string {
  const name = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const wantsStack = context.env['TSNATIVE_DEBUG'] === '1';
  const stack = error instanceof Error ? (error.stack ?? name) : name;
  return `tsnative has failed; this is a bug in tsnative, not in your code.

  ${name.split('\n', 1)[0] ?? name}
  tsnative ${context.version}, node ${process.versions.node}, ${process.platform}-${process.arch}

Please report it with these lines and, if you can, the source that causes it.
${wantsStack ? `\n${stack}\n` : 'TSNATIVE_DEBUG=1 shows where it happened.\n'}`;
}
