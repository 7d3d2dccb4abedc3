/** Events in a binary heap, each of which makes a later one. */
import type { f64, i32 } from 'tsnative';

interface Event {
  time: f64;
  source: i32;
}

class Queue {
  private readonly heap: Event[] = [];

  get size(): i32 {
    return this.heap.length;
  }

  push(event: Event): void {
    const { heap } = this;
    heap.push(event);
    let at = heap.length - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (heap[above]!.time <= event.time) break;
      heap[at] = heap[above]!;
      at = above;
    }
    heap[at] = event;
  }

  pop(): Event {
    const { heap } = this;
    const first = heap[0]!;
    const last = heap.pop()!;
    if (heap.length === 0) return first;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= heap.length) break;
      if (below + 1 < heap.length && heap[below + 1]!.time < heap[below]!.time) below++;
      if (heap[below]!.time >= last.time) break;
      heap[at] = heap[below]!;
      at = below;
    }
    heap[at] = last;
    return first;
  }
}

/** @native */
export function priorityQueue(events: i32, delays: Float64Array): f64 {
  const queue = new Queue();
  for (let i = 0; i < delays.length; i++) queue.push({ time: delays[i]!, source: i });
  let sum = 0;
  for (let i = 0; i < events; i++) {
    const { time, source } = queue.pop();
    sum += time * (source + 1);
    const delay = delays[(source + i) % delays.length]!;
    queue.push({ time: time + delay, source });
  }
  return sum + queue.size;
}
