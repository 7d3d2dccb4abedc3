// The triangulation of the cities of the world; and of points on a line, and of few.
import { cities } from './cities.mjs';

/** @param {{ default: typeof import('delaunator').default }} api */
export default function work({ default: Delaunator }) {
  const world = Delaunator.from(cities);
  const outputs = [world.triangles, world.halfedges, world.hull, world.coords];
  for (let i = 0; i < world.coords.length; i++) world.coords[i] += Math.sin(i);
  world.update();
  outputs.push(world.triangles, world.halfedges, world.hull);
  const line = new Delaunator(Float64Array.of(0, 0, 3, 3, 1, 1, 2, 2));
  const square = new Delaunator([0, 0, 1, 0, 1, 1, 0, 1]);
  const none = new Delaunator(new Float64Array(0));
  for (const { triangles, halfedges, hull } of [line, square, none])
    outputs.push(triangles, halfedges, hull);
  const named = Delaunator.from(
    cities.slice(0, 50).map(([x, y]) => ({ x, y })),
    ({ x }) => x,
    ({ y }) => y,
  );
  outputs.push(named.triangles);
  return outputs;
}
