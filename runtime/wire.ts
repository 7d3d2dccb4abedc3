/**
 * The JavaScript side of the wire: the memory by which objects are handed to native code and back, and what the
 * generated code of each function needs to fill and read it. What stands where is told in
 * `compiler/wire/format.ts`. The loader carries this file into every package.
 */

import { arrayMade, fieldsOf, isNdArray } from './arrays.ts';
import { viewProblem } from './received.ts';

export { arrayMade, fieldsOf, isNdArray };

/** Slots of a new wire. */
const firstSize = 1024;
/** A wire that got larger than this is kept for the next call only until memory is wanted for something else. */
const largestKept = 2 ** 20;
/** So many objects are found by looking at each; more are looked up. */
const fewObjects = 8;
/** Units of a string up to which a loop is faster than a call of `Buffer`. */
const shortText = 24;
/** Units of a string from which it is worth to look at it first, to take no more memory than it needs. */
const longText = 2 ** 16;

/** Thrown for a value that doesn't fit its type; the function's wrapper makes an error with a path of it. */
export class Refused {
  readonly value: unknown;
  /** The type that it doesn't fit, or, where it is one object of two types, both. */
  readonly types: readonly string[];
  constructor(value: unknown, types: readonly string[]) {
    this.value = value;
    this.types = types;
  }
}

/** What a function of a module with hints gives for arguments that aren't what those say: JavaScript runs for them. */
export const refused = Symbol('refused');

/** Up to so many elements of an array are copied at once. */
const mostCopied = 2 ** 14;
/**
 * What arrays are copied from: V8 grows an array to which elements are added by copying it again and again, and one
 * made with its length counts as one with holes. The first never holds anything but integers, the second doubles.
 */
const [integers, doubles]: [number[], number[]] = [[0], [0.5]];
const { slice } = Array.prototype;

/** Ends the encoding of arguments. */
export function refuse(value: unknown, type: string): never {
  throw new Refused(value, [type]);
}

/** The memory of one call. */
export class Wire {
  /** In slots. */
  size = 0;
  /** The slot that is read or written next. */
  p = 0;
  view!: DataView;
  bytes!: Buffer;
  i8!: Int8Array;
  u8!: Uint8Array;
  i16!: Int16Array;
  u16!: Uint16Array;
  i32!: Int32Array;
  u32!: Uint32Array;
  f32!: Float32Array;
  f64!: Float64Array;
  i64!: BigInt64Array;
  u64!: BigUint64Array;
  /** The objects that have numbers, by the type's number. */
  readonly own: object[][] = [];
  /** By the type's number, the number of the next object that the queue of the answer fills. */
  readonly filled: number[] = [];
  /** The typed arrays inside of objects, by their numbers. Native code adds those that it gives back. */
  readonly views: object[] = [];
  private viewNumbers: Map<object, number> | undefined;
  /** The objects that are found again, with their types and numbers. */
  private readonly objects: object[] = [];
  private readonly types: number[] = [];
  private readonly numbers: number[] = [];
  private indices: Map<object, number> | undefined;
  /** The next one that is free. */
  next: Wire | undefined;
  /** What holds a large one that is free. */
  reference: WeakRef<Wire> | undefined;

  constructor() {
    this.resize(firstSize);
  }

  /** Makes room for more slots behind `p`. */
  grow(slots: number): void {
    this.resize(Math.max(this.size * 2, this.p + slots));
  }

  resize(size: number): void {
    const old = this.u8;
    this.use(new ArrayBuffer(size * 8));
    if (old) this.u8.set(old);
  }

  private use(buffer: ArrayBuffer): void {
    this.size = buffer.byteLength / 8;
    this.view = new DataView(buffer);
    this.bytes = Buffer.from(buffer);
    this.i8 = new Int8Array(buffer);
    this.u8 = new Uint8Array(buffer);
    this.i16 = new Int16Array(buffer);
    this.u16 = new Uint16Array(buffer);
    this.i32 = new Int32Array(buffer);
    this.u32 = new Uint32Array(buffer);
    this.f32 = new Float32Array(buffer);
    this.f64 = new Float64Array(buffer);
    this.i64 = new BigInt64Array(buffer);
    this.u64 = new BigUint64Array(buffer);
  }

