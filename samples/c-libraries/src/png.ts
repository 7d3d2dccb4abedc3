/** libpng: pictures as files, by what it calls its simplified API, which jumps out of nothing. */
import { addressOf, memory, type i32, type Out, type Pointer, type u64 } from 'tsnative';

/*
 * A `png_image` has a text of 64 bytes in it, so it is bytes here: a pointer, which libpng uses, the version at 8, the
 * width at 12, the height at 16, the format at 20.
 */
const imageBytes = 104;
const version = 1;
const rgba = 3;

/** @extern png16: png_image_write_to_memory */
declare function write(
  image: Uint8Array,
  to: Uint8Array | null,
  bytes: Out<u64>,
  convert: i32,
  pixels: Uint8Array,
  stride: i32,
  colours: Pointer,
): i32;

/** @extern png16: png_image_begin_read_from_memory */
declare function begin(image: Uint8Array, from: Uint8Array, bytes: u64): i32;

/** @extern png16: png_image_finish_read */
declare function finish(
  image: Uint8Array,
  background: Pointer,
  pixels: Uint8Array,
  stride: i32,
  colours: Pointer,
): i32;

/** @extern png16: png_image_free */
declare function free(image: Uint8Array): void;

function newImage(width: i32, height: i32): Uint8Array {
  const image = new Uint8Array(imageBytes);
  const address = addressOf(image);
  memory.setUint32(address, 8, version);
  memory.setUint32(address, 12, width);
  memory.setUint32(address, 16, height);
  memory.setUint32(address, 20, rgba);
  return image;
}

/** A PNG of a picture of four bytes a pixel: red, green, blue, alpha. */
/** @native */
export function encoded(pixels: Uint8Array, width: i32, height: i32): Uint8Array {
  if (pixels.length < 4 * width * height) throw new RangeError('there are pixels missing');
  const image = newImage(width, height);
  const bytes: Out<u64> = { value: 0n };
  // The first time it only tells how many bytes there will be.
  if (write(image, null, bytes, 0, pixels, 0, 0n) === 0)
    throw new RangeError('libpng refuses that');
  const made = new Uint8Array(Number(bytes.value));
  if (write(image, made, bytes, 0, pixels, 0, 0n) === 0)
    throw new RangeError('libpng refuses that');
  return made.slice(0, Number(bytes.value));
}

/** The pixels of a PNG, four bytes each. */
/** @native */
export function decoded(file: Uint8Array): Uint8Array {
  const image = newImage(0, 0);
  if (begin(image, file, BigInt(file.length)) === 0) throw new RangeError('that is no PNG');
  const address = addressOf(image);
  const width = memory.getUint32(address, 12);
  const height = memory.getUint32(address, 16);
  memory.setUint32(address, 20, rgba);
  const pixels = new Uint8Array(4 * width * height);
  const done = finish(image, 0n, pixels, 0, 0n);
  free(image);
  if (done === 0) throw new RangeError('the PNG is broken');
  return pixels;
}
