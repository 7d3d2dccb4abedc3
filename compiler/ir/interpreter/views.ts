/** Views as JavaScript's own typed arrays, Buffers and DataViews: making them and reaching their bytes. */
import { elementSize, type ViewKind } from '../types.ts';

type View = ArrayBufferView<ArrayBufferLike>;

type ViewClass = new (buffer: ArrayBufferLike, offset: number, length: number) => View;

const classes: Readonly<Record<Exclude<ViewKind, 'buffer'>, ViewClass>> = {
  i8: Int8Array,
  u8: Uint8Array,
  u8c: Uint8ClampedArray,
  i16: Int16Array,
  u16: Uint16Array,
  i32: Int32Array,
  u32: Uint32Array,
  i64: BigInt64Array,
  u64: BigUint64Array,
  f32: Float32Array,
  f64: Float64Array,
  dataview: DataView,
};

/** A view of a buffer; offset in bytes, length in elements. */
function viewOf(kind: ViewKind, buffer: ArrayBufferLike, offset: number, length: number): View {
  return kind === 'buffer'
    ? Buffer.from(buffer, offset, length)
    : new classes[kind](buffer, offset, length);
}

/** A view of a new buffer of zeros, or undefined where there is no memory. @throws RangeError for a negative length */
export function newView(kind: ViewKind, length: bigint): View | undefined {
  if (length < 0n) throw new RangeError(`a view of ${length} elements`);
  let buffer: ArrayBuffer;
  try {
    buffer = new ArrayBuffer(Number(length) * elementSize(kind));
  } catch {
    return undefined;
  }
  return viewOf(kind, buffer, 0, Number(length));
}

/** A part of a view as a view of the same buffer. @throws RangeError for one that isn't inside */
export function subView(kind: ViewKind, view: View, start: bigint, length: bigint): View {
  const [offset, bytes] = inside(kind, view, start, length);
  return viewOf(kind, view.buffer, view.byteOffset + offset, bytes / elementSize(kind));
}

/** Copies elements as memmove does. @throws RangeError where they aren't inside */
export function moveElements(
  kind: ViewKind,
  target: View,
  targetStart: bigint,
  source: View,
  sourceStart: bigint,
  length: bigint,
): void {
  bytesOf(kind, target, targetStart, length).set(bytesOf(kind, source, sourceStart, length));
}

function bytesOf(kind: ViewKind, view: View, start: bigint, length: bigint): Uint8Array {
  const [offset, bytes] = inside(kind, view, start, length);
  return new Uint8Array(view.buffer, view.byteOffset + offset, bytes);
}

/** Offset and length in bytes. */
function inside(kind: ViewKind, view: View, start: bigint, length: bigint): [number, number] {
  const size = BigInt(elementSize(kind));
  if (start < 0n || length < 0n || (start + length) * size > BigInt(view.byteLength))
    throw new RangeError(`${length} elements from ${start} are not inside the view`);
  return [Number(start * size), Number(length * size)];
}

/** Whether no byte belongs to both views. */
export const areApart = (a: View, b: View): boolean =>
  // What views of lists are.
  (Array.isArray(a) || Array.isArray(b) ? a !== b : false) ||
  a.buffer !== b.buffer ||
  a.byteOffset + a.byteLength <= b.byteOffset ||
  b.byteOffset + b.byteLength <= a.byteOffset;
