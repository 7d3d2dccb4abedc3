/** Tasks one after the other on the calling thread, whose event loop has a turn every 10 ms. */
import { setImmediate } from 'node:timers/promises';
import { execute } from '../execute.ts';
import { needsOf, type MakeExecutor } from '../executor.ts';

export const sync: MakeExecutor = (plan, signal) => {
  const kept = new Map<number, unknown>();
  return {
    width: 1,
    async run(tasks) {
      await setImmediate();
      const needs = needsOf(plan, tasks);
      const given = needs.sources.map((source) => kept.get(source));
      const calls = tasks.map((task, at) => {
        const { args = [] } = plan.tasks[task] ?? {};
        return { args, inputs: needs.inputs[at] ?? [] };
      });
      const all = [...needs.functions, ...given];
      const { results, ...ran } = await execute(all, calls, () => signal.aborted);
      for (const at of needs.kept) {
        const task = tasks[at];
        if (task !== undefined && at < results.length) kept.set(task, results[at]);
      }
      return { ...ran, worker: 'main thread' };
    },
    release: (task) => void kept.delete(task),
    results: async (tasks) => tasks.map((task) => kept.get(task)),
    close: async () => kept.clear(),
  };
};