  /** Makes it ready for a call whose objects have this many types. */
  start(types: number): void {
    this.p = 2;
    // There is no answer.
    this.f64[0] = 0;
    while (this.own.length < types) this.own.push([]);
  }

  /** Ends the arguments. @param slots of an answer whose size is known */
  ask(types: number, slots: number): void {
    if (this.p + slots > this.size) this.grow(slots);
    this.f64[0] = 0;
    this.f64[1] = this.p;
    for (let type = 0; type < types; type++) this.filled[type] = this.own[type]!.length; // `start` made them
  }

  /** Gets what is left of an answer that doesn't fit. */
  complete(rest: (view: DataView) => void): void {
    const slots = this.f64[0]!; // there are always slots
    if (slots <= this.size) return;
    this.resize(slots);
    rest(this.view);
  }

  /** Takes the memory of an answer that didn't fit, which is the last of the views. */
  adopt(): void {
    if (this.f64[0]! > this.size) this.use((this.views.at(-1) as DataView).buffer as ArrayBuffer); // there are always slots
  }

  /** Whether a call with typed arrays inside of objects that threw has told what it changed. */
  hasAnswer(): boolean {
    if (this.f64[0] === 0) return false;
    this.p = this.f64[1]!; // there are always slots
    this.adopt();
    return true;
  }

  /** The number of a typed array, which gets one where it has none. */
  viewNumber(view: object): number {
    const { views } = this;
    if (views.length >= fewObjects && !this.viewNumbers)
      this.viewNumbers = new Map(views.map((known, number) => [known, number]));
    const number = this.viewNumbers ? this.viewNumbers.get(view) : views.indexOf(view);
    if (number !== undefined && number >= 0) return number;
    this.viewNumbers?.set(view, views.length);
    return views.push(view) - 1;
  }

  /** Whether a call that threw has taken over its arguments, so that it may have changed them. Then the answer is there. */
  tellsChanges(rest: (view: DataView) => void): boolean {
    if (this.f64[0] !== 1) return false;
    this.p = this.f64[1]!; // there are always slots
    rest(this.view);
    this.complete(rest);
    return true;
  }

  put(value: number): void {
    if (this.p >= this.size) this.grow(1);
    this.f64[this.p++] = value;
  }

  /** The number of an object of a type that came up before, else −1. */
  find(object: object, type: number, names: readonly string[]): number {
    const { objects, indices } = this;
    let index: number | undefined;
    if (indices) {
      index = indices.get(object);
      if (index === undefined) return -1;
    } else {
      index = objects.indexOf(object);
      if (index < 0) return -1;
    }
    const known = this.types[index]!; // as long as `objects`
    if (known !== type) throw new Refused(object, [names[known] ?? '', names[type] ?? '']);
    return this.numbers[index]!; // as long as `objects`
  }

  /** Gives an object that was not found its number. */
  add(object: object, type: number): number {
    const number = this.own[type]!.push(object) - 1; // `start` made them
    const index = this.objects.push(object) - 1;
    this.types.push(type);
    this.numbers.push(number);
    if (this.indices) this.indices.set(object, index);
    else if (index >= fewObjects)
      this.indices = new Map(this.objects.map((known, place) => [known, place]));
    return number;
  }

