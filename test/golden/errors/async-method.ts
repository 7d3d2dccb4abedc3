/** @native */
export class Counter {
  count = 0;
  async add(n: number): Promise<number> {
    this.count += n;
    return this.count;
  }
}
// rewritten:
/** @native */
export class Counter {
  count = 0;
  add(n: number): number {
    this.count += n;
    return this.count;
  }
}
