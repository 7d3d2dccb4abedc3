/** `--target`: the platforms to compile for. */
import { platformName, targetNames } from '../5-link/targets.ts';
import { choiceList } from './options.ts';

/** The option, with what it is when it isn't given. */
export const targetOption = (by: string) =>
  ({
    target: {
      type: 'string',
      requiresArg: true,
      default: by,
      describe: `Platforms to compile for, with commas: ${targetNames.join(', ')}; host or all`,
      ...choiceList('--target', ['host', 'all', ...targetNames]),
    },
  }) as const;

/** The platforms that were named, each once. */
export function targetsOf(given: readonly string[]): readonly string[] {
  if (given.includes('all')) return targetNames;
  const own = platformName(process);
  return [...new Set(given.map((name) => (name === 'host' ? own : name)))];
}
