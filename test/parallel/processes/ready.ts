/** How many threads of processes are ready to run, and how much they have run, as Linux tells it in /proc. */
import { closeSync, openSync, readFileSync, readSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds that a look may take: in a longer one threads may have taken turns. */
const longest = 1;

/** Something in /proc that is read again and again; a look at it takes some microseconds. */
class Watched {
  private readonly file: number;
  private static readonly text = Buffer.alloc(1024);

  constructor(path: string) {
    this.file = openSync(path, 'r');
  }

  /** Empty where the thread has ended. */
  read(): string {
    try {
      const length = readSync(this.file, Watched.text, 0, Watched.text.length, 0);
      return Watched.text.toString('latin1', 0, length);
    } catch {
      return '';
    }
  }

  close(): void {
    closeSync(this.file);
  }
}

/** What the threads of processes that compute have in /proc under a name: JavaScript's, and those of the pool. */
function watch(pids: readonly number[], name: string): Watched[] {
  return pids.flatMap((pid) =>
    readdirSync(`/proc/${pid}/task`)
      .filter(
        (id) =>
          Number(id) === pid ||
          readFileSync(`/proc/${pid}/task/${id}/comm`, 'utf8').trim() === 'tsnative',
      )
      .map((id) => new Watched(`/proc/${pid}/task/${id}/${name}`)),
  );
}

/**
 * Looks again and again how many threads run or are ready to, until something ends.
 * @returns in how many of the looks there were so many, by how many these were
 */
export async function readyThreads(
  pids: readonly number[],
  isOver: () => boolean,
): Promise<number[]> {
  const looks: number[] = [];
  const threads = watch(pids, 'stat');
  while (!isOver()) {
    const start = performance.now();
    const ready = threads.filter((thread) => /\) R /.test(thread.read())).length;
    if (performance.now() - start < longest) looks[ready] = (looks[ready] ?? 0) + 1;
    await sleep(2);
  }
  for (const thread of threads) thread.close();
  return Array.from(looks, (count) => count ?? 0);
}

/** The part of the looks in which there were at most so many. */
export function shareUpTo(looks: readonly number[], limit: number): number {
  const all = looks.reduce((sum, count) => sum + count, 0);
  return looks.slice(0, limit + 1).reduce((sum, count) => sum + count, 0) / all;
}

/**
 * How many processors threads have had, on average from now to any moment after a second, until something ends. Linux
 * counts that whenever its clock ticks.
 */
export async function usedProcessors(
  pids: readonly number[],
  isOver: () => boolean,
): Promise<number> {
  const threads = watch(pids, 'schedstat');
  const ran = (): number =>
    threads.reduce((sum, thread) => sum + Number.parseInt(thread.read(), 10) / 1e6, 0);
  const [start, before] = [performance.now(), ran()];
  let most = 0;
  while (!isOver()) {
    await sleep(100);
    const [now, after] = [performance.now(), ran()];
    // Nothing tells of a thread any more that has ended.
    if (!Number.isNaN(after) && now - start > 1000)
      most = Math.max(most, (after - before) / (now - start));
  }
  for (const thread of threads) thread.close();
  return most;
}
