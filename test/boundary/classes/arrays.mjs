// Prints what becomes of typed arrays that instances keep, of the classes in the folder that is its argument.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = process.argv[2];
const file = ['js', 'ts'].map((ext) => join(folder, `arrays.${ext}`)).find(existsSync);
const { Grid, MinHeap, Random, Bytes, Mixer, sum, spread, churn, failing } = await import(
  pathToFileURL(file).href
);
const show = (value) =>
  ArrayBuffer.isView(value) && !(value instanceof DataView)
    ? `${value.constructor.name}(${value.join()})`
    : typeof value === 'string'
      ? value
      : JSON.stringify(value, (_, held) => (typeof held === 'bigint' ? `${held}n` : held));
const tell = (...values) => console.log(...values.map(show));
const thrown = (call) => {
  try {
    return call();
  } catch (error) {
    return `${error.constructor.name}: ${error.message}`;
  }
};

// One object, however often it is asked for, over the memory that native code uses.
const grid = new Grid(4, 3);
const cells = grid.cells;
tell('made', cells, cells === grid.cells, grid.has(cells), grid.has(cells.slice()));
cells[5] = 8;
tell('seen', grid.at(1, 1), grid.put(2, 1, 4).at(2, 1), cells);
grid.step();
tell('stepped', grid.cells === cells, grid.cells, cells);
grid.step();
tell('back', grid.cells === cells, cells, grid.total());
tell('keys', Object.keys(grid).includes('cells'), show(JSON.parse(JSON.stringify(grid)).cells));

// What came from JavaScript stays what it is.
const own = Float64Array.of(1, 2, 3, 4);
tell('used', grid.use(own), grid.cells === own, grid.has(own), grid.total());
own[3] = 40;
tell('written', grid.total(), thrown(() => grid.put(0, 0, 7)) === grid, own);
const part = new Float64Array(own.buffer, 8, 2);
grid.cells = part;
tell('part', grid.cells === part, grid.total(), grid.cells.byteOffset, grid.has(own));
tell(
  'other',
  thrown(() => new Grid(2, 1, own).shares(new Grid(1, 1, own))),
  grid.shares(grid),
);
const copied = new Grid(2, 2, own).copy();
tell('copied', copied.cells, copied.cells === own, copied.shares(new Grid(1, 1)));
const told = copied.told();
tell('told', told.cells === copied.cells, told);
tell('grown', new Grid(1, 1).grown(40), new Grid(0, 0).grown(0));
const growing = new Grid(1, 2);
const small = growing.cells;
tell('left', growing.grown(9), small, growing.cells);

// Functions of JavaScript see it, and change it.
tell(
  'each',
  copied.each((x) => (copied.cells[1] = 0.5), copied.cells),
  copied.cells,
);
tell(
  'shown',
  copied.show((array) => ((array[0] = 11), array === copied.cells ? 1 : 0)),
);
tell(
  'replaced',
  copied.show((array) => ((copied.cells = own), array[0])),
  copied.cells === own,
);
tell(
  'nested',
  copied.each((x) => copied.total() + grid.total()),
  copied.each((x) => x),
);

const heap = new MinHeap();
for (const key of [5, 3, 9, -1, 7, 7, 0.5, 12, -8]) heap.push(key);
const popped = [];
while (heap.size > 0) popped.push(heap.pop());
tell(
  'heap',
  popped,
  thrown(() => heap.pop()),
  Object.keys(heap).length,
);

const state = Uint32Array.of(1, 2, 3, 4);
const random = new Random(state);
tell(
  'random',
  Array.from({ length: 6 }, () => random.next()),
  state,
  random.state === state,
);

const twelve = Uint8Array.from({ length: 12 }, (_, i) => i);
const bytes = new Bytes(twelve, new DataView(twelve.buffer));
tell(
  'bytes',
  bytes.read(4),
  bytes.write(2, 1.5),
  bytes.all,
  bytes.part.buffer === bytes.all.buffer,
);
bytes.part[0] = 99;
bytes.shift(3);
tell(
  'shifted',
  bytes.all,
  bytes.part,
  bytes.view.byteLength,
  bytes.view.buffer === bytes.all.buffer,
);
const wide = BigInt64Array.of(2n);
tell('wide', bytes.wide, bytes.widen(wide), bytes.wide === wide, bytes.widen(null), bytes.wide);
tell(
  'late',
  'late' in bytes,
  bytes.laten(undefined),
  bytes.laten(Float32Array.of(0.5)),
  bytes.late,
);

const mixer = new Mixer(Float64Array.of(1, 0.25), Float64Array.of(10, 20));
const left = Float64Array.of(1, 2);
tell('mixer', mixer.add('left', left), mixer.add('both', left), mixer.mix(1), mixer.grid.cells);
tell('inside', mixer.channels[1].values === left, mixer.channels, mixer.main.values[0]);
mixer.main = { name: 'other', values: left };
left[1] = 100;
tell('shared', mixer.mix(1), mixer.main.values === left, mixer.gain(0));

tell('sum', sum([grid, copied, new Grid(2, 2, left)]), sum([]));
const line = new Grid(4, 1, Float64Array.of(1, 2, 3, 4));
tell('spread', spread(line, line, line.cells), line.cells);
const two = new Float64Array(5);
const first = new Grid(4, 1, two.subarray(0, 4));
const second = new Grid(4, 1, two.subarray(1));
two.set([1, 2, 3, 4, 5]);
tell('overlap', spread(first, second, two), two);
tell('churn', churn(20).cells);
tell(
  'failing',
  thrown(() => failing(line, 2)),
  line.cells,
  failing(line, 0),
  line.cells,
);
tell('empty', new Grid(0, 5).total(), new Grid(0, 0, new Float64Array(0)).cells.length);
tell('done');
