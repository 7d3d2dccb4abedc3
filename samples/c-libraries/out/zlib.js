import $native from "./native/tsnative.cjs";
/** zlib: a checksum, and data that is compressed in one call or piece by piece. */
import { addressOf } from 'tsnative';
var $native_crc32 = $native.functions.crc32;
var $native_compressed = $native.functions.compressed;
/** @native @extern z: crc32 */
export function crc32(crc, bytes, length) {
    if ($native_crc32 !== void 0) return $native_crc32(crc, bytes, length);
    return $native.missing("crc32", "z");
}
/** @extern z: compressBound */
function compressBound(length) {
    return $native.missing("compressBound", "z");
}
/** @extern z: compress2 */
function compress2(to, room, from, length, level) {
    return $native.missing("compress2", "z");
}
/** Compresses at once. */
/** @native */
export function compressed(bytes, level) {
    if ($native_compressed !== void 0) return $native_compressed(bytes, level);
    const bound = compressBound(BigInt(bytes.length));
    const room = { value: bound };
    const made = new Uint8Array(Number(bound));
    const status = compress2(made, room, bytes, BigInt(bytes.length), level);
    if (status !== 0)
        throw new RangeError(`zlib: ${status}`);
    return made.slice(0, Number(room.value));
}
/** @extern z: deflateInit_ */
function deflateInit(stream, level, version, size) {
    return $native.missing("deflateInit", "z");
}
/** @extern z: deflate */
function deflate(stream, flush) {
    return $native.missing("deflate", "z");
}
/** @extern z: deflateEnd */
function deflateEnd(stream) {
    return $native.missing("deflateEnd", "z");
}
const finish = 4;
const streamEnd = 1;
var $native_streamed = $native.functions.streamed;
/** Compresses with room for so many bytes at a time. */
/** @native */
export function streamed(bytes, level, step) {
    if ($native_streamed !== void 0) return $native_streamed(bytes, level, step);
    const stream = {
        ...{ next_in: addressOf(bytes), avail_in: bytes.length, total_in: 0n },
        ...{ next_out: 0n, avail_out: 0, total_out: 0n, msg: 0n, state: 0n },
        ...{ zalloc: 0n, zfree: 0n, opaque: 0n, data_type: 0, adler: 0n, reserved: 0n },
    };
    if (deflateInit(stream, level, '1.2.0', 112) !== 0)
        throw new RangeError('zlib: deflateInit');
    const piece = new Uint8Array(step);
    let made = new Uint8Array(bytes.length + step);
    let length = 0;
    for (let status = 0; status !== streamEnd;) {
        stream.next_out = addressOf(piece);
        stream.avail_out = step;
        status = deflate(stream, finish);
        if (status < 0)
            throw new RangeError(`zlib: ${status}`);
        const count = step - stream.avail_out;
        if (length + count > made.length) {
            const larger = new Uint8Array(2 * made.length + count);
            larger.set(made);
            made = larger;
        }
        for (let i = 0; i < count; i++)
            made[length++] = piece[i];
    }
    deflateEnd(stream);
    return made.slice(0, length);
}
