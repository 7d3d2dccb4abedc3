/** Programs as plain JavaScript in V8, the reference. */
import vm from 'node:vm';
import { parallel } from '../../../runtime/parallel.ts';
import type { Outcome } from '../../support/outcome.ts';
import { entryOf, javascriptOf, type Program } from '../program.ts';
import { copyOf, outcomesOf, type Constants } from './calls.ts';

export interface Reference {
  readonly outcomes: readonly Outcome[];
  /** The module-level constants before the calls. */
  readonly constants: Constants;
}

const longestMilliseconds = 2000;

// What programs import.
Object.assign(globalThis, { parallel });

/** Runs a program; undefined where it takes too long or isn't JavaScript, as when shrinking has broken it. */
export function runInV8(program: Program): Reference | undefined {
  const { name } = entryOf(program);
  const run = (): Reference => {
    const made = vm.runInThisContext(javascriptOf(program)) as Record<string, unknown>;
    const { [name]: entry, ...constants } = made;
    const first = copyOf(constants);
    const outcomes = outcomesOf(entry as (...args: unknown[]) => unknown, program.sets, constants);
    return { outcomes, constants: first };
  };
  return withTimeout(run);
}

/** Only code that `vm` starts can be stopped, so it starts what calls `run`. */
function withTimeout<T>(run: () => T): T | undefined {
  const holder = globalThis as { fuzzRun?: () => T };
  holder.fuzzRun = run;
  try {
    return vm.runInThisContext('fuzzRun()', { timeout: longestMilliseconds }) as T;
  } catch {
    return undefined;
  } finally {
    delete holder.fuzzRun;
  }
}
