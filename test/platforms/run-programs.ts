/** Runs conformance programs and tells what came out, in whatever loads it. */
import { settledOutcomeOf, type Outcome } from '../support/outcome.ts';

interface Program {
  readonly cases?: readonly (readonly [string, readonly unknown[]])[];
  readonly [name: string]: unknown;
}

/** By program; of a program that could not be run what it threw. */
export type Results = Record<string, readonly Outcome[] | string>;

/**
 * @param folder the URL of the built modules
 * @param tell is called after each program with all results so far
 */
export async function runPrograms(
  folder: string,
  names: readonly string[],
  tell: (results: Results) => void = () => {},
): Promise<Results> {
  const results: Results = {};
  for (const name of names) {
    try {
      const program = (await import(`${folder}/${name}.js`)) as Program;
      const outcomes: Outcome[] = [];
      for (const [fn, args] of program.cases ?? [])
        outcomes.push(await settledOutcomeOf(program[fn] as (...args: unknown[]) => unknown, args));
      results[name] = outcomes;
    } catch (error) {
      results[name] = String(error);
    }
    tell(results);
  }
  return results;
}
