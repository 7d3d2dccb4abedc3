import { present } from '../support/present.js';
import { reach } from './route.js';

/** A town of streets in a grid, with a slower centre, one-way streets and a few motorways. */
const side = 317;
const count = side * side;

function town(): [Int32Array, Int32Array, Float64Array] {
  const from: number[] = [];
  const to: number[] = [];
  const seconds: number[] = [];
  let seed = 20261128;
  const random = (): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return seed / 0x80000000;
  };
  const road = (a: number, b: number, time: number): void => {
    from.push(a);
    to.push(b);
    seconds.push(time);
  };
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const here = y * side + x;
      const centre = Math.exp(-((x - side / 2) ** 2 + (y - side / 2) ** 2) / (side * side * 0.02));
      const time = (): number => 10 + 20 * random() + 40 * centre;
      if (x + 1 < side) {
        if (random() < 0.95) road(here, here + 1, time());
        if (random() < 0.8) road(here + 1, here, time());
      }
      if (y + 1 < side) {
        if (random() < 0.95) road(here, here + side, time());
        if (random() < 0.8) road(here + side, here, time());
      }
      if (x % 40 === 20 && y + 40 < side) road(here, here + 40 * side, 200);
    }
  }
  return [Int32Array.from(from), Int32Array.from(to), Float64Array.from(seconds)];
}

const [from, to, seconds] = town();

present({
  title: `Shortest paths, ${count} crossings`,
  work: () => reach(from, to, seconds, count, 0),
  bytes: (result) => result,
  describe: (result) => {
    const times = result.filter((time) => time < Infinity);
    return [
      `${times.length} of ${count} crossings can be reached over ${from.length} roads`,
      `the farthest in ${(times.reduce((a, b) => Math.max(a, b), 0) / 60).toFixed(1)} minutes`,
    ];
  },
});
