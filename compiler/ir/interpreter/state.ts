/** What running functions share; the generated JavaScript knows it as `rt`. */
import type { Site, SiteValue } from '../../../runtime/messages.ts';
import {
  InterpreterFault,
  isCheckError,
  languageError,
  nativeCheck,
  nativeError,
  StepLimit,
  Thrown,
} from '../errors.ts';
import { isKindOf } from '../records.ts';
import type { Constant, IrModule, IrRecord } from '../types.ts';
import { kindKey, newRecord, type HeapRecord } from './heap.ts';

/** An IR function as JavaScript; gives nothing, its result, or an array of its results. */
export type Runnable = (...args: unknown[]) => unknown;

interface Outside {
  readonly views: readonly (readonly [ArrayBufferView, string])[];
  readonly guard: (() => void) | undefined;
  /** The typed arrays inside of objects, those that came in first. */
  readonly inside: unknown[];
}

function placeOf(view: ArrayBufferView): string {
  try {
    return `${view.byteOffset} ${view.byteLength}`;
  } catch {
    // A DataView whose buffer is detached, or too small for it.
    return '0 0';
  }
}

/** Whether its buffer is neither detached nor too small for it. */
function isThere(view: ArrayBufferView): boolean {
  try {
    if (view instanceof DataView) return view.byteLength >= 0;
    Uint8Array.prototype.at.call(view as Uint8Array, 0);
    return true;
  } catch {
    return false;
  }
}

export class State {
  /** In the order of the module's functions. */
  readonly functions: Runnable[] = [];
  /** What `state.set` has set, by the global's name. */
  readonly kept = new Map<string, unknown>();
  /** Marks of records and lists other than 0. */
  readonly marks = new WeakMap<object, number>();
  /** How often loops may still repeat. */
  steps = 0;
  /** How many functions that check the stack are being run. */
  depth = 0;
  readonly maxSteps: number;
  readonly stackDepth: number;
  private readonly globals: Readonly<Record<string, unknown>>;
  private readonly records: ReadonlyMap<string, IrRecord>;
  private readonly tables: ReadonlyMap<string, readonly Constant[]>;

  constructor(
    { records, tables = [] }: Pick<IrModule, 'records' | 'tables'>,
    globals: Readonly<Record<string, unknown>>,
    maxSteps: number,
    stackDepth: number,
  ) {
    this.records = new Map(records.map((record) => [record.name, record]));
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

  /** A new object of a record; see `newRecord`. */
  newRecord(name: string, values: readonly unknown[]): HeapRecord {
    const record = this.records.get(name);
    return record ? newRecord(record, values) : this.fault(`there is no record ${name}`);
  }

  /** Whether an object is of a record, of a class that extends it, or of a variant of it. */
  isKind(object: HeapRecord, wanted: string): boolean {
    return isKindOf(this.records, String(object[kindKey]), wanted);
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

  /** The error that a handler was entered with, until it takes it. */
  caught: unknown;

  /** The language's error for what JavaScript threw. What nothing catches is thrown on. @param all see `Try.all` */
  catch(error: unknown, all: boolean): Error | Thrown {
    if (error instanceof Thrown) return error;
    const own = languageError(error);
    if (!own || (isCheckError(own) && !all)) throw error;
    return own;
  }

  /** The typed arrays that came in, with where they are, and what else is to be looked at behind calls of JavaScript. */
  private outside: Outside = { views: [], guard: undefined, inside: [] };

  /** Runs a call of an export with these values from JavaScript; it may be inside another one. */
  during<T>(
    values: readonly unknown[],
    { guard, inside = [] }: { guard?: (() => void) | undefined; inside?: unknown[] | undefined },
    run: () => T,
  ): T {
    const before = this.outside;
    const views = [...values, ...inside].filter((value) => ArrayBuffer.isView(value));
    this.outside = { views: views.map((view) => [view, placeOf(view)]), guard, inside };
    try {
      return run();
    } finally {
      this.outside = before;
    }
  }

  givenView(number: bigint): unknown {
    return this.outside.inside[Number(number)] ?? this.fault(`there is no view ${number}`);
  }

  /** The typed array that is kept, which counts as one that came in. */
  keptView(view: unknown, mayBeAbsent: boolean, site: Site | undefined): unknown {
    if (view === null && mayBeAbsent) return view;
    const { views } = this.outside;
    if (!ArrayBuffer.isView(view) || !isThere(view))
      return this.fail(site ?? { kind: 'detached' }, []);
    if (!views.some(([known]) => known === view))
      this.outside = { ...this.outside, views: [...views, [view, placeOf(view)]] };
    return view;
  }

  numberView(view: unknown): bigint {
    const { inside } = this.outside;
    const known = inside.indexOf(view);
    return BigInt(known < 0 ? inside.push(view) - 1 : known);
  }

  /** Ends the call where JavaScript has changed what it relies on. */
  lookAfterCall(): void {
    const { views, guard } = this.outside;
    if (views.some(([view, place]) => placeOf(view) !== place)) this.fail({ kind: 'detached' }, []);
    try {
      guard?.();
    } catch (error) {
      throw error instanceof Error ? nativeCheck(error) : error;
    }
  }

  /** Ends the call because the IR is wrong. */
  fault(what: string): never {
    throw new InterpreterFault(what);
  }

  limit(): never {
    throw new StepLimit(this.maxSteps);
  }
}
