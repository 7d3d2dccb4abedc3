/** Mistakes on the command line, in words that help. */
import type { Command } from './command.ts';

/** The command line can't be understood; the message says how to write it. */
export class UsageError extends Error {}

/** The candidate that is nearest to `word`, when it is near enough to be what was meant. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const most = Math.floor(word.length / 3);
  let best: string | undefined;
  let least = most + 1;
  for (const candidate of candidates) {
    const distance = editDistance(word, candidate);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

/** Insertions, deletions, replacements and swaps of neighbours from `a` to `b` (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      // The rows hold b.length + 1 entries each, and `before` is read from the third row on.
      const replace = (previous[j - 1] ?? 0) + Number(a[i - 1] !== b[j - 1]);
      let least = Math.min(replace, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      current.push(least);
    }
    before = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}

/** `; did you mean …?`, or nothing. */
export function didYouMean(word: string, candidates: readonly string[], prefix = ''): string {
  const found = nearest(word, candidates);
  return found === undefined ? '' : `; did you mean \`${prefix}${found}\`?`;
}

/**
 * What to tell instead of yargs's own words.
 * @param problem yargs's message, in English
 * @param argv the command line
 * @param commands all there are
 */
export function explain(
  problem: string,
  argv: readonly string[],
  commands: readonly Command[],
): string {
  const unknown = /^Unknown (?:argument|command)s?: (.*)$/s.exec(problem)?.[1];
  if (unknown !== undefined) return explainUnknown(unknown.split(', '), argv, commands);
  const lacking = /^Not enough arguments following: (.*)$/.exec(problem)?.[1];
  if (lacking !== undefined) return `\`${dashed(lacking)}\` needs a value`;
  return problem;
}

function explainUnknown(
  names: readonly string[],
  argv: readonly string[],
  commands: readonly Command[],
): string {
  const [name = ''] = names;
  const chosen = commandOf(argv, commands);
  const written = argv.find(
    (word) =>
      word === `--${name}` ||
      word.startsWith(`--${name}=`) ||
      (name.length === 1 && /^-[^-]/.test(word) && word.includes(name)),
  );
  if (written !== undefined) {
    const options = Object.entries(chosen?.options ?? {}).flatMap(([long, { alias }]) => [
      long,
      ...(alias === undefined ? [] : [alias].flat()),
    ]);
    const long = [...options, 'help', 'version'].filter((option) => option.length > 1);
    const hint = name.length > 1 ? didYouMean(name, long, '--') : '';
    return `unknown option \`${written.split('=', 1)[0] ?? written}\`${hint}`;
  }
  if (chosen !== undefined) return `\`${chosen.name}\` takes no argument \`${name}\``;
  const known = commands.map((command) => command.name);
  return `unknown command \`${name}\`${didYouMean(name, known)}`;
}

/** The command that a command line names first. */
export function commandOf(
  argv: readonly string[],
  commands: readonly Command[],
): Command | undefined {
  const word = argv.find((candidate) => !candidate.startsWith('-'));
  return commands.find(({ name }) => name === word);
}

function dashed(name: string): string {
  return name.length === 1 ? `-${name}` : `--${name}`;
}
