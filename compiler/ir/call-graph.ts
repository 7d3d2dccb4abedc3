/** Who calls whom, for questions that are asked of many functions: each body is walked once. */
import type { IrFunction, Operation } from './types.ts';
import { settledCallees, settledOperations } from './settled.ts';
import { walkOps } from './walk.ts';

/** Of functions that don't change meanwhile. */
export class CallGraph {
  private readonly functions: ReadonlyMap<string, IrFunction>;
  private readonly known = new Map<IrFunction, readonly Operation[]>();
  private readonly called = new Map<IrFunction, readonly IrFunction[]>();
  private readonly areSettled: boolean;

  /** @param areSettled they don't change later either; see `ofSettled` */
  constructor(functions: readonly IrFunction[], { areSettled = false } = {}) {
    this.functions = new Map(functions.map((fn) => [fn.name, fn]));
    this.areSettled = areSettled;
  }

  get(name: string): IrFunction | undefined {
    return this.functions.get(name);
  }

  /** The operations of a function, in textual order. */
  operationsOf(fn: IrFunction): readonly Operation[] {
    if (this.areSettled) return settledOperations(fn);
    const known = this.known.get(fn);
    if (known) return known;
    const made: Operation[] = [];
    walkOps(fn.body, (op) => made.push(op));
    this.known.set(fn, made);
    return made;
  }

  /** A function and all that it calls; none where there is none of that name. */
  reachedFrom(name: string): readonly IrFunction[] {
    const first = this.functions.get(name);
    const reached = new Set<IrFunction>(first ? [first] : []);
    // The set grows while it is walked.
    for (const fn of reached) for (const callee of this.calledBy(fn)) reached.add(callee);
    return [...reached];
  }

  private calledBy(fn: IrFunction): readonly IrFunction[] {
    const known = this.called.get(fn);
    if (known) return known;
    const names = this.areSettled
      ? settledCallees(fn)
      : new Set(this.operationsOf(fn).flatMap(({ attributes }) => attributes.callee ?? []));
    const made = [...names].flatMap((name) => this.functions.get(name) ?? []);
    this.called.set(fn, made);
    return made;
  }
}
