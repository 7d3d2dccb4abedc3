/** What the dashboard tells of a run. */
import { boxesOf, type Box } from '../picture/boxes.ts';
import { layoutOf } from '../picture/layout.ts';
import { svgOf } from '../picture/svg.ts';
import type { Plan } from '../plan.ts';
import type { Ran } from '../executor.ts';
import type { Observer } from '../run.ts';
import { TimelineBuilder, type Timeline } from './timeline.ts';

/** What stays the same as long as a graph runs. */
export interface Picture {
  readonly svg: string;
  readonly boxes: readonly { readonly name: string; readonly tasks: number }[];
}

export interface State {
  readonly state: 'running' | 'done' | 'failed';
  /** What failed. */
  readonly message?: string;
  readonly total: number;
  readonly done: number;
  /** Tasks that are with workers, where they run or wait. */
  readonly running: number;
  readonly milliseconds: number;
  /** Of each box: tasks that have run, are with workers and have failed, and how long they took in all. */
  readonly boxes: readonly (readonly [
    done: number,
    running: number,
    failed: number,
    milliseconds: number,
  ])[];
  readonly timeline: Timeline;
}

/** So that they can be read beside the rest of the page. */
const most = 60;

type Count = [done: number, running: number, failed: number, milliseconds: number];

export class Watch implements Observer {
  readonly picture: Picture;
  private readonly start = performance.timeOrigin + performance.now();
  private readonly timeline = new TimelineBuilder(this.start);
  private readonly boxOf: number[] = [];
  private readonly counts: Count[];
  private end: { readonly at: number; readonly message?: string } | undefined;

  /**
   * @param changed is called when there is something new to tell
   * @param tell is called when that must not wait
   */
  constructor(
    private readonly plan: Plan,
    private readonly changed: () => void,
    private readonly tell: () => void,
  ) {
    const boxes = boxesOf(plan, most);
    this.picture = pictureOf(boxes);
    this.counts = boxes.map(() => [0, 0, 0, 0]);
    boxes.forEach(({ tasks }, box) => {
      for (const task of tasks) this.boxOf[task] = box;
    });
  }

  started(tasks: readonly number[]): void {
    for (const task of tasks) this.count(task)[1]++;
    this.changed();
  }

  ended(tasks: readonly number[], { worker, start, times }: Ran): void {
    tasks.forEach((task, at) => {
      const count = this.count(task);
      count[0]++;
      count[1]--;
      count[3] += times[at] ?? 0;
    });
    this.timeline.add(worker, start, times);
    this.changed();
  }

  failed(task: number): void {
    const count = this.count(task);
    count[1]--;
    count[2]++;
    this.changed();
  }

  finished(error?: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.end = { at: Date.now(), ...(error !== undefined && { message }) };
    // At once, as the process may end.
    this.tell();
  }

  get state(): State {
    const { end, counts } = this;
    const sum = (which: 0 | 1): number => counts.reduce((all, count) => all + count[which], 0);
    return {
      state: !end ? 'running' : end.message === undefined ? 'done' : 'failed',
      ...(end?.message !== undefined && { message: end.message }),
      total: this.plan.tasks.length,
      done: sum(0),
      running: end ? 0 : sum(1),
      milliseconds: Math.max(0, (end?.at ?? Date.now()) - this.start),
      boxes: end ? counts.map(([done, , failed, time]) => [done, 0, failed, time]) : counts,
      timeline: this.timeline.timeline,
    };
  }

  private count(task: number): Count {
    return this.counts[this.boxOf[task] ?? -1] ?? [0, 0, 0, 0];
  }
}

function pictureOf(boxes: readonly Box[]): Picture {
  const told = boxes.map(({ name, tasks }) => ({ name, tasks: tasks.length }));
  return { svg: svgOf(boxes, layoutOf(boxes), true), boxes: told };
}
