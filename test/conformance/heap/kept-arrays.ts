import type { f64, i32, u8 } from 'tsnative';

/** @native */
export class Field {
  cells: Float64Array;
  #next: Float64Array;
  last: Float64Array | null = null;
  readonly bytes = new Uint8Array(8);
  constructor(size: i32, given?: Float64Array) {
    this.cells = given ?? new Float64Array(size);
    this.#next = new Float64Array(size);
  }
  smooth(): void {
    const { cells } = this;
    for (let i = 0; i < this.cells.length; i++) {
      const left = i > 0 ? this.cells[i - 1]! : 0;
      this.#next[i] = (left + this.cells[i]!) / 2;
    }
    this.cells = this.#next;
    this.#next = cells;
  }
  remember(array: Float64Array | null): i32 {
    const before = this.last;
    this.last = array;
    return before === null ? -1 : before === array ? 1 : before.length;
  }
  recall(): f64 {
    return this.last?.[0] ?? -2;
  }
  total(): f64 {
    let sum = 0;
    for (const x of this.cells) sum += x;
    return sum;
  }
}

interface Track {
  values: Float64Array;
  gain: f64;
  mask?: Uint8Array;
}

/** @native */
export class Song {
  tracks: Track[] = [];
  master: Track = { values: new Float64Array(1), gain: 1 };
  add(track: Track): i32 {
    return this.tracks.push(track);
  }
  mix(i: i32): f64 {
    let sum = this.master.values[0]!;
    for (const { values, gain, mask } of this.tracks)
      if (!mask || mask[i]! > 0) sum += values[i]! * gain;
    return sum;
  }
}

/** @native */
export class Loud extends Field {
  constructor(
    size: i32,
    public factor: Float64Array,
  ) {
    super(size);
    this.cells.fill(2);
  }
  override total(): f64 {
    return super.total() * this.factor[0]!;
  }
}

/** @native */
export function smoothed(values: Float64Array, rounds: i32): Float64Array {
  const field = new Field(values.length, values);
  for (let round = 0; round < rounds; round++) field.smooth();
  return field.cells;
}

/** @native */
export function aliases(a: Float64Array, b: Float64Array): string {
  const [one, two] = [new Field(2, a), new Field(2, b)];
  one.cells[0] = 5;
  const said = [one.cells === a, one.cells === two.cells, a === b, two.cells === b].join();
  two.cells = one.cells;
  two.cells[1] = 6;
  return `${said} ${one.cells === two.cells} ${two.cells === a} ${a[0]} ${b[0]} ${a[1]}`;
}

/** @native */
export function remembered(a: Float64Array, b: Float64Array): string {
  const field = new Field(1);
  const told = [field.remember(null), field.remember(a), field.recall(), field.remember(a)];
  told.push(field.remember(b), field.remember(null), field.recall());
  return told.join();
}

/** @native */
export function inLists(values: Float64Array, mask: Uint8Array): f64 {
  const song = new Song();
  song.add({ values, gain: 2 });
  song.add({ values: values.subarray(1), gain: 0.5, mask });
  song.master = { values: values.slice(1), gain: 3 };
  values[1] = -1;
  return song.mix(0) + song.mix(1) * 100 + (song.tracks[0]!.values === values ? 1000 : 0);
}

/** @native */
export function loud(factor: Float64Array): f64 {
  const all: Field[] = [new Loud(3, factor), new Field(2)];
  all[1]!.cells[0] = 1;
  factor[0] = factor[0]! + 1;
  let sum = 0;
  for (const field of all) sum += field.total();
  return sum;
}

// The array of one object, in the loop that changes it.
/** @native */
export function swapping(n: i32): string {
  const field = new Field(4);
  field.cells[1] = 1;
  const seen: f64[] = [];
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < field.cells.length; k++) field.cells[k] = field.cells[k]! + k;
    field.smooth();
    if (i === 2) field.cells = Float64Array.of(1, 2);
    seen.push(field.cells[0]!, field.cells.length);
  }
  return seen.join(' ');
}

/** @native */
export function overlapping(n: i32): Uint8Array {
  const field = new Field(1);
  for (let i = 0; i < 8; i++) field.bytes[i] = i as u8;
  field.bytes.set(field.bytes.subarray(0, 8 - n), n);
  field.bytes.copyWithin(0, 2, 4);
  return field.bytes;
}

/** @native */
export function called(values: Float64Array, visit: (x: f64) => f64): f64 {
  const field = new Field(1, values);
  let sum = 0;
  for (let i = 0; i < field.cells.length; i++) sum += visit(field.cells[i]!) + field.cells[0]!;
  return sum;
}

/** @native */
export function caught(values: Float64Array, i: i32): string {
  const field = new Field(1, values);
  try {
    field.cells = new Float64Array(3);
    field.cells[0] = 7;
    if (i > 0) throw new RangeError('late');
    field.cells = values;
  } catch (error) {
    field.cells[1] = 8;
  }
  return field.cells.join();
}

/**
 * Nothing here can throw, so nothing of the call's surroundings is known.
 * @native
 */
export function keptOrPassed(a: Float64Array, b: Float64Array): boolean {
  return a === b;
}

/** @native */
export function outside(values: Float64Array, i: i32): f64 {
  return new Field(1, values).cells[i]!;
}

export const checked = ['outside', 'swapping'];

const shared = new ArrayBuffer(32);
const sharedArray = new Float64Array(3);

export const cases: [string, unknown[]][] = [
  ['keptOrPassed', [sharedArray, sharedArray]],
  ['keptOrPassed', [sharedArray, new Float64Array(3)]],
  ['keptOrPassed', [new Float64Array(0), new Float64Array(0)]],
  ...[0, 1, 2, 5].map((n): [string, unknown[]] => [
    'smoothed',
    [Float64Array.of(1, 2, 3, -0, NaN), n],
  ]),
  ['smoothed', [new Float64Array(), 3]],
  ['aliases', [Float64Array.of(1, 2), Float64Array.of(3, 4)]],
  ['aliases', [new Float64Array(shared, 0, 2), new Float64Array(shared, 8, 2)]],
  ['remembered', [Float64Array.of(1.5), Float64Array.of(2, 3)]],
  ['remembered', [new Float64Array(), Float64Array.of(2, 3)]],
  ['inLists', [Float64Array.of(1, 2, 3), Uint8Array.of(0, 1)]],
  ['inLists', [Float64Array.of(1, 2, 3), Uint8Array.of(1, 0)]],
  ['loud', [Float64Array.of(0.5)]],
  ...[0, 1, 3, 6].map((n): [string, unknown[]] => ['swapping', [n]]),
  ...[0, 1, 3, 8].map((n): [string, unknown[]] => ['overlapping', [n]]),
  ['called', [Float64Array.of(1, 2, 3), (x: number) => x * 2]],
  ['caught', [Float64Array.of(1, 2), 0]],
  ['caught', [Float64Array.of(1, 2), 1]],
  ['outside', [Float64Array.of(1, 2), 1]],
  ['outside', [Float64Array.of(1, 2), 2]],
];
