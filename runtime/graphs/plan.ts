/** All tasks of a graph, in the order in which one thread runs them. */
import { Task } from './task.ts';

/** Tasks by number: each behind those whose results it needs, which are called its sources. */
export interface Plan {
  readonly tasks: readonly Task<unknown>[];
  readonly numbers: ReadonlyMap<Task<unknown>, number>;
  readonly sources: readonly (readonly number[])[];
  readonly users: readonly (readonly number[])[];
  /** Whose results are asked for. */
  readonly wanted: ReadonlySet<number>;
}

/**
 * Depth first, so that a result is used soon after it was made. Not by recursion, as chains may be longer than the stack.
 */
export function planOf(wanted: readonly Task<unknown>[]): Plan {
  const tasks: Task<unknown>[] = [];
  const numbers = new Map<Task<unknown>, number>();
  const sources: number[][] = [];
  const users: number[][] = [];
  /** Tasks from a wanted one down to the one that is looked at, and which input of each comes next. */
  const path: Task<unknown>[] = [];
  const next: number[] = [];
  for (const root of wanted) {
    path.push(root);
    next.push(0);
    for (let task = path.at(-1); task; task = path.at(-1)) {
      const at = numbers.has(task) ? task.inputs.length : (next.pop() ?? 0);
      if (at < task.inputs.length) {
        next.push(at + 1);
        const input = task.inputs[at];
        if (!(input instanceof Task) || numbers.has(input)) continue;
        path.push(input);
        next.push(0);
        continue;
      }
      path.pop();
      if (numbers.has(task)) {
        next.pop();
        continue;
      }
      const number = tasks.push(task) - 1;
      numbers.set(task, number);
      users.push([]);
      const from: number[] = [];
      for (const input of task.inputs) {
        if (!(input instanceof Task)) continue;
        // It is there, as it was gone to before.
        const source = numbers.get(input) ?? -1;
        from.push(source);
        users[source]?.push(number);
      }
      sources.push(from);
    }
  }
  const ends = new Set(wanted.map((task) => numbers.get(task) ?? -1));
  return { tasks, numbers, sources, users, wanted: ends };
}
