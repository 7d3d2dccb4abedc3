/** Calls that are yet to be made. */
import type { ComputeOptions } from './options.ts';
import { partOf, type Inputs, type Part } from './parts.ts';
import type { VisualizeOptions } from './picture/visualize.ts';
import type { LazyArguments } from './types.ts';

declare const gives: unique symbol;

/** A call that is yet to be made: what `task(fn)(…args)` gives. Results of others may be among its arguments. */
export class Task<T> {
  /** For TypeScript alone: of which type its result is. */
  declare readonly [gives]: T;
  /** The function, and what the call needs of other tasks and functions. */
  readonly inputs: readonly (Task<unknown> | Function)[];
  readonly args: readonly Part[];

  constructor(
    readonly name: string,
    fn: Function,
    args: readonly unknown[],
  ) {
    const inputs: Inputs = new Map([[fn, 0]]);
    this.args = args.map((arg, at) => partOf(arg, inputs, `argument ${at + 1} of ${name}`));
    this.inputs = [...inputs.keys()];
  }

  /** Runs it, with what it needs; as `compute(this, options)`, which runs several at once. */
  async compute(options?: ComputeOptions): Promise<T> {
    const { compute } = await import('./compute.ts');
    // Safe: one task gives its one result.
    return compute<Task<T>>(this, options) as Promise<T>;
  }

  /** Draws it, with what it needs; as `visualize(this, options)`. @returns a promise of the text of an SVG document */
  async visualize(options?: VisualizeOptions): Promise<string> {
    const { visualize } = await import('./picture/visualize.ts');
    return visualize(this, options);
  }
}

export interface TaskOptions {
  /** What errors and pictures call it; the function's name without it. */
  readonly name?: string;
}

/**
 * Makes a function lazy: instead of being called it gives a node of a graph, which `compute` runs.
 *
 * Arguments may be such nodes, and arrays and plain objects that hold nodes; the function gets their results. Other
 * functions may be passed too, where workers can import them. The function must leave its arguments as they are, and
 * what it gives must depend on them alone.
 * @param fn exported by a module, unless it is run by `sync`; what it gives may be a promise
 * @throws TypeError, of the lazy function, for arguments that can't go to a worker as they are: instances of classes, symbols
 */
export function task<A extends readonly unknown[], R>(
  fn: (...args: A) => R,
  options: TaskOptions = {},
): (...args: LazyArguments<A>) => Task<Awaited<R>> {
  const name = options.name ?? nameOf(fn);
  return (...args) => new Task<Awaited<R>>(name, fn, args);
}

export const nameOf = (fn: Function): string => (fn.name === '' ? 'anonymous' : fn.name);