  /** Writes a string. */
  text(text: unknown): void {
    if (typeof text !== 'string') refuse(text, 'str');
    const { length } = text;
    const isAscii = length >= longText && Buffer.byteLength(text) === length;
    // Room for two bytes a unit, and for the few by which UTF-8 shows that it needs more than one.
    const slots = 2 + (((isAscii ? length : length * 2) + 7) >>> 3);
    if (this.p + slots > this.size) this.grow(slots);
    const start = (this.p + 1) * 8;
    // What stands behind the units is always the same.
    this.f64[this.p + ((length + 7) >>> 3)] = 0;
    if (isAscii) {
      this.bytes.write(text, start, length, 'latin1');
      this.f64[this.p] = length * 2;
      this.p += 1 + ((length + 7) >>> 3);
      return;
    }
    this.f64[this.p + ((length * 2 + 7) >>> 3)] = 0;
    if (length > shortText) {
      // As long as the text only where all its units are ASCII.
      if (this.bytes.write(text, start, length + 4, 'utf8') === length) {
        this.f64[this.p] = length * 2;
        this.p += 1 + ((length + 7) >>> 3);
        return;
      }
      this.bytes.write(text, start, length * 2, 'utf16le');
    } else {
      const { u8 } = this;
      let index = 0;
      for (; index < length; index++) {
        const unit = text.charCodeAt(index);
        if (unit > 255) break;
        u8[start + index] = unit;
      }
      if (index === length) {
        this.f64[this.p] = length * 2;
        this.p += 1 + ((length + 7) >>> 3);
        return;
      }
      const { u16 } = this;
      for (index = 0; index < length; index++) u16[start / 2 + index] = text.charCodeAt(index);
    }
    this.f64[this.p] = length * 2 + 1;
    this.p += 1 + ((length * 2 + 7) >>> 3);
  }

  /** Reads a string whose header was read. */
  textOf(header: number): string {
    const length = Math.floor(header / 2);
    const wide = header % 2 === 1;
    const start = this.p * 8;
    this.p += ((wide ? length * 2 : length) + 7) >>> 3;
    if (length <= shortText / 2) {
      let text = '';
      if (wide)
        for (let index = 0; index < length; index++)
          text += String.fromCharCode(this.u16[start / 2 + index]!); // inside
      else
        for (let index = 0; index < length; index++)
          text += String.fromCharCode(this.u8[start + index]!); // inside
      return text;
    }
    return wide
      ? this.bytes.toString('utf16le', start, start + length * 2)
      : this.bytes.toString('latin1', start, start + length);
  }

  /** Forgets the objects of the call. */
  clear(types: number): void {
    for (let type = 0; type < types; type++) this.own[type]!.length = 0; // `start` made them
    this.objects.length = 0;
    this.types.length = 0;
    this.numbers.length = 0;
    this.indices = undefined;
    this.views.length = 0;
    this.viewNumbers = undefined;
  }
}

/** Reads an array of so many integers. */
export function integersOf(w: Wire, length: number): number[] {
  const start = w.p * 2;
  w.p += Math.ceil(length / 2);
  return arrayOf(w.i32, start, length, integers);
}

/** Reads an array of numbers whose header was read. */
export function numbersOf(w: Wire, header: number): number[] {
  const areInts = header % 2;
  const length = (header - areInts) / 2;
  if (areInts === 1) return integersOf(w, length);
  const start = w.p;
  w.p += length;
  return arrayOf(w.f64, start, length, doubles);
}

/** A new array of elements. @param source what it may be copied from, once they are in it */
function arrayOf(
  from: Int32Array | Float64Array,
  start: number,
  length: number,
  source: number[],
): number[] {
  switch (length) {
    case 0:
      return [];
    case 1:
      return [from[start]!]; // inside, as all that follow
    case 2:
      return [from[start]!, from[start + 1]!];
    case 3:
      return [from[start]!, from[start + 1]!, from[start + 2]!];
  }
  const copied = length < mostCopied ? length : mostCopied;
  while (source.length < copied) source.push(source[0]!); // never empty
  let index = 0;
  // Four a round: V8 doesn't do that itself, and there is more to each round than to an element.
  for (; index < copied - 3; index += 4) {
    const at = start + index;
    source[index] = from[at]!;
    source[index + 1] = from[at + 1]!;
    source[index + 2] = from[at + 2]!;
    source[index + 3] = from[at + 3]!;
  }
  for (; index < copied; index++) source[index] = from[start + index]!;
  const made: number[] = slice.call(source, 0, copied);
  for (; index < length; index++) made.push(from[start + index]!);
  return made;
}

