/** Classes of JavaScript's some of whose methods are native. */
import type { f32, i32 } from 'tsnative';

interface Point {
  x: number;
  y: number;
}

export class Scaled {
  protected scale = 2;
  weight(x: number): number {
    return x * this.scale;
  }
  get twice(): number {
    return this.scale * 2;
  }
}

export class Filter extends Scaled {
  private readonly taps: Float64Array;
  private at: i32 = 0;
  readonly points: Point[] = [{ x: 1, y: 2 }];
  readonly names = new Map<string, number>();
  readonly list: number[] = [];
  name = 'filter';
  gain: f32 = 0.5;
  last: number | null = null;
  seen?: number;
  isOn = false;
  whole: i32 = 0;
  #count = 0;
  #maybe?: number;

  constructor(length: number) {
    super();
    this.taps = new Float64Array(length);
  }

  /** @native */
  push(x: number): number {
    this.taps[this.at] = x;
    this.at = (this.at + 1) % this.taps.length;
    this.#count++;
    this.#maybe = x < 0 ? undefined : (this.#maybe ?? 0) + x;
    let sum = 0;
    for (let i = 0; i < this.taps.length; i++) sum += this.taps[i]!;
    return this.weight(sum) * this.gain;
  }

  /** @native */
  toggle(x: number): boolean {
    this.isOn = !this.isOn;
    this.last = x > 2 ? x : null;
    this.seen = x === 0 ? undefined : x;
    return this.isOn;
  }

  /** @native */
  failAt(x: number): number {
    this.whole++;
    if (x > 2) throw new RangeError(`${this.name} fails at ${x}`);
    this.whole += this.twice;
    return this.whole;
  }

  /** @native */
  insides(x: number): string {
    this.points.push({ x, y: 0 });
    this.points[0]!.y += x;
    this.names.set(`n${x}`, this.points.length);
    this.list.push(x, -x);
    return `${this.name}: ${this.list.join()}`;
  }

  /** @native */
  chained(x: number): this {
    this.scale = x;
    return this;
  }

  /** @native */
  static mean(values: Float64Array): number {
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += values[i]!;
    return sum / values.length;
  }

  get state(): string {
    return JSON.stringify([this.#count, this.#maybe, this.at, [...this.taps], [...this.names]]);
  }
}
