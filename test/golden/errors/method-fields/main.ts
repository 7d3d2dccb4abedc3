export class Ring {
  private data: Float64Array;
  private head = 0;

  constructor(size: number) {
    this.data = new Float64Array(size);
  }

  /** @native */
  push(x: number): void {
    if (this.head === this.data.length) {
      const larger = new Float64Array(2 * this.data.length);
      larger.set(this.data);
      this.data = larger;
    }
    this.data[this.head++] = x;
  }
}
