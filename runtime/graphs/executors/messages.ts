/** An executor whose workers get messages, while results are kept on the calling thread. */
import { locate, type Located } from '../../workers/locate.ts';
import { compact } from '../compact.ts';
import type { Call } from '../execute.ts';
import { needsOf, type Executor, type Ran } from '../executor.ts';
import type { Part } from '../parts.ts';
import type { Plan } from '../plan.ts';
import type { Message, Reply } from '../worker.ts';

export class MessageExecutor implements Executor {
  private readonly kept = new Map<number, unknown>();

  constructor(
    private readonly plan: Plan,
    private readonly locations: Locations,
    readonly width: number,
    private readonly send: (message: Message) => Promise<Reply>,
  ) {}

  async run(tasks: readonly number[]): Promise<Ran> {
    const { functions, sources, inputs, kept } = needsOf(this.plan, tasks);
    const message: Message = {
      functions: functions.flatMap((fn) => this.locations.get(fn) ?? []),
      given: sources.map((source) => this.kept.get(source)),
      calls: tasks.map((task, at) => callOf(this.plan, task, inputs[at] ?? [])),
      kept,
    };
    const { results, ...ran } = await this.send(message);
    results.forEach((result, at) => this.kept.set(tasks[kept[at] ?? -1] ?? -1, result));
    return ran;
  }

  release(task: number): void {
    this.kept.delete(task);
  }

  async results(tasks: readonly number[]): Promise<readonly unknown[]> {
    return tasks.map((task) => this.kept.get(task));
  }

  async close(): Promise<void> {
    this.kept.clear();
  }
}

/** Where workers import the functions of a plan from. */
export type Locations = ReadonlyMap<Function, Located>;

/** @throws TypeError for a function that workers can't import */
export async function locationsOf({ tasks }: Plan): Promise<Locations> {
  const located = new Map<Function, Located>();
  const functions = new Set(tasks.flatMap(({ inputs }) => inputs.filter(isFunction)));
  for (const fn of functions) located.set(fn, await locate(fn, 'graphs'));
  return located;
}

const isFunction = (input: unknown): input is Function => typeof input === 'function';

export function callOf(plan: Plan, task: number, inputs: readonly number[]): Call {
  const { args = [] } = plan.tasks[task] ?? {};
  return { inputs, args: args.map(compactPart) };
}

function compactPart(part: Part): Part {
  if (typeof part !== 'object' || part === null || !('value' in part)) return part;
  const value = compact(part.value);
  return value === part.value ? part : { value };
}
