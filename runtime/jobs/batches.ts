/** Inputs in batches, as large as pays. */

/** A batch takes about so long, in milliseconds: far more than a message between threads. */
const wanted = 10;
/** Growth from one batch to the next, as calls may take longer than those before. */
const growth = 1000;

export class BatchSize {
  private size: number;
  private readonly isFixed: boolean;

  constructor(batch: number | 'auto') {
    this.isFixed = batch !== 'auto';
    this.size = batch === 'auto' ? 1 : batch;
  }

  get current(): number {
    return this.size;
  }

  /** Takes notice of how long calls took. */
  learn(calls: number, milliseconds: number): void {
    if (this.isFixed || calls === 0) return;
    const fitting = (wanted / Math.max(milliseconds, 1e-3)) * calls;
    this.size = Math.max(1, Math.floor(Math.min(fitting, this.size * growth)));
  }
}

/** Takes inputs from what goes over them. */
export class Inputs<I> {
  /** How many there are; undefined while nobody knows. */
  total: number | undefined;
  isEnded = false;
  private readonly iterator: Iterator<I> | AsyncIterator<I>;
  private taken = 0;

  constructor(inputs: Iterable<I> | AsyncIterable<I>) {
    this.iterator =
      Symbol.asyncIterator in inputs ? inputs[Symbol.asyncIterator]() : inputs[Symbol.iterator]();
    if (Array.isArray(inputs) || ArrayBuffer.isView(inputs))
      this.total = (inputs as ArrayLike<I>).length;
    else if (inputs instanceof Set || inputs instanceof Map) this.total = inputs.size;
  }

  /** Up to so many; none at the end. */
  async take(most: number): Promise<I[]> {
    const batch: I[] = [];
    while (!this.isEnded && batch.length < most) {
      const given = this.iterator.next();
      const { done, value } = 'then' in given ? await given : given;
      if (done === true) {
        this.isEnded = true;
        this.total = this.taken;
        break;
      }
      batch.push(value);
      this.taken++;
    }
    return batch;
  }

  /** Nobody wants the others. */
  async close(): Promise<void> {
    if (!this.isEnded) await this.iterator.return?.();
  }
}
