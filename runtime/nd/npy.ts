/**
 * NumPy's files of arrays, `.npy`: a line of a Python dictionary that tells type, order and shape, then the elements.
 * Source of the format: NumPy's documentation, "numpy.lib.format" (NEP 1), versions 1.0, 2.0 and 3.0.
 */
import type { NdArray } from './array.ts';
import { columnMajor, ndarray } from './make.ts';
import type { Elements } from './elements.ts';
import { sizeOfShape } from './shapes.ts';

type ElementsClass = new (buffer: ArrayBufferLike, offset: number, length: number) => Elements;

/** By NumPy's kind of a type and how many bytes an element has. */
const classes: Readonly<Record<string, ElementsClass>> = {
  // NumPy's booleans are bytes.
  b1: Uint8Array,
  i1: Int8Array,
  u1: Uint8Array,
  i2: Int16Array,
  u2: Uint16Array,
  i4: Int32Array,
  u4: Uint32Array,
  f4: Float32Array,
  f8: Float64Array,
  i8: BigInt64Array,
  u8: BigUint64Array,
};

/** \x93NUMPY */
const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const headerAlignment = 64;
const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

interface Header {
  /** Such as `<f8`. */
  readonly descr: string;
  readonly isColumnMajor: boolean;
  readonly shape: readonly number[];
  /** Where the elements begin. */
  readonly start: number;
}

/**
 * The array of a `.npy` file: versions 1 to 3, row- and column-major, little- and big-endian, of booleans (as bytes),
 * integers of up to 64 bits and floats of 32 and 64 bits. It shares the memory of `bytes` where elements are aligned there
 * and in the machine's byte order; else it is a copy.
 * @param type the class that the elements must have, by which TypeScript knows it
 * @throws TypeError for what is no such file, has another type, or one without a typed array; RangeError where elements are missing
 */
export function readNpy(bytes: Uint8Array): NdArray<Elements>;
export function readNpy<A extends Elements>(
  bytes: Uint8Array,
  type: new (length: number) => A,
): NdArray<A>;
export function readNpy(
  bytes: Uint8Array,
  type?: new (length: number) => Elements,
): NdArray<Elements> {
  const { descr, isColumnMajor, shape, start } = readHeader(bytes);
  const found = classes[descr.slice(1)];
  if (!found || !/^[<>=|]/.test(descr))
    throw new TypeError(`there is no typed array for NumPy's type '${descr}'`);
  if (type && type !== (found as unknown))
    throw new TypeError(`expected a file of a ${type.name}, got one of a ${found.name}`);
  const length = sizeOfShape(shape);
  const width = Number(descr.slice(2));
  if (bytes.length - start < length * width)
    throw new RangeError(
      `a file of shape [${shape.join(', ')}] has ${length * width} bytes of elements, not ${bytes.length - start}`,
    );
  const isSwapped =
    width > 1 && (descr[0] === '<' || descr[0] === '>') && (descr[0] === '<') !== isLittleEndian;
  const at = bytes.byteOffset + start;
  const data =
    isSwapped || at % width !== 0
      ? copied(bytes.subarray(start, start + length * width), found, width, isSwapped)
      : new found(bytes.buffer, at, length);
  return isColumnMajor ? columnMajor(data, shape) : ndarray(data, shape);
}

/** The elements in memory of their own. */
function copied(
  bytes: Uint8Array,
  type: ElementsClass,
  width: number,
  isSwapped: boolean,
): Elements {
  // Of a Buffer `slice` would be a view.
  const copy = new Uint8Array(bytes);
  if (isSwapped)
    for (let at = 0; at < copy.length; at += width) copy.subarray(at, at + width).reverse();
  return new type(copy.buffer, 0, copy.length / width);
}

