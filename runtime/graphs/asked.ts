/** What is asked of a graph: tasks, alone or in arrays and objects. */
import { filled, partOf, type Inputs } from './parts.ts';
import { Task } from './task.ts';

export interface Asked {
  readonly tasks: readonly Task<unknown>[];
  /** The same with results for tasks. */
  withResults(results: readonly unknown[]): unknown;
}

/** @throws TypeError for what can't be copied */
export function askedOf(what: unknown): Asked {
  const lazy: Inputs = new Map();
  const part = partOf(what, lazy, 'what is asked for');
  const inputs = [...lazy.keys()];
  const tasks = inputs.filter((input) => input instanceof Task);
  return {
    tasks,
    withResults(results) {
      const given = new Map(tasks.map((task, at) => [task, results[at]] as const));
      return filled(part, (index) => {
        const input = inputs[index];
        return input instanceof Task ? given.get(input) : input;
      });
    },
  };
}
