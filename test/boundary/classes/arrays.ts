import type { f64, i32, u32 } from 'tsnative';

/** @native */
export class Grid {
  cells: Float64Array;
  private next: Float64Array;
  constructor(
    readonly width: i32,
    readonly height: i32,
    given?: Float64Array,
  ) {
    this.cells = given ?? new Float64Array(width * height);
    this.next = new Float64Array(width * height);
  }
  at(x: i32, y: i32): f64 {
    return this.cells[y * this.width + x]!;
  }
  put(x: i32, y: i32, value: f64): this {
    this.cells[y * this.width + x] = value;
    return this;
  }
  step(): void {
    const w = this.width;
    for (let y = 1; y < this.height - 1; y++)
      for (let x = 1; x < w - 1; x++) {
        const i = y * w + x;
        const across = this.cells[i - 1]! + this.cells[i + 1]!;
        this.next[i] = (across + this.cells[i - w]! + this.cells[i + w]!) / 4;
      }
    [this.cells, this.next] = [this.next, this.cells];
  }
  total(): f64 {
    let sum = 0;
    for (const cell of this.cells) sum += cell;
    return sum;
  }
  has(array: Float64Array): boolean {
    return this.cells === array;
  }
  shares(other: Grid): boolean {
    return this.cells === other.cells;
  }
  use(array: Float64Array): f64 {
    const before = this.cells;
    this.cells = array;
    return before.length;
  }
  /** Numbers that come late: the array is another one by then. */
  grown(count: i32): f64 {
    let seen = 0;
    for (let i = 0; i < count; i++) {
      if (i === this.cells.length) {
        const larger = new Float64Array(this.cells.length * 2 + 1);
        larger.set(this.cells);
        this.cells = larger;
        seen++;
      }
      this.cells[i] = i;
    }
    return seen;
  }
  copy(): Grid {
    return new Grid(this.width, this.height, this.cells.slice());
  }
  told(): { cells: Float64Array; width: i32 } {
    return { cells: this.cells, width: this.width };
  }
  each(visit: (x: f64) => f64): f64 {
    let sum = 0;
    for (let i = 0; i < this.cells.length; i++) sum += visit(this.cells[i]!);
    return sum;
  }
  show(visit: (cells: Float64Array) => f64): f64 {
    const given = visit(this.cells);
    return given + this.cells[0]!;
  }
}

/** @native */
export class MinHeap {
  #keys = new Float64Array(2);
  #size = 0;
  push(key: f64): void {
    if (this.#size === this.#keys.length) {
      const keys = new Float64Array(this.#keys.length * 2);
      for (let i = 0; i < this.#size; i++) keys[i] = this.#keys[i]!;
      this.#keys = keys;
    }
    let i = this.#size++;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (this.#keys[parent]! <= key) break;
      this.#keys[i] = this.#keys[parent]!;
      i = parent;
    }
    this.#keys[i] = key;
  }
  pop(): f64 {
    if (this.#size === 0) throw new RangeError('the heap is empty');
    const top = this.#keys[0]!;
    const key = this.#keys[--this.#size]!;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= this.#size) break;
      if (child + 1 < this.#size && this.#keys[child + 1]! < this.#keys[child]!) child++;
      if (this.#keys[child]! >= key) break;
      this.#keys[i] = this.#keys[child]!;
      i = child;
    }
    this.#keys[i] = key;
    return top;
  }
  get size(): i32 {
    return this.#size;
  }
}

/**
 * xoshiro128** of Blackman and Vigna.
 * @native
 */
export class Random {
  readonly state: Uint32Array;
  constructor(state: Uint32Array) {
    this.state = state;
  }
  next(): u32 {
    const s = this.state;
    const mixed = Math.imul(s[1]!, 5);
    const result = Math.imul((mixed << 7) | (mixed >>> 25), 9) >>> 0;
    const t = s[1]! << 9;
    s[2] = s[2]! ^ s[0]!;
    s[3] = s[3]! ^ s[1]!;
    s[1] = s[1]! ^ s[2]!;
    s[0] = s[0]! ^ s[3]!;
    s[2] = s[2]! ^ t;
    s[3] = (s[3]! << 11) | (s[3]! >>> 21);
    return result;
  }
}

/** @native */
export class Bytes {
  part: Uint8Array;
  wide: BigInt64Array | null = null;
  late?: Float32Array;
  constructor(
    public all: Uint8Array,
    public view: DataView,
  ) {
    this.part = all.subarray(2, 6);
  }
  read(at: i32): f64 {
    return this.view.getFloat32(at, true);
  }
  write(at: i32, x: f64): f64 {
    this.view.setFloat32(at, x, true);
    return this.part[0]! + this.part[1]!;
  }
  widen(array: BigInt64Array | null): boolean {
    this.wide = array;
    return this.wide !== null && this.wide.length > 0 && this.wide[0]! > 1n;
  }
  laten(array: Float32Array | undefined): f64 {
    if (array) this.late = array;
    return this.late ? this.late[0]! : -1;
  }
  shift(by: i32): void {
    this.all.set(this.all.subarray(0, this.all.length - by), by);
  }
}

interface Channel {
  name: string;
  values: Float64Array;
}

/** @native */
export class Base {
  constructor(protected gains: Float64Array) {}
  gain(i: i32): f64 {
    return this.gains[i]!;
  }
}

/** @native */
export class Mixer extends Base {
  main: Channel;
  channels: Channel[] = [];
  grid = new Grid(2, 2);
  constructor(gains: Float64Array, values: Float64Array) {
    super(gains);
    this.main = { name: 'main', values };
  }
  add(name: string, values: Float64Array): i32 {
    return this.channels.push({ name, values });
  }
  override gain(i: i32): f64 {
    return super.gain(i) * 2;
  }
  mix(i: i32): f64 {
    let sum = this.main.values[i]!;
    for (const [k, channel] of this.channels.entries()) sum += channel.values[i]! * this.gain(k);
    this.grid.cells[0] = sum;
    return sum;
  }
}

/** @native */
export function sum(grids: Grid[]): f64 {
  let all = 0;
  for (const grid of grids) for (let i = 0; i < grid.cells.length; i++) all += grid.cells[i]!;
  return all;
}

/**
 * Writes to one array while it reads another, which may be the same.
 * @native
 */
export function spread(from: Grid, to: Grid, array: Float64Array): f64 {
  for (let i = 1; i < from.cells.length; i++) to.cells[i] = from.cells[i - 1]! + array[i]!;
  return array[array.length - 1]!;
}

/**
 * Makes more than it keeps.
 * @native
 */
export function churn(count: i32): Grid {
  let last = new Grid(1, 1);
  for (let i = 0; i < count; i++) {
    const grid = new Grid(3, 1);
    grid.cells[0] = i;
    if (grid.cells[0] > last.cells[0]!) last = grid;
  }
  return last;
}

/** @native */
export function failing(grid: Grid, kind: i32): f64 {
  const mine = new Float64Array(4);
  grid.cells = mine;
  mine[1] = kind;
  if (kind > 0) throw new RangeError(`kind ${kind}`);
  return grid.cells[1]!;
}
