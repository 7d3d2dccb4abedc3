import type { f64, i32 } from 'tsnative';

/** A way out of a crossing: where it leads, and how long it takes in seconds. */
interface Road {
  to: i32;
  seconds: f64;
}

/** What waits to be looked at: a crossing, and the time at which it can be reached. */
interface Arrival {
  crossing: i32;
  at: f64;
}

/** A binary heap whose first entry is the earliest. */
class Queue {
  private readonly heap: Arrival[] = [];

  get isEmpty(): boolean {
    return this.heap.length === 0;
  }

  push(entry: Arrival): void {
    const { heap } = this;
    heap.push(entry);
    let at = heap.length - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const other = heap[above]!;
      if (other.at <= entry.at) break;
      heap[at] = other;
      at = above;
    }
    heap[at] = entry;
  }

  pop(): Arrival {
    const { heap } = this;
    const first = heap[0]!;
    const last = heap.pop()!;
    const length = heap.length;
    if (length === 0) return first;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= length) break;
      if (below + 1 < length && heap[below + 1]!.at < heap[below]!.at) below++;
      if (heap[below]!.at >= last.at) break;
      heap[at] = heap[below]!;
      at = below;
    }
    heap[at] = last;
    return first;
  }
}

/**
 * The time in seconds at which each crossing of a road network can be reached from one of them, by
 * Dijkstra's algorithm ("A note on two problems in connexion with graphs", 1959).
 *
 * @param from where each road begins, `to` where it ends, `seconds` how long it takes
 * @param count how many crossings there are
 * @returns Infinity for what can't be reached
 * @native
 */
export function reach(
  from: Int32Array,
  to: Int32Array,
  seconds: Float64Array,
  count: i32,
  start: i32,
): Float64Array {
  const roads: Road[][] = [];
  for (let crossing = 0; crossing < count; crossing++) roads.push([]);
  for (let road = 0; road < from.length; road++) {
    roads[from[road]!]!.push({ to: to[road]!, seconds: seconds[road]! });
  }
  const times = new Float64Array(count).fill(Infinity);
  times[start] = 0;
  const queue = new Queue();
  queue.push({ crossing: start, at: 0 });
  while (!queue.isEmpty) {
    const { crossing, at } = queue.pop();
    if (at > times[crossing]!) continue;
    for (const road of roads[crossing]!) {
      const arrival = at + road.seconds;
      if (arrival >= times[road.to]!) continue;
      times[road.to] = arrival;
      queue.push({ crossing: road.to, at: arrival });
    }
  }
  return times;
}
