// Does random things with instances that keep typed arrays, from a seed, and prints what it sees: the same of all ways to run.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setImmediate as later } from 'node:timers/promises';

const [, , folder, seeds = '1,2,3,4,5,6,7,8'] = process.argv;
const file = ['js', 'ts'].map((ext) => join(folder, `arrays.${ext}`)).find(existsSync);
const { Grid, MinHeap, Bytes, Mixer, sum, spread, churn, failing } = await import(
  pathToFileURL(file).href
);

function program(seed) {
  let state = seed;
  const below = (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  const pick = (list) => list[below(list.length)];
  const grids = [];
  const arrays = [Float64Array.of(1, 2, 3, 4), new Float64Array(9)];
  const mixers = [];
  const heap = new MinHeap();
  const seen = [];
  const note = (...values) => seen.push(values.join(' '));
  const attempt = (call) => {
    try {
      return call();
    } catch (error) {
      return error.constructor.name;
    }
  };
  const array = () => {
    if (below(3) > 0) return pick(arrays);
    const made = new Float64Array(6 + below(6)).map(() => below(100));
    const part = below(2) ? made : new Float64Array(made.buffer, 8 * below(3));
    arrays.push(part);
    if (arrays.length > 12) arrays.splice(below(12), 4);
    return part;
  };
  const grid = () => {
    if (grids.length > 0 && below(4) > 0) return pick(grids);
    const made = below(2) ? new Grid(2, 2) : new Grid(2, 2, array());
    grids.push(made);
    if (grids.length > 10) grids.splice(below(10), 5);
    return made;
  };
  // What they hold is at least four elements: others end in errors of native code alone.
  const actions = [
    () => note('total', grid().total()),
    () => note('put', grid().put(below(2), below(2), below(50)).at(1, 1)),
    () => note('use', grid().use(array())),
    () => (grid().cells = array()),
    () => {
      const one = grid();
      arrays.push(one.cells);
      note('same', one.cells === one.cells, one.has(pick(arrays)), one.shares(grid()));
    },
    () => note('copy', grids.push(grid().copy()), grids.at(-1).total()),
    () => note('told', grid().told().cells === pick(grids)?.cells),
    () => note('grown', grid().grown(below(12))),
    () => note('sum', sum([grid(), grid(), grid()])),
    () => note('churn', churn(below(5)).cells.length),
    () =>
      note(
        'failing',
        attempt(() => failing(grid(), below(2))),
      ),
    () => {
      const one = grid();
      note(
        'each',
        one.each((x) => x + (below(3) ? 1 : grid().total())),
      );
    },
    () => {
      const one = grid();
      note(
        'show',
        one.show((cells) => (below(2) ? (one.cells = array())[0] : cells[1])),
      );
    },
    () => {
      const [from, to] = [grid(), grid()];
      const length = Math.min(from.cells.length, to.cells.length);
      const other = array();
      if (from.cells.length <= length && other.length >= length)
        note('spread', spread(from, to, other), to.cells.join());
    },
    () => {
      const mixer = new Mixer(array(), array());
      mixer.add('a', array());
      if (below(2)) mixer.main = { name: 'b', values: array() };
      mixers.push(mixer);
      if (mixers.length > 5) mixers.shift();
      note('mix', pick(mixers).mix(below(3)), mixer.channels[0].values.length);
    },
    () => {
      heap.push(below(1000));
      if (below(3) === 0) note('heap', heap.pop(), heap.size);
    },
    () => {
      const buffer = new ArrayBuffer(16);
      const bytes = new Bytes(new Uint8Array(buffer), new DataView(buffer, 4));
      bytes.write(below(8), below(100));
      bytes.shift(below(5));
      note('bytes', bytes.all.join(), bytes.part[0], bytes.read(0));
    },
    () => (pick(arrays)[below(3)] = below(1000)),
  ];
  const steps = function* () {
    for (let step = 0; step < 400; step++) yield pick(actions);
  };
  return { steps, seen, below };
}

for (const seed of seeds.split(',').map(Number)) {
  const { steps, seen, below } = program(seed);
  for (const action of steps()) {
    action();
    if (below(40) === 0) {
      await later();
      globalThis.gc?.();
    }
  }
  console.log(`seed ${seed}\n${seen.join('\n')}`);
}
console.log('done');
