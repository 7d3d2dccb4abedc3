/** How many tasks each worker ended over time, in no more columns than fit on a page. */

const most = 120;

export interface Timeline {
  /** How long a column is, in milliseconds. */
  readonly column: number;
  readonly workers: readonly {
    readonly name: string;
    readonly tasks: number;
    /** Tasks that ended in each column. */
    readonly columns: readonly number[];
  }[];
}

export class TimelineBuilder {
  private column = 100;
  private readonly workers = new Map<string, number[]>();

  /** @param start in milliseconds since 1970 */
  constructor(private readonly start: number) {}

  /**
   * @param begin when the first of some tasks began, in milliseconds since 1970
   * @param times how long each took, one after the other
   */
  add(worker: string, begin: number, times: readonly number[]): void {
    const columns = this.workers.get(worker) ?? [];
    this.workers.set(worker, columns);
    // Clocks of other machines may be behind.
    let now = Math.max(0, begin - this.start);
    for (const time of times) {
      now += time;
      while (now >= most * this.column) this.halve();
      const at = Math.floor(now / this.column);
      while (columns.length <= at) columns.push(0);
      columns[at] = (columns[at] ?? 0) + 1;
    }
  }

  /** Columns become twice as long. */
  private halve(): void {
    this.column *= 2;
    for (const columns of this.workers.values()) {
      const pairs = columns.flatMap((count, at) =>
        at % 2 === 0 ? [count + (columns[at + 1] ?? 0)] : [],
      );
      columns.splice(0, columns.length, ...pairs);
    }
  }

  get timeline(): Timeline {
    const workers = [...this.workers].map(([name, columns]) => ({
      name,
      tasks: columns.reduce((sum, count) => sum + count, 0),
      columns: [...columns],
    }));
    workers.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
    return { column: this.column, workers };
  }
}
