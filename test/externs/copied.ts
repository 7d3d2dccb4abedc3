/** What C gets of structures that are copied, and what comes back; `vendor/copied.c` has the functions. */
import {
  memory,
  type ByValue,
  type f64,
  type Handle,
  type i32,
  type i64,
  type Pointer,
  type Sized,
  type u8,
} from 'tsnative';

/** @struct 16 */
export interface Point {
  x: f64;
  y: f64;
}

/** @struct 72 */
export interface Thing {
  kind: u8;
  name: Sized<string, 8>;
  at: Point;
  corners: [Point, Point];
  sizes: Sized<Int16Array, 3>;
}

/** @extern all: thing_move */
declare function move(thing: Thing, x: f64): i32;
/** @extern all: thing_fill */
declare function fill(thing: Thing | null, letter: u8): void;
/** @extern all: thing_sum */
declare function sum(thing: Readonly<Thing>): f64;
/** @native @extern all: thing_of */
export declare function thingOf(name: string, x: f64): ByValue<Thing>;

/** @native */
export function moved(thing: Thing, x: f64): f64 {
  const at = thing.at;
  const names = move(thing, x);
  // What stands in the object is what stood there, with other numbers.
  return at === thing.at ? at.x + names : -1;
}

/** @native */
export function filled(thing: Thing, letter: u8): string {
  fill(null, letter);
  fill(thing, letter);
  return thing.name;
}

/** @native */
export function shared(x: f64): f64[] {
  const at = { x: 1, y: 2 };
  const thing: Thing = { kind: 1, name: 'a', at, corners: [at, at], sizes: new Int16Array(3) };
  move(thing, x);
  return [at.x, at.y];
}

/** @native */
export function summed(thing: Thing): f64 {
  return sum(thing);
}

/** @native */
export function onlyNumbers(count: i32): f64 {
  let total = 0;
  for (let i = 0; i < count; i++) {
    const { at, sizes, name } = thingOf('abc', i);
    total += at.x + sizes[1]! + name.length;
  }
  return total;
}

/** @struct 48 */
interface Listener {
  scale: { (x: f64): f64 };
  limits: Limits;
  heard: i64;
}

/** @struct 32 */
interface Limits {
  range: [f64, f64];
  over: (x: f64) => i32;
  last: f64;
}

/** @extern all: tell_listener */
declare function tell(listener: Listener, from: f64, to: f64): f64;

/** @native */
export function listened(factor: f64, limit: f64): string {
  let over = 0;
  const listener: Listener = {
    scale: (x) => x * factor,
    limits: {
      range: [0, limit],
      over: (x) => {
        over++;
        if (x > 100) throw new RangeError(`too much: ${x}`);
        return over;
      },
      last: 0,
    },
    heard: 0n,
  };
  const total = tell(listener, 1, 5);
  return `${total} ${listener.heard} ${listener.limits.last} ${listener.limits.range[1]} ${over}`;
}

type Node = Handle<'node'>;
/** @struct 16 */
interface Found {
  node: Node;
  depth: i32;
}
/** @extern all: node_find */
declare function find(depth: i32): ByValue<Found>;
/** @extern all: node_free, frees: node */
declare function free(node: Node): void;
/** @extern all: node_depth */
declare function depth(node: Node): i32;

/** @native */
export function foundOften(times: i32): i32 {
  let total = 0;
  for (let i = 0; i < times; i++) {
    const found = find(i);
    total += depth(found.node) - found.depth + 1;
    free(found.node);
  }
  return total;
}

/** @struct 8 */
interface Quotient {
  quot: i32;
  rem: i32;
}
/** @extern c: div */
declare function div(a: i32, b: i32): ByValue<Quotient>;

/** @native */
export function divided(a: i32, b: i32): i32[] {
  const { quot, rem } = div(a, b);
  return [quot, rem];
}

/** @extern all: thing_at */
declare function thingAt(): Pointer;

/** @native */
export function seen(): i32 {
  return memory.getUint8(thingAt());
}

/** @native */
export async function aside(x: f64): Promise<Point> {
  const { at, corners } = thingOf('aside', x);
  return { x: at.x + corners[1].x, y: at.y };
}

/** @struct 32 */
interface Four {
  d: [f64, f64, f64, f64];
}

/** @extern all: four_map, threads */
declare function mapFour(given: ByValue<Four>, f: (x: f64) => f64, thing: Thing): ByValue<Four>;

/**
 * C calls on a thread of its own, and the caller runs what it is asked for.
 * @native
 */
export function mappedAside(thing: Thing, list: f64[]): f64[] {
  const { d } = mapFour(
    { d: [1, 2, 3, 4] },
    (x) => {
      list.push(x);
      return x * 10;
    },
    thing,
  );
  return [...d, thing.at.y];
}
