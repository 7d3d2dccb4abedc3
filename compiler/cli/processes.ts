/** `tsnative run`: runs a program in processes that share the processors. */
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { command } from './command.ts';
import { last } from './options.ts';
import { UsageError } from './usage.ts';

export const runCommand = command({
  name: 'run',
  describe: 'Run a program in processes that together use each processor once',
  options: {
    smp: {
      type: 'boolean',
      default: false,
      describe: 'Each process has processors of its own, and a thread for each',
      coerce: last<boolean>,
    },
    ipc: {
      type: 'boolean',
      default: false,
      describe: 'All processes share tokens: a thread for each processor in all',
      coerce: last<boolean>,
    },
    processes: {
      alias: 'p',
      type: 'string',
      requiresArg: true,
      describe: 'How many to start; one for each processor with --smp, else 1',
      coerce: last<string>,
    },
    factor: {
      alias: 'f',
      type: 'string',
      requiresArg: true,
      default: '1',
      describe: 'How many threads there are for each processor, such as 1.5',
      coerce: last<string>,
    },
  },
  positionals: {
    script: { type: 'string', describe: 'The program, as node takes it' },
    args: { type: 'string', array: true, describe: 'What the program gets' },
  },
  isFollowed: true,
  examples: [
    ['tsnative run --smp -p 2 app.js', 'Two processes, each on half of the processors'],
    ['tsnative run --ipc app.js', 'One, which shares its threads with all it starts'],
    ['tsnative run --ipc -p 4 app.js --port 80', 'Four that share them; --port is for app.js'],
  ],
  async run({ smp, ipc, processes, factor, script, args }, context) {
    if (smp === ipc) throw wrong('`run` needs one of `--smp` and `--ipc`');
    if (script === undefined) throw wrong('`run` needs a program');
    const runProcesses = await context.loadRun();
    return runProcesses(
      {
        kind: smp ? 'smp' : 'ipc',
        processes: processes === undefined ? undefined : wholeNumber('-p', processes),
        factor: positive('-f', factor),
        script: programPath(script, context.cwd),
        args: args ?? [],
        cwd: context.cwd,
        env: context.env,
      },
      {
        warn: (text) => context.stderr.write(`tsnative run: ${text}\n`),
        takeSignals: context.takeSignals,
        signal: context.signal,
      },
    );
  },
});

/** More would be a mistake. */
const mostProcesses = 1024;

function wholeNumber(option: string, text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= 1 && value <= mostProcesses)
    return value;
  throw wrongValue(option, text, `a whole number from 1 to ${mostProcesses}`);
}

function positive(option: string, text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value > 0) return value;
  throw wrongValue(option, text, 'a number above 0');
}

const wrongValue = (option: string, text: string, expected: string): UsageError =>
  wrong(`\`${option}\` can't be \`${text}\`; it is ${expected}`);

const wrong = (problem: string): UsageError =>
  new UsageError(`error: ${problem}\n  see \`tsnative run --help\``);

/** The path that node gets, which finds a program by it. */
function programPath(script: string, cwd: string): string {
  const path = resolve(cwd, script);
  try {
    createRequire(join(cwd, 'run')).resolve(path);
    return path;
  } catch {
    throw wrong(`there is no program \`${script}\``);
  }
}
