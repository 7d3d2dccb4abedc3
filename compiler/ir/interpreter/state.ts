/** What running functions share; the generated JavaScript knows it as `rt`. */
import type { Site, SiteValue } from '../../../runtime/messages.ts';
import { InterpreterFault, nativeError, StepLimit } from '../errors.ts';
import type { Constant, IrTable } from '../types.ts';

/** An IR function as JavaScript; gives nothing, its result, or an array of its results. */
export type Runnable = (...args: unknown[]) => unknown;

export class State {
  /** In the order of the module's functions. */
  readonly functions: Runnable[] = [];
  /** How often loops may still repeat. */
  steps = 0;
  /** How many functions that check the stack are being run. */
  depth = 0;
  readonly maxSteps: number;
  readonly stackDepth: number;
  private readonly globals: Readonly<Record<string, unknown>>;
  private readonly tables: ReadonlyMap<string, readonly Constant[]>;

  constructor(
    globals: Readonly<Record<string, unknown>>,
    tables: readonly IrTable[],
    maxSteps: number,
    stackDepth: number,
  ) {
    this.globals = globals;
    this.tables = new Map(tables.map(({ name, values }) => [name, values]));
    this.maxSteps = maxSteps;
    this.stackDepth = stackDepth;
  }

  /** Makes ready for a call from outside, the one before having ended in any way. */
  start(): void {
    this.steps = this.maxSteps;
    this.depth = 0;
  }

  global(name: string): unknown {
    const value = this.globals[name];
    return value === undefined ? this.fault(`global ${name} was not handed over`) : value;
  }

  table(name: string): readonly Constant[] {
    return this.tables.get(name) ?? this.fault(`there is no table ${name}`);
  }

  /** Ends the call with an error of the language. */
  fail(site: Site, values: readonly SiteValue[]): never {
    throw nativeError(site, values);
  }

  /** A folded result, or an error of the language where there is none. */
  orFail(result: unknown, site: Site, values: readonly SiteValue[]): unknown {
    return result === undefined ? this.fail(site, values) : result;
  }

  /** A folded result; its operation's precondition is broken where there is none. */
  orFault(result: unknown, what: string): unknown {
    return result === undefined ? this.fault(what) : result;
  }

  /** Ends the call because the IR is wrong. */
  fault(what: string): never {
    throw new InterpreterFault(what);
  }

  limit(): never {
    throw new StepLimit(this.maxSteps);
  }
}
