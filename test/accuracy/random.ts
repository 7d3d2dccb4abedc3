/** Reproducible random numbers: xorshift128 (Marsaglia, "Xorshift RNGs", 2003). */

const scratch = new DataView(new ArrayBuffer(8));

export class Random {
  private a: number;
  private b = 0x6c078965;
  private c = 0x9908b0df;
  private d = 0x5851f42d;

  constructor(seed: number) {
    this.a = seed | 1;
    for (let i = 0; i < 20; i++) this.word();
  }

  /** 32 random bits. */
  word(): number {
    const t = this.a ^ (this.a << 11);
    this.a = this.b;
    this.b = this.c;
    this.c = this.d;
    this.d = this.d ^ (this.d >>> 19) ^ t ^ (t >>> 8);
    return this.d;
  }

  /** From 0 to below 1, in steps of 2^−53. */
  unit(): number {
    return ((this.word() >>> 5) * 67108864 + (this.word() >>> 6)) / 9007199254740992;
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.unit();
  }

  below(count: number): number {
    return Math.floor(this.unit() * count);
  }

  /** A finite double, all bit patterns being equally likely. */
  double(): number {
    for (;;) {
      scratch.setInt32(0, this.word());
      scratch.setInt32(4, this.word());
      const x = scratch.getFloat64(0);
      if (Number.isFinite(x)) return x;
    }
  }

  sign(): number {
    return this.word() < 0 ? -1 : 1;
  }

  /** Close to x: from some units in its last place up to a quarter of it. */
  near(x: number): number {
    return x * (1 + this.sign() * this.unit() * 2 ** -this.between(2, 54));
  }
}
