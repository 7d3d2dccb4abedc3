/** Options that several commands share, and how their values are checked. */
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CliContext } from './context.ts';
import { didYouMean, UsageError } from './usage.ts';

export const projectOption = {
  project: {
    alias: 'p',
    type: 'string',
    requiresArg: true,
    default: './tsconfig.json',
    describe: 'The tsconfig file, or the folder that holds one',
    coerce: last<string>,
  },
} as const;

export const jsonOption = {
  json: {
    type: 'boolean',
    default: false,
    describe: 'Print one JSON object for tools',
    coerce: last<boolean>,
  },
} as const;

/** The path of the tsconfig file that `-p` names, absolute. */
export function projectPath(project: string, { cwd }: CliContext): string {
  const path = resolve(cwd, project);
  return statSync(path, { throwIfNoEntry: false })?.isDirectory()
    ? join(path, 'tsconfig.json')
    : path;
}

/** The last value counts where an option was given several times, as shells' aliases need it. */
export function last<T>(value: T | readonly T[]): T {
  // Safe: yargs gives an array for repeated options alone, and then of at least two.
  return Array.isArray(value) ? (value.at(-1) as T) : (value as T);
}

/** An option with a fixed set of values: what yargs gets, with a check that knows near misses. */
export function choice<const T extends string>(
  option: string,
  choices: readonly T[],
): { choices: readonly T[]; coerce: (value: string | readonly string[]) => T } {
  return { choices, coerce: (value) => oneOf(option, choices, last(value)) };
}

/** As `choice`, for a list with commas; the values are in the order of `choices`, each once. */
export function choiceList<const T extends string>(
  option: string,
  choices: readonly T[],
): { coerce: (value: string | readonly string[]) => T[] } {
  return {
    coerce: (value) => {
      const given = [value].flat().flatMap((text) => text.split(','));
      const named = given.filter((name) => name !== '').map((name) => oneOf(option, choices, name));
      return choices.filter((name) => named.includes(name));
    },
  };
}

function oneOf<T extends string>(option: string, choices: readonly T[], value: string): T {
  const found = choices.find((name) => name === value);
  if (found !== undefined) return found;
  const hint = didYouMean(value, choices) || `; it is one of ${choices.join(', ')}`;
  throw new UsageError(`\`${option}\` can't be \`${value}\`${hint}`);
}
