// The cities of the world: an index, and what is near each of some thousand of them: in a map's tile, as clusters of
// points are made, within some kilometres, as the nearest are looked for, and in the region around.
import { cities } from './cities.mjs';

/** In degrees: in the middle of them there is one city, 30, 130 and 400. */
const sizes = [0.01, 0.2, 0.5, 1];

/** @param {{ default: typeof import('kdbush').default }} api */
export default function work({ default: KDBush }) {
  const index = new KDBush(cities.length);
  for (const [longitude, latitude] of cities) index.add(longitude, latitude);
  index.finish();
  const outputs = [index.ids, index.coords];
  const [inBoxes, inCircles] = [new Digest(), new Digest()];
  for (let i = 0; i < cities.length; i += 3) {
    const [longitude, latitude] = cities[i];
    const size = sizes[i % sizes.length];
    inBoxes.add(index.range(longitude - size, latitude - size, longitude + size, latitude + size));
    inCircles.add(index.within(longitude, latitude, size));
  }
  outputs.push({ ...inBoxes }, { ...inCircles });
  const out = new Uint32Array(cities.length);
  outputs.push(index.withinInto(10, 50, 5, out), out);
  const copy = KDBush.from(index.data);
  outputs.push(copy.range(0, 40, 10, 50), copy.numItems, copy.nodeSize);
  const few = new KDBush(100, 4, Float32Array);
  for (const [longitude, latitude] of cities.slice(0, 100)) few.add(longitude, latitude);
  outputs.push(few.finish().within(cities[0][0], cities[0][1], 0.1), new Uint8Array(few.data));
  for (const wrong of [
    () => new KDBush(-1),
    () => new KDBush(2).range(0, 0, 1, 1),
    () => KDBush.from({}),
  ])
    outputs.push(thrown(wrong));
  return outputs;
}

/** What many lists of numbers are, without keeping them. */
class Digest {
  lists = 0;
  numbers = 0;
  hash = 0;

  add(list) {
    for (let i = 0; i < list.length; i++) this.hash = (Math.imul(this.hash, 31) + list[i]) | 0;
    this.numbers += list.length;
    this.lists++;
  }
}

function thrown(run) {
  try {
    return run();
  } catch (error) {
    return `${error.name}: ${error.message}`;
  }
}
