/** An executor whose workers get messages, while results are kept on the calling thread. */
import { locate, type Located } from '../../workers/locate.ts';
import type { Call } from '../execute.ts';
import { needsOf, type Executor, type Ran } from '../executor.ts';
import type { Part } from '../parts.ts';
import type { Plan } from '../plan.ts';
import type { Message, Reply } from '../worker.ts';

/** For each worker one batch that runs and one that waits, so that none has to wait for the next message. */
export const ahead = 2;

export class MessageExecutor implements Executor {
  private readonly kept = new Map<number, unknown>();

  constructor(
    private readonly plan: Plan,
    private readonly locations: Locations,
    readonly width: number,
    /** Makes values ready to be sent. */
    private readonly pack: (value: unknown) => unknown,
    private readonly send: (message: Message) => Promise<Reply>,
  ) {}

  async run(tasks: readonly number[]): Promise<Ran> {
    const { functions, sources, inputs, kept } = needsOf(this.plan, tasks);
    const message: Message = {
      functions: functions.flatMap((fn) => this.locations.get(fn) ?? []),
      given: sources.map((source) => this.pack(this.kept.get(source))),
      calls: tasks.map((task, at) => callOf(this.plan, task, inputs[at] ?? [], this.pack)),
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

export function callOf(
  plan: Plan,
  task: number,
  inputs: readonly number[],
  pack: (value: unknown) => unknown,
): Call {
  const { args = [] } = plan.tasks[task] ?? {};
  return { inputs, args: args.map((part) => packed(part, pack)) };
}

function packed(part: Part, pack: (value: unknown) => unknown): Part {
  if (typeof part !== 'object' || part === null || 'input' in part) return part;
  if ('value' in part) {
    const value = pack(part.value);
    return value === part.value ? part : { value };
  }
  if ('list' in part) return { list: part.list.map((inner) => packed(inner, pack)) };
  return { fields: part.fields.map(([key, inner]) => [key, packed(inner, pack)] as const) };
}
