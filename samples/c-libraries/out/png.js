import $native from "./native/tsnative.cjs";
/** libpng: pictures as files, by what it calls its simplified API, which jumps out of nothing. */
import { addressOf, memory } from 'tsnative';
/*
 * A `png_image` has a text of 64 bytes in it, so it is bytes here: a pointer, which libpng uses, the version at 8, the
 * width at 12, the height at 16, the format at 20.
 */
const imageBytes = 104;
const version = 1;
const rgba = 3;
var $native_encoded = $native.functions.encoded;
var $native_decoded = $native.functions.decoded;
/** @extern png16: png_image_write_to_memory */
function write(image, to, bytes, convert, pixels, stride, colours) {
    return $native.missing("write", "png16");
}
/** @extern png16: png_image_begin_read_from_memory */
function begin(image, from, bytes) {
    return $native.missing("begin", "png16");
}
/** @extern png16: png_image_finish_read */
function finish(image, background, pixels, stride, colours) {
    return $native.missing("finish", "png16");
}
/** @extern png16: png_image_free */
function free(image) {
    return $native.missing("free", "png16");
}
function newImage(width, height) {
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
export function encoded(pixels, width, height) {
    if ($native_encoded !== void 0) return $native_encoded(pixels, width, height);
    if (pixels.length < 4 * width * height)
        throw new RangeError('there are pixels missing');
    const image = newImage(width, height);
    const bytes = { value: 0n };
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
export function decoded(file) {
    if ($native_decoded !== void 0) return $native_decoded(file);
    const image = newImage(0, 0);
    if (begin(image, file, BigInt(file.length)) === 0)
        throw new RangeError('that is no PNG');
    const address = addressOf(image);
    const width = memory.getUint32(address, 12);
    const height = memory.getUint32(address, 16);
    memory.setUint32(address, 20, rgba);
    const pixels = new Uint8Array(4 * width * height);
    const done = finish(image, 0n, pixels, 0, 0n);
    free(image);
    if (done === 0)
        throw new RangeError('the PNG is broken');
    return pixels;
}