function readHeader(bytes: Uint8Array): Header {
  const [major, minor] = bytes.subarray(6);
  if (bytes.length < 10 || magic.some((byte, index) => bytes[index] !== byte))
    throw new TypeError("this is no .npy file: it doesn't begin with \\x93NUMPY");
  if (major === undefined || major < 1 || major > 3 || minor !== 0)
    throw new TypeError(
      `a .npy file of version ${major}.${minor} can't be read, of 1.0 to 3.0 can`,
    );
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const first = major === 1 ? 10 : 12;
  const length =
    major === 1 ? view.getUint16(8, true) : bytes.length < 12 ? NaN : view.getUint32(8, true);
  if (!(first + length <= bytes.length)) throw new RangeError('a .npy file ends in its header');
  const text = new TextDecoder(major === 3 ? 'utf-8' : 'latin1').decode(
    bytes.subarray(first, first + length),
  );
  const descr = /['"]descr['"]\s*:\s*['"]([^'"]*)['"]/.exec(text)?.[1];
  const order = /['"]fortran_order['"]\s*:\s*(True|False)/.exec(text)?.[1];
  const sizes = /['"]shape['"]\s*:\s*\(([^)]*)\)/.exec(text)?.[1];
  if (descr === undefined && /['"]descr['"]\s*:\s*\[/.test(text))
    throw new TypeError("there is no typed array for NumPy's structured types");
  if (descr === undefined || order === undefined || sizes === undefined)
    throw new TypeError(`the header of a .npy file is none: ${text.trim()}`);
  // Python 2 wrote 3L.
  const shape = sizes
    .split(',')
    .map((size) => size.trim().replace(/L$/, ''))
    .filter((size) => size !== '')
    .map((size) => (/^\d+$/.test(size) ? Number(size) : NaN));
  if (!shape.every((size) => size < 2 ** 31))
    throw new TypeError(`a .npy file has no shape (${sizes})`);
  return { descr, isColumnMajor: order === 'True', shape, start: first + length };
}

const byteOrder = (width: number): string => (width === 1 ? '|' : isLittleEndian ? '<' : '>');

/** NumPy's name of the type of a typed array. */
function descrOf(data: Elements): string {
  const width = data.BYTES_PER_ELEMENT;
  const kind = /^(Float)|^(Big)?(Uint)/.exec(data.constructor.name);
  const letter = kind?.[1] ? 'f' : kind?.[3] || data instanceof Uint8Array ? 'u' : 'i';
  return `${byteOrder(width)}${letter}${width}`;
}

/**
 * The bytes of a `.npy` file of an array (version 1.0, or 2.0 for very many axes). Elements of a column-major array stay
 * in that order; of another view that isn't row-major they are copied row by row.
 */
export function writeNpy(array: NdArray<Elements> | Elements): Uint8Array {
  const given = ArrayBuffer.isView(array) ? ndarray(array) : array;
  const isColumnMajor = !given.isRowMajor && given.transpose().isRowMajor;
  const whole = given.isRowMajor || isColumnMajor ? given : given.copy();
  const { shape, size } = given;
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${descrOf(whole.data)}', 'fortran_order': ${isColumnMajor ? 'True' : 'False'}, 'shape': (${sizes}), }`;
  const isLong = text.length + 1 + 10 + headerAlignment > 0xffff;
  const first = isLong ? 12 : 10;
  const start = Math.ceil((first + text.length + 1) / headerAlignment) * headerAlignment;
  const { data, offset } = whole;
  const bytes = new Uint8Array(start + size * data.BYTES_PER_ELEMENT);
  bytes.set([...magic, isLong ? 2 : 1, 0]);
  const view = new DataView(bytes.buffer);
  if (isLong) view.setUint32(8, start - first, true);
  else view.setUint16(8, start - first, true);
  const line = `${text.padEnd(start - first - 1)}\n`;
  for (let index = 0; index < line.length; index++) bytes[first + index] = line.charCodeAt(index);
  if (size > 0) {
    const part = data.subarray(offset, offset + size);
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), start);
  }
  return bytes;
}
