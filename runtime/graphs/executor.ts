/** What runs batches of a graph's tasks, wherever that is. */
import type { Outcome } from './execute.ts';
import type { Plan } from './plan.ts';
import type { Task } from './task.ts';

/** What became of a batch; its results stay with the executor. */
export interface Ran extends Omit<Outcome, 'results'> {
  readonly worker: string;
}

export interface Executor {
  /** How many batches are under way at a time. */
  readonly width: number;
  /**
   * Runs tasks of the plan, in order.
   * @throws what ended the whole batch, such as the end of its worker
   */
  run(tasks: readonly number[]): Promise<Ran>;
  /** Nobody will ask for the result of a task any more. */
  release(task: number): void;
  /** Results of tasks that have run, in the same order. */
  results(tasks: readonly number[]): Promise<readonly unknown[]>;
  /** Nothing runs any more, or matters. */
  close(): Promise<void>;
}

/** @param signal ends what runs */
export type MakeExecutor = (plan: Plan, signal: AbortSignal) => Executor | Promise<Executor>;

/** What a worker needs to run tasks of a plan. */
export interface Needs {
  /** The functions of the batch. */
  readonly functions: readonly Function[];
  /** Tasks of other batches whose results it needs. */
  readonly sources: readonly number[];
  /** As `Call` has them, of each task: functions first, then sources, then the tasks themselves. */
  readonly inputs: readonly (readonly number[])[];
  /** Positions of tasks whose results are used by others, or wanted. */
  readonly kept: readonly number[];
}

export function needsOf(plan: Plan, batch: readonly number[]): Needs {
  const own = new Map(batch.map((task, at) => [task, at] as const));
  const functions = new Map<Function, number>();
  const sources = new Map<number, number>();
  for (const task of batch) {
    for (const input of plan.tasks[task]?.inputs ?? [])
      if (typeof input === 'function' && !functions.has(input))
        functions.set(input, functions.size);
    for (const source of plan.sources[task] ?? [])
      if (!own.has(source) && !sources.has(source)) sources.set(source, sources.size);
  }
  const given = functions.size + sources.size;
  const placeOf = (input: Task<unknown> | Function): number => {
    if (typeof input === 'function') return functions.get(input) ?? -1;
    // All tasks that a plan's tasks need are in it.
    const number = plan.numbers.get(input) ?? -1;
    const at = own.get(number);
    return at === undefined ? functions.size + (sources.get(number) ?? -1) : given + at;
  };
  const inputs = batch.map((task) => (plan.tasks[task]?.inputs ?? []).map(placeOf));
  const kept: number[] = [];
  batch.forEach((task, at) => {
    if (plan.wanted.has(task) || plan.users[task]?.some((user) => !own.has(user))) kept.push(at);
  });
  return { functions: [...functions.keys()], sources: [...sources.keys()], inputs, kept };
}
