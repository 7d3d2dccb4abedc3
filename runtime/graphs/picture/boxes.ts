/** What is drawn of a graph: a box for each task, or for many of a kind where there are too many. */
import type { Plan } from '../plan.ts';

export interface Box {
  readonly name: string;
  readonly tasks: readonly number[];
  /** Boxes whose tasks' results its tasks use. */
  readonly sources: ReadonlySet<number>;
}

/**
 * Tasks are in a box together if they have the same name and get results of the same boxes; where that is not enough, if
 * they have the same name and are equally far from the beginning; and then by their names alone.
 * @param most how many boxes there may be, unless there are more names
 */
export function boxesOf(plan: Plan, most: number): readonly Box[] {
  const ways: readonly KeyOf[] = [
    (_, task) => String(task),
    (name, _, sources) => `${name} ${[...sources].sort().join()}`,
    (name, _, __, depth) => `${name} ${depth}`,
  ];
  for (const way of ways) {
    const boxes = grouped(plan, way);
    if (boxes.length <= most) return boxes;
  }
  return grouped(plan, (name) => name);
}

type KeyOf = (name: string, task: number, sources: ReadonlySet<number>, depth: number) => string;

function grouped(plan: Plan, keyOf: KeyOf): readonly Box[] {
  const boxes: { name: string; tasks: number[]; sources: Set<number> }[] = [];
  const numbers = new Map<string, number>();
  const boxOf: number[] = [];
  const depths: number[] = [];
  plan.tasks.forEach(({ name }, task) => {
    const sources = plan.sources[task] ?? [];
    const from = new Set(sources.map((source) => boxOf[source] ?? -1));
    const depth = sources.reduce((most, source) => Math.max(most, (depths[source] ?? 0) + 1), 0);
    depths.push(depth);
    const key = keyOf(name, task, from, depth);
    const number = numbers.get(key) ?? boxes.push({ name, tasks: [], sources: new Set() }) - 1;
    numbers.set(key, number);
    boxOf.push(number);
    const box = boxes[number];
    box?.tasks.push(task);
    for (const source of from) if (source !== number) box?.sources.add(source);
  });
  return boxes;
}
