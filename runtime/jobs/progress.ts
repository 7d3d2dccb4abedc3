/** Tells how far a run is. */
import type { JobOptions, Progress } from './options.ts';

/** At most 20 times a second. */
const pause = 50;
const width = 30;

export class Reporter {
  private readonly tell: ((progress: Progress) => void) | undefined;
  private readonly draws: boolean;
  private readonly start = performance.now();
  private last = -Infinity;

  constructor(
    wanted: JobOptions['progress'],
    private readonly stream: NodeJS.WriteStream = process.stderr,
  ) {
    this.draws = wanted === true && stream.isTTY;
    if (typeof wanted === 'function') this.tell = wanted;
    else if (this.draws) this.tell = (progress) => this.draw(progress);
  }

  /** @param isEnd told whenever it was */
  report(now: Omit<Progress, 'seconds'>, isEnd = false): void {
    const time = performance.now();
    if (!this.tell || (!isEnd && time - this.last < pause)) return;
    this.last = time;
    this.tell({ ...now, seconds: (time - this.start) / 1000 });
  }

  /** Takes the bar away. */
  clear(): void {
    if (this.draws) this.stream.write('\r\u001b[K');
  }

  private draw({ done, total, seconds }: Progress): void {
    const share = total === undefined || total === 0 ? 0 : done / total;
    const full = '█'.repeat(Math.round(share * width)).padEnd(width, '░');
    const text =
      total === undefined ? `${done}` : `${full} ${Math.floor(share * 100)} %  ${done} of ${total}`;
    const left = share > 0 ? `, ${((seconds * (1 - share)) / share).toFixed(0)} s left` : '';
    this.stream.write(`\r\u001b[K${text}  ${seconds.toFixed(0)} s${left}`);
  }
}
