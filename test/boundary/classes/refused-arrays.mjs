// Prints what native code refuses of typed arrays that instances keep, of the classes in the folder that is its argument.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const { Grid, Bytes, Random, Mixer, sum, spread } = await import(
  pathToFileURL(join(process.argv[2], 'arrays.js')).href
);
const tell = (what, call) => {
  try {
    console.log(`${what}: ${String(call())}`);
  } catch (error) {
    console.log(`${what}: ${error.constructor.name}: ${error.message}`);
  }
};
const detach = ({ buffer }) => structuredClone(buffer, { transfer: [buffer] });
const resizable = new ArrayBuffer(32, { maxByteLength: 64 });

const grid = new Grid(2, 2);
tell('an array of another class', () => (grid.cells = new Float32Array(4)));
tell('a list', () => (grid.cells = [1, 2]));
tell('nothing', () => (grid.cells = undefined));
tell('outside', () => grid.at(0, 9));
tell('as it was', () => grid.cells.length);

const cells = grid.cells;
detach(cells);
tell('detached', () => grid.total());
tell('detached, to be read', () => grid.cells);
tell('detached, in a list', () => sum([new Grid(1, 1), grid]));
tell('another one in its place', () => ((grid.cells = Float64Array.of(1, 2)), grid.total()));
tell('a detached one', () => (grid.cells = cells));
tell('as it was then', () => grid.total());

const tracking = new Float64Array(resizable);
const fixed = new Float64Array(resizable, 8, 2);
const [all, part] = [new Grid(4, 1, tracking), new Grid(2, 1, fixed)];
tell('resizable', () => [all.total(), part.total(), all.cells === tracking]);
resizable.resize(64);
tracking[7] = 2;
tell('larger', () => [all.total(), part.total(), all.cells.length]);
resizable.resize(16);
tell('smaller', () => [all.total(), all.cells.length]);
tell('too small', () => part.total());
resizable.resize(32);
tell('large enough again', () => [all.total(), part.total()]);
resizable.resize(0);
tell('nothing left, of one that follows', () => [all.total(), all.cells.length]);
tell('nothing left', () => part.put(0, 0, 1));

const shown = new Grid(2, 1, Float64Array.of(1, 2));
tell('detached by a callback', () => shown.show((array) => (detach(array), 1)));
tell('after it', () => shown.total());
const other = new Grid(2, 1, Float64Array.of(3, 4));
tell('by a call inside of a callback', () =>
  other.each((x) => (x === 3 ? other.each(() => (detach(other.cells), 1)) : x)),
);
const apart = new Grid(2, 1, Float64Array.of(5, 6));
tell('one that the call doesn’t use', () => apart.each((x) => (detach(new Float64Array(2)), x)));
const replaced = new Grid(2, 1, Float64Array.of(7, 8));
tell('one that it uses no more', () =>
  replaced.show((array) => ((replaced.cells = Float64Array.of(9)), detach(array), 1)),
);

const view = new DataView(new ArrayBuffer(8));
const bytes = new Bytes(new Uint8Array(view.buffer), view);
tell('a Buffer where its class tells', () => (bytes.all = Buffer.from('abc')));
tell('a subclass', () => new Bytes(new (class Own extends Uint8Array {})(8), view));
tell('a Buffer where it doesn’t', () => new Random(new Uint32Array(4)).next());
detach(view);
tell('a DataView', () => bytes.read(0));
tell('a part', () => bytes.write(0, 1));

const mixer = new Mixer(Float64Array.of(1), Float64Array.of(10));
mixer.add('left', Float64Array.of(2));
tell('inside', () => mixer.mix(0));
detach(mixer.channels[0].values);
tell('inside, detached', () => mixer.mix(0));
const frozen = mixer.main;
tell('a copy', () => (frozen.values = Float64Array.of(1)));
tell('its array', () => ((frozen.values[0] = 4), mixer.main.values[0]));
tell('an argument', () => spread(apart, apart, cells));
