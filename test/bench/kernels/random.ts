/** Numbers that look random and are always the same: xorshift32 (G. Marsaglia, 2003). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0 || 1;
  }

  /** From 0 up to 1, in steps of 2^−24. */
  next(): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x;
    return (x >>> 8) / 2 ** 24;
  }

  /** An integer from 0 to `end` − 1. */
  below(end: number): number {
    return Math.floor(this.next() * end);
  }

  doubles(length: number, least = 0, end = 1): Float64Array {
    return Float64Array.from({ length }, () => least + (end - least) * this.next());
  }

  ints(length: number, end: number): Int32Array {
    return Int32Array.from({ length }, () => this.below(end));
  }

  bytes(length: number, end = 256): Uint8Array {
    return Uint8Array.from({ length }, () => this.below(end));
  }

  /** A symmetric n × n matrix whose diagonal outweighs the rest, so that it is positive definite. */
  definite(n: number): Float64Array {
    const matrix = this.doubles(n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < i; j++) matrix[i * n + j] = matrix[j * n + i] ?? 0;
      matrix[i * n + i] = n + this.next();
    }
    return matrix;
  }
}
