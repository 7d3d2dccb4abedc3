/** Objects of types with more properties than the one they stand for: the same object, whichever type it is seen as. */
import type { f64, i32 } from 'tsnative';

interface Shape {
  name: string;
  area: f64;
}
interface Square extends Shape {
  side: f64;
}
interface Cube extends Square {
  depth: f64;
  tags: string[];
}
/** The properties of a Place stand among others. */
interface Place {
  east: f64;
  north: f64;
}
interface City {
  id: i32;
  north: f64;
  label: string | null;
  east: f64;
}
interface Tree {
  value: f64;
  next: Tree | null;
}
interface Leaf extends Tree {
  leaves: f64;
  values: Float64Array;
}
interface Keyed<K> {
  key: K;
}
interface Entry<K, V> extends Keyed<K> {
  value: V;
}

function grow(shape: Shape, by: f64): Shape {
  shape.area += by;
  shape.name += '+';
  return shape;
}

function distance(a: Place, b: Place): f64 {
  return Math.hypot(a.east - b.east, a.north - b.north);
}

/** @native */
export function growSquare(square: Square, by: f64): Square {
  const same = grow(square, by);
  return same === square ? square : { name: 'another', area: -1, side: -1 };
}

/** @native */
export function growAll(squares: Square[], cube: Cube): f64 {
  const shapes: Shape[] = [];
  for (const square of squares) shapes.push(square);
  shapes.push(cube);
  let sum = 0;
  for (const shape of shapes) sum += grow(shape, 1).area;
  cube.side = sum;
  return shapes.indexOf(cube);
}

/** @native */
export function chain(cube: Cube): f64 {
  const square: Square = cube;
  const shape: Shape = square;
  shape.area = -0;
  square.side = NaN;
  cube.depth = 1 / cube.area;
  return shape === cube ? cube.depth : 5;
}

/** @native */
export function apart(x: f64): f64 {
  const cube: Cube = { name: 'c', area: x, side: 2, depth: 3, tags: ['a'] };
  const shape: Shape = cube;
  shape.area *= 2;
  grow(cube, 0.5);
  return cube.area + cube.tags.length + cube.name.length;
}

/** @native */
export function nearest(cities: City[], at: Place): i32 {
  let best = -1;
  let least = Infinity;
  for (const city of cities) {
    const far = distance(city, at);
    if (far < least) {
      least = far;
      best = city.id;
    }
  }
  return best;
}

/** @native */
export function move(city: City, by: f64): void {
  const place: Place = city;
  place.east += by;
  place.north -= by;
}

/** @native */
export function longest(cities: City[]): f64 {
  let far = 0;
  for (const a of cities) for (const b of cities) far = Math.max(far, distance(a, b));
  return far;
}

function total(tree: Tree | null): f64 {
  let sum = 0;
  for (let one = tree; one; one = one.next) sum += one.value;
  return sum;
}

/** @native */
export function leaves(leaf: Leaf): f64 {
  const root: Leaf = { value: 1, next: null, leaves: 2, values: leaf.values };
  const inner: Tree = { value: 10, next: root };
  return total(leaf) + total(inner) + root.leaves + leaf.values.length;
}

/** A ring through objects of both types. */
/** @native */
export function ring(n: f64): f64 {
  const leaf: Leaf = { value: n, next: null, leaves: n, values: new Float64Array(3) };
  const tree: Tree = { value: 1, next: leaf };
  leaf.next = tree;
  return tree.next ? tree.next.value + (leaf.next ? leaf.next.value : 0) : NaN;
}

const keyOf = <K>(keyed: Keyed<K>): K => keyed.key;

/** @native */
export function keys(entry: Entry<string, f64>, other: Entry<f64, boolean>): string {
  return `${keyOf(entry)} ${keyOf(other)}`;
}

interface Options {
  deep: boolean;
}

const isDeep = ({ deep }: Options): boolean => deep;

/** A literal that is no fresh one has what it wants. */
/** @native */
export function literal(n: f64): f64 {
  const options = { n, deep: n > 0, name: 'x' };
  return isDeep(options) ? options.n : options.name.length;
}

/** @native */
export function chosen(square: Square, cube: Cube, first: boolean): f64 {
  let shape: Shape = square;
  if (!first) shape = cube;
  shape.area = 7;
  return square.area + cube.area * 10;
}

/** @native */
export function stored(square: Square): f64 {
  const holder: { shape: Shape; all: Map<string, Shape> } = { shape: square, all: new Map() };
  holder.all.set('a', square);
  const found = holder.all.get('a');
  if (found) found.area = 3;
  holder.shape.name = 'held';
  return square.area;
}

/** @native */
export function maybe(square: Square | null): f64 {
  const shape: Shape | null = square;
  if (shape) shape.area++;
  return shape === null ? -1 : shape.area;
}

const square: Square = { name: 's', area: 4, side: 2 };
const cube: Cube = { name: 'c', area: 24, side: 2, depth: 2, tags: [] };
const cities: City[] = [
  { id: 4, north: 1, label: null, east: 0 },
  { id: 7, north: -3, label: 'ü', east: 2 },
];
const leaf: Leaf = { value: 0.5, next: null, leaves: 0, values: new Float64Array(4) };

export const cases: readonly (readonly [string, readonly unknown[]])[] = [
  ['growSquare', [square, 2]],
  ['growSquare', [{ ...square, extra: 1 }, NaN]],
  ['growAll', [[square, square], cube]],
  ['growAll', [[], cube]],
  ['chain', [cube]],
  ['apart', [1.5]],
  ['nearest', [cities, { east: 1, north: -2 }]],
  ['nearest', [[], { east: 1, north: -2 }]],
  ['move', [cities[0], 2]],
  ['longest', [cities]],
  ['leaves', [leaf]],
  ['leaves', [{ ...leaf, next: { value: 3, next: null } }]],
  ['ring', [4]],
  [
    'keys',
    [
      { key: 'k', value: 1 },
      { key: -0, value: true },
    ],
  ],
  ['literal', [1]],
  ['literal', [-1]],
  ['chosen', [square, cube, true]],
  ['chosen', [square, cube, false]],
  ['stored', [square]],
  ['maybe', [square]],
  ['maybe', [null]],
];
