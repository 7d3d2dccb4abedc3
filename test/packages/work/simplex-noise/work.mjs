// Maps of each kind of noise, and single values of it; what other random functions make.

/** @param {typeof import('./maps.js')} api */
export default function work({ createNoise2D, createNoise3D, createNoise4D, ...maps }) {
  const noises = [createNoise2D, createNoise3D, createNoise4D].map((create) => create(random(7)));
  const [plane, space, hyper] = noises;
  const outputs = [];
  const map = new Float64Array(1024 * 1024);
  maps.fillMap(plane, map, 1024, 0.013);
  outputs.push(map);
  const slice = new Float64Array(256 * 256);
  maps.fillSlice(space, slice, 256, 3.5);
  outputs.push(slice);
  const torus = new Float64Array(256 * 256);
  maps.fillTorus(hyper, torus, 256, 40);
  outputs.push(torus);
  const few = [NaN, Infinity, -0, 1e300, -3.25];
  outputs.push(few.map((x) => noises.map((noise) => String(noise(x, 1, x, 2)))));
  const other = new Float64Array(64 * 64);
  maps.fillMap((x, y) => x - y, other, 64, 0.5);
  outputs.push(other);
  return outputs;
}

function random(seed) {
  let state = seed;
  return () => (state = (state * 16807) % 2147483647) / 2147483647;
}