/** The wires that no call uses: getters that run while one is filled may call native code. */
let free: Wire | undefined;
/** A large one of them. */
let large: WeakRef<Wire> | undefined;

export function takeWire(types: number): Wire {
  let wire = large?.deref();
  large = undefined;
  if (!wire) {
    wire = free ?? new Wire();
    free = wire.next;
  }
  wire.start(types);
  return wire;
}

export function giveWire(wire: Wire, types: number): void {
  if (types > 0 || wire.views.length > 0) wire.clear(types);
  if (wire.size > largestKept) {
    large = wire.reference ??= new WeakRef(wire);
    return;
  }
  wire.next = free;
  free = wire;
}

/**
 * Throws where the arguments of a running call aren't any more what they were when it began: native code has copies.
 * @param end the slot behind them on its wire
 * @param send writes them to another wire
 */
export function lookAgain(
  name: string,
  wire: Wire,
  end: number,
  types: number,
  send: (wire: Wire) => void,
): void {
  const again = takeWire(types);
  try {
    send(again);
    if (again.p === end && sameWords(wire, again, end) && sameObjects(wire, again, types)) return;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  } finally {
    giveWire(again, types);
  }
  throw new TypeError(
    `${name}: a callback has changed an argument of which native code has a copy`,
  );
}

/** Ends a call that changes objects of which JavaScript, which was called meanwhile, would see the old state. */
export function calledMeanwhile(name: string): never {
  throw new TypeError(
    `${name} changes arguments, and has called a function of JavaScript meanwhile`,
  );
}

function sameWords(a: Wire, b: Wire, end: number): boolean {
  for (let word = 4; word < end * 2; word++) if (a.u32[word] !== b.u32[word]) return false;
  return true;
}

function sameObjects(a: Wire, b: Wire, types: number): boolean {
  for (let type = 0; type < types; type++)
    if (a.own[type]!.some((object, number) => object !== b.own[type]![number])) return false; // `start` made them
  return b.views.every((view, number) => view === a.views[number]);
}

/** Whether a value is an array whose methods are the language's own. */
export function isPlainArray(value: unknown): value is unknown[] {
  if (!Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // Only the prototypes of the language, in any realm, are arrays themselves.
  return prototype === Array.prototype || Array.isArray(prototype);
}

const { get: tagOf } = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype),
  Symbol.toStringTag,
) as { get: () => string | undefined };

/** Whether a value is a typed array or DataView of a class, or of one that extends it. */
export function isViewOf(value: unknown, name: string): value is ArrayBufferView {
  const tag = tagOf.call(value);
  if (name === 'DataView') return tag === undefined && ArrayBuffer.isView(value);
  return tag === (name === 'Buffer' ? 'Uint8Array' : name);
}

/** Whether native code can use a value as a view of a class. @param exact takes none of a class that extends it */
export function isUsableView(value: unknown, name: string, exact: boolean): boolean {
  if (!isViewOf(value, name)) return false;
  // One whose memory is gone has the length 0.
  const isSure = !exact && tagOf.call(value) === name && (value as Uint8Array).length > 0;
  const receiver = { name: '', type: '', class: name, exact };
  return isSure || viewProblem('', receiver, value) === undefined;
}

/** Whether an object's class extends nothing, so that its methods are the language's own. */
const isBasic = (object: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(object);
  return (
    typeof prototype === 'object' &&
    prototype !== null &&
    Object.getPrototypeOf(Object.getPrototypeOf(prototype)) === null
  );
};

/** Gets the size of a map or set, or throws for anything else, whatever it looks like. */
const [sizeOfMap, sizeOfSet] = [Map.prototype, Set.prototype].map(
  (prototype) => Object.getOwnPropertyDescriptor(prototype, 'size')?.get,
);

