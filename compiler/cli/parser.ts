/** From a command line to the command to run, through yargs. */
import yargs from 'yargs';
import type { Argv } from 'yargs';
import type { Command } from './command.ts';
import type { CliContext } from './context.ts';
import { commandOf, explain, UsageError } from './usage.ts';

const widest = 100;

const epilogue = `Exit codes: 0 done, 1 the project has errors, 2 wrong usage.
Colours show on a terminal; NO_COLOR=1 and FORCE_COLOR=1 decide otherwise.`;

/** Either what to run or what to print: help or the version. */
export type Parsed =
  | { readonly kind: 'run'; readonly run: () => Promise<number> }
  | { readonly kind: 'print'; readonly text: string };

/**
 * Reads a command line (without node and script).
 * @throws {UsageError} when it makes no sense
 */
export async function parse(
  argv: readonly string[],
  commands: readonly Command[],
  context: CliContext,
): Promise<Parsed> {
  let parsed: Parsed | undefined;
  let problem: Error | undefined;
  const parser = makeParser(commands, context, (run) => (parsed = { kind: 'run', run }));
  if (argv.length === 0) throw new UsageError(await parser.getHelp());
  await parser.parseAsync(withEndOfOptions(argv, commands), {}, (error, _, output) => {
    if (error) problem = error;
    else if (output) parsed = { kind: 'print', text: `${output}\n` };
  });
  if (problem !== undefined) {
    const help = ['tsnative', commandOf(argv, commands)?.name, '--help'].filter(Boolean).join(' ');
    const words = explain(problem.message, argv, commands);
    throw new UsageError(`error: ${words}\n  see \`${help}\``);
  }
  // yargs runs a command, prints help or the version, or reports a problem.
  return parsed ?? { kind: 'print', text: `${await parser.getHelp()}\n` };
}

/** Puts a `--` in front of the first positional of a command for which what follows isn't meant. */
function withEndOfOptions(argv: readonly string[], commands: readonly Command[]): string[] {
  const command = commandOf(argv, commands);
  if (!command?.isFollowed) return [...argv];
  const options = Object.entries(command.options).flatMap(([long, { alias = [], type }]) =>
    [long, ...[alias].flat()].map((name) => ({ name, takesValue: type !== 'boolean' })),
  );
  const start = argv.indexOf(command.name) + 1;
  for (let index = start; index < argv.length; index++) {
    const word = argv[index] ?? '';
    if (word === '--') break;
    if (!word.startsWith('-')) return [...argv.slice(0, index), '--', ...argv.slice(index)];
    const option = options.find(
      ({ name }) => word === (name.length === 1 ? `-${name}` : `--${name}`),
    );
    if (option?.takesValue) index++;
  }
  return [...argv];
}

/** yargs leaves what stands behind the `--` among the words of the command. */
function withPositionals<A extends { readonly _: readonly (string | number)[] }>(
  args: A,
  { positionals = {} }: Command,
): A {
  const [, ...words] = args._.map(String);
  const entries = Object.entries(positionals).map(([name, { array }], index) => [
    name,
    array ? words.slice(index) : words[index],
  ]);
  return { ...args, ...Object.fromEntries(entries) };
}

function makeParser(
  commands: readonly Command[],
  context: CliContext,
  choose: (run: () => Promise<number>) => void,
): Argv {
  const parser = yargs()
    .scriptName('tsnative')
    .locale('en') // `explain` reads the messages
    .parserConfiguration({
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
    })
    .usage('$0 <command>\n\nCompiles /** @native */ TypeScript functions to machine code.')
    .wrap(Math.min(widest, context.stdout.columns))
    .help()
    .alias('help', 'h')
    .version(context.version)
    .alias('version', 'v')
    .showHelpOnFail(false)
    .strict()
    .demandCommand(1)
    .exitProcess(false)
    .example('npx tsnative init', 'Set up a project')
    .example('npx tsnative build', 'Compile it')
    .epilogue(epilogue);
  for (const command of commands) {
    const positionals = Object.entries(command.positionals ?? {});
    const form = [
      command.name,
      ...positionals.map(([name, { array }]) => `[${name}${array ? '..' : ''}]`),
    ].join(' ');
    parser.command({
      command: form,
      describe: command.describe,
      builder: (y) => {
        for (const [name, options] of positionals) y.positional(name, options);
        for (const [line, meaning] of command.examples) y.example(line, meaning);
        return y.options(command.options).usage(`$0 ${form} [options]\n\n${command.describe}`);
      },
      handler: (args) => {
        const given = command.isFollowed ? withPositionals(args, command) : args;
        choose(() => command.run(given, context));
      },
    });
  }
  return parser;
}
