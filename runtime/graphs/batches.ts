/**
 * Which tasks go to a worker together: as many as take about 10 ms, which is far more than a message costs. What a
 * task of a batch gives its others may use, so chains and the lower parts of trees cost no message at all.
 */
import TinyQueue from 'tinyqueue';
import { Costs } from './costs.ts';
import type { Plan } from './plan.ts';

/** A batch takes about so long, in milliseconds. */
const wanted = 10;
/** However short they are, so that progress is told and memory is given back. */
const most = 10_000;

export class Batches {
  readonly costs = new Costs();
  /** Tasks that could run, the first one on top. */
  private readonly ready: TinyQueue<number>;
  /** Of each task: how many sources haven't ended. */
  private readonly missing: number[];
  private readonly taken: boolean[];
  /** Tasks from this one on aren't needed any more. */
  private end: number;

  /** @param width how many batches are under way at a time */
  constructor(
    private readonly plan: Plan,
    private readonly width: number,
  ) {
    this.missing = plan.sources.map((sources) => sources.length);
    this.taken = plan.tasks.map(() => false);
    this.end = plan.tasks.length;
    this.ready = new TinyQueue(plan.tasks.flatMap((_, at) => (this.missing[at] === 0 ? [at] : [])));
  }

  /** A task failed: only those before it may run, of which one may fail as well, as it would have on one thread. */
  stopAt(task: number): void {
    this.end = Math.min(this.end, task);
  }

  /** @returns numbers of tasks, each behind its sources and in rising order; none while all others wait for sources */
  take(): number[] {
    const { plan, ready, end } = this;
    const batch: number[] = [];
    /** Tasks that could run in this batch alone, as sources of theirs are in it. */
    const here = new TinyQueue<number>();
    const found = new Map<number, number>();
    const share = Math.ceil(ready.length / this.width);
    let [fresh, cost] = [0, 0];
    while (batch.length < most) {
      const isFull = cost >= wanted;
      const shared = isFull || fresh >= share ? undefined : ready.peek();
      const own = here.peek();
      const isOwn = own !== undefined && (shared === undefined || own < shared);
      const next = isOwn ? own : shared;
      if (next === undefined) break;
      (isOwn ? here : ready).pop();
      if (next >= end) break;
      if (isOwn && isFull && !this.isChained(next)) continue;
      if (!isOwn) fresh++;
      batch.push(next);
      this.taken[next] = true;
      cost += this.costs.expected(plan.tasks[next]?.name ?? '') ?? wanted;
      for (const user of plan.users[next] ?? []) {
        const sources = (found.get(user) ?? 0) + 1;
        found.set(user, sources);
        if (sources === this.missing[user]) here.push(user);
      }
    }
    return batch;
  }

  /** Whether the only source of a task has no other use: elsewhere it would have to wait for the same. */
  private isChained(task: number): boolean {
    const [source, ...others] = this.plan.sources[task] ?? [];
    return source !== undefined && others.length === 0 && this.plan.users[source]?.length === 1;
  }

  /** A task has ended, so that others may be able to run. */
  ended(task: number): void {
    for (const user of this.plan.users[task] ?? []) {
      const left = (this.missing[user] ?? 0) - 1;
      this.missing[user] = left;
      if (left === 0 && !this.taken[user]) this.ready.push(user);
    }
  }
}