function has(get: (() => unknown) | undefined, value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  try {
    get?.call(value);
    return true;
  } catch {
    return false;
  }
}

/** Whether a value is a Map whose methods are the language's own. */
export const isPlainMap = (value: unknown): boolean => has(sizeOfMap, value) && isBasic(value);

/** Whether a value is a Set whose methods are the language's own. */
export const isPlainSet = (value: unknown): boolean => has(sizeOfSet, value) && isBasic(value);

/** The entries of a map, whatever properties of its own hide its methods. */
export const mapEntries = (map: Map<unknown, unknown>): IterableIterator<[unknown, unknown]> =>
  Map.prototype.entries.call(map);

/** The values of a set, whatever properties of its own hide its methods. */
export const setValues = (set: Set<unknown>): IterableIterator<unknown> =>
  Set.prototype.values.call(set);

/** How many of the first keys of a map or set are these in this order. */
function commonKeys(own: IterableIterator<unknown>, keys: readonly unknown[]): number {
  let count = 0;
  for (const key of own) {
    if (count === keys.length || !Object.is(key, keys[count])) break;
    count++;
  }
  return count;
}

/** Makes a map have these entries in this order; what it has already isn't set again. */
export function updateMap(
  map: Map<unknown, unknown>,
  keys: readonly unknown[],
  values: readonly unknown[],
): void {
  if (commonKeys(map.keys(), keys) < map.size) map.clear();
  keys.forEach((key, index) => {
    if (!map.has(key) || !Object.is(map.get(key), values[index])) map.set(key, values[index]);
  });
}

/** Makes a set have these values in this order. */
export function updateSet(set: Set<unknown>, values: readonly unknown[]): void {
  if (commonKeys(set.values(), values) < set.size) set.clear();
  for (const value of values) if (!set.has(value)) set.add(value);
}

/** What stands for a property that an object doesn't have. */
export const missing = Symbol('missing');

/**
 * Whether an object has these properties as its own in this order and no others, as its type has to have whose
 * properties native code copies.
 * @param optional which of them may be missing
 */
export function hasMembers(
  object: object,
  names: readonly string[],
  optional: readonly boolean[],
): boolean {
  const keys = Object.keys(object);
  let at = 0;
  for (let index = 0; index < names.length; index++) {
    if (keys[at] === names[index]) at++;
    else if (!optional[index]) return false;
  }
  return at === keys.length && Object.getOwnPropertySymbols(object).length === 0;
}

/** @param type the source's name */
export function reordered(type: string): never {
  throw new TypeError(
    `properties were added to an object of ${type} in another order than the type has them, which native code can't tell JavaScript`,
  );
}

// Of all ways to ask whether setting a property calls a function this is the fastest; it looks at prototypes too.
const { __lookupSetter__: setterOf } = Object.prototype as unknown as {
  __lookupSetter__(this: object, name: string): unknown;
};

/**
 * Before a property gets what native code has set it to.
 * @throws TypeError where that would call a setter: JavaScript would have called it in the middle of the function
 */
export function refuseSetter(object: object, name: string): void {
  if (setterOf.call(object, name) !== undefined)
    throw new TypeError(
      `native code can't change '${name}' of an object that has a setter for it, which would have been called at once`,
    );
}

function refuseChange(): never {
  throw new TypeError('Cannot change a copy of what a native object has');
}

/** Freezes a new object with all that it is made of; instances in it are as they were. */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Map || value instanceof Set) {
    const changing = value instanceof Map ? ['set', 'delete', 'clear'] : ['add', 'delete', 'clear'];
    for (const method of changing)
      Object.defineProperty(value, method, { value: refuseChange, enumerable: false });
    for (const [key, held] of value.entries()) [key, held].forEach(frozen);
    Object.freeze(value);
    return value;
  }
  if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype) return value;
  // An object that holds itself is frozen already when it comes up again.
  if (Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const held of Object.values(value)) frozen(held);
  return value;
}
