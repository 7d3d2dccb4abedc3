/**
 * Runs conformance programs in whatever runtime loads it, and writes what came out: `runner <folder> <file>
 * <program> …`. It is bundled to one JavaScript file, as most runtimes know no TypeScript.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { outcomeOf, type Outcome } from '../support/outcome.ts';

interface Program {
  readonly cases?: readonly (readonly [string, readonly unknown[]])[];
  readonly [name: string]: unknown;
}

/** By program; of a program that could not be run what it threw. */
export type Results = Record<string, readonly Outcome[] | string>;

const [folder = '', output = '', ...names] = process.argv.slice(2);
const results: Results = {};
for (const name of names) {
  try {
    const url = pathToFileURL(join(folder, `${name}.js`)).href;
    const program = (await import(url)) as Program;
    results[name] = (program.cases ?? []).map(([fn, args]) =>
      outcomeOf(program[fn] as (...args: unknown[]) => unknown, args),
    );
  } catch (error) {
    results[name] = String(error);
  }
  // Written each time, so that a crash tells where it was.
  writeFileSync(output, JSON.stringify(results));
}
