import type { bool, ByValue, f32, f64, Handle, i32, Pointer, Sized, u8 } from 'tsnative';

/** @struct */
interface Inside {
  x: f64;
  again: Inside;
}

/** @struct */
interface Text {
  name: string;
}

/** @struct */
interface Elements {
  values: Float64Array;
}

/** @struct */
interface Pair {
  values: [f64, i32];
}

/** @struct */
interface Nothing {}

/** @struct */
interface Large {
  bytes: Sized<Uint8Array, 20000>;
}

/** @struct 20 */
interface Outer {
  kind: u8;
  at: Point;
}

/** @struct 8 */
interface Point {
  x: f32;
  y: f32;
}

interface Plain {
  at: Point;
}

/** @extern c: one */
declare function one(value: Inside): void;
/** @extern c: two */
declare function two(value: Text): void;
/** @extern c: three */
declare function three(value: Elements): void;
/** @extern c: four */
declare function four(value: Pair): void;
/** @extern c: five */
declare function five(value: Nothing): void;
/** @extern c: six */
declare function six(value: Large): void;
/** @extern c: seven */
declare function seven(value: Outer): void;
/** @extern c: eight */
declare function eight(): Point;
/** @extern c: nine */
declare function nine(value: ByValue<Point> | null): void;
/** @extern c: ten */
declare function ten(value: ByValue<Point>, ...values: [i32]): void;
/** @extern c: eleven */
declare function eleven(f: (value: ByValue<Point>) => bool): void;
/** @extern c: twelve */
declare function twelve(value: ByValue<f64>): void;
/** @extern c: thirteen */
declare function thirteen(value: Plain): void;

/** @native */
export function all(value: Inside, handle: Handle<'a'>, address: Pointer): void {
  one(value);
  two({ name: '' });
  three({ values: new Float64Array(2) });
  four({ values: [1, 2] });
  five({});
  six({ bytes: new Uint8Array(20000) });
  seven({ kind: 1, at: { x: 1, y: 2 } });
  eight();
  nine(null);
  ten({ x: 1, y: 2 }, 3);
  eleven((point) => point.x > 1);
  twelve(3);
  thirteen({ at: { x: 1, y: 2 } });
}
// rewritten:
import type { ByValue, f32, f64, Handle, i32, Pointer, Sized, u8 } from 'tsnative';

/** @struct */
interface Inside {
  x: f64;
  again: Pointer;
}

/** @struct */
interface Text {
  name: Sized<string, 32>;
}

/** @struct */
interface Elements {
  values: Sized<Float64Array, 2>;
}

/** @struct */
interface Pair {
  values: [f64, f64];
}

/** @struct */
interface Something {
  x: f64;
}

/** @struct 12 */
interface Outer {
  kind: u8;
  at: Point;
}

/** @struct 8 */
interface Point {
  x: f32;
  y: f32;
}

/** @struct */
interface Plain {
  at: Point;
}

/** @extern c: one */
declare function one(value: Inside): void;
/** @extern c: two */
declare function two(value: Text): void;
/** @extern c: three */
declare function three(value: Elements): void;
/** @extern c: four */
declare function four(value: Pair): void;
/** @extern c: five */
declare function five(value: Something): void;
/** @extern c: six */
declare function six(value: Pointer): void;
/** @extern c: seven */
declare function seven(value: Outer): void;
/** @extern c: eight */
declare function eight(): ByValue<Point>;
/** @extern c: nine */
declare function nine(value: Point | null): void;
/** @extern c: ten */
declare function ten(value: Point, ...values: [i32]): void;
/** @extern c: eleven */
declare function eleven(f: (value: Pointer) => i32): void;
/** @extern c: twelve */
declare function twelve(value: ByValue<Point>): void;
/** @extern c: thirteen */
declare function thirteen(value: Plain): void;

/** @native */
export function all(value: Inside, handle: Handle<'a'>, address: Pointer): void {
  one(value);
  two({ name: '' });
  three({ values: new Float64Array(2) });
  four({ values: [1, 2] });
  five({ x: 1 });
  six(address);
  seven({ kind: 1, at: { x: 1, y: 2 } });
  eight();
  nine(null);
  ten({ x: 1, y: 2 }, 3);
  eleven((point) => (point > 1n ? 1 : 0));
  twelve({ x: 1, y: 2 });
  thirteen({ at: { x: 1, y: 2 } });
}
