/** Tells how far a run is. */

/** What is told in any case. */
export interface Counted {
  readonly done: number;
  /** undefined while nobody knows. */
  readonly total: number | undefined;
  /** Since the run began. */
  readonly seconds: number;
}

/** What a bar needs of a stream; Node's types aren't in every project. */
interface Terminal {
  readonly isTTY: boolean;
  write(text: string): unknown;
}

/** At most 20 times a second. */
const pause = 50;
const width = 30;

export class Reporter<P extends Counted> {
  private readonly tell: ((progress: P) => void) | undefined;
  private readonly draws: boolean;
  private readonly start = performance.now();
  private last = -Infinity;

  constructor(
    wanted: boolean | ((progress: P) => void) | undefined,
    private readonly stream: Terminal = process.stderr,
  ) {
    this.draws = wanted === true && stream.isTTY;
    if (typeof wanted === 'function') this.tell = wanted;
    else if (this.draws) this.tell = (progress) => this.draw(progress);
  }

  /** @param isEnd told whenever it was */
  report(now: Omit<P, 'seconds'>, isEnd = false): void {
    const time = performance.now();
    if (!this.tell || (!isEnd && time - this.last < pause)) return;
    this.last = time;
    // TypeScript doesn't see that nothing else is missing.
    this.tell({ ...now, seconds: (time - this.start) / 1000 } as P);
  }

  /** Takes the bar away. */
  clear(): void {
    if (this.draws) this.stream.write('\r\u001b[K');
  }

  private draw({ done, total, seconds }: Counted): void {
    const share = total === undefined || total === 0 ? 0 : done / total;
    const full = '█'.repeat(Math.round(share * width)).padEnd(width, '░');
    const text =
      total === undefined ? `${done}` : `${full} ${Math.floor(share * 100)} %  ${done} of ${total}`;
    const left = share > 0 ? `, ${((seconds * (1 - share)) / share).toFixed(0)} s left` : '';
    this.stream.write(`\r\u001b[K${text}  ${seconds.toFixed(0)} s${left}`);
  }
}
