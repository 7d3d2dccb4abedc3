/** zlib: a checksum, and data that is compressed in one call or piece by piece. */
import { addressOf, type i32, type Out, type Pointer, type u32, type u64 } from 'tsnative';

/** @native @extern z: crc32 */
export declare function crc32(crc: u64, bytes: Uint8Array, length: u32): u64;

/** @extern z: compressBound */
declare function compressBound(length: u64): u64;

/** @extern z: compress2 */
declare function compress2(
  to: Uint8Array,
  room: Out<u64>,
  from: Uint8Array,
  length: u64,
  level: i32,
): i32;

/** Compresses at once. */
/** @native */
export function compressed(bytes: Uint8Array, level: i32): Uint8Array {
  const bound = compressBound(BigInt(bytes.length));
  const room: Out<u64> = { value: bound };
  const made = new Uint8Array(Number(bound));
  const status = compress2(made, room, bytes, BigInt(bytes.length), level);
  if (status !== 0) throw new RangeError(`zlib: ${status}`);
  return made.slice(0, Number(room.value));
}

/**
 * What zlib keeps of a stream, and where it stands: `z_stream` of zlib.h. zlib remembers where it is.
 * @struct 112
 */
interface Stream {
  next_in: Pointer;
  avail_in: u32;
  total_in: u64;
  next_out: Pointer;
  avail_out: u32;
  total_out: u64;
  msg: Pointer;
  state: Pointer;
  zalloc: Pointer;
  zfree: Pointer;
  opaque: Pointer;
  data_type: i32;
  adler: u64;
  reserved: u64;
}

/** @extern z: deflateInit_ */
declare function deflateInit(stream: Stream, level: i32, version: string, size: i32): i32;

/** @extern z: deflate */
declare function deflate(stream: Stream, flush: i32): i32;

/** @extern z: deflateEnd */
declare function deflateEnd(stream: Stream): i32;

const finish = 4;
const streamEnd = 1;

/** Compresses with room for so many bytes at a time. */
/** @native */
export function streamed(bytes: Uint8Array, level: i32, step: i32): Uint8Array {
  const stream: Stream = {
    ...{ next_in: addressOf(bytes), avail_in: bytes.length, total_in: 0n },
    ...{ next_out: 0n, avail_out: 0, total_out: 0n, msg: 0n, state: 0n },
    ...{ zalloc: 0n, zfree: 0n, opaque: 0n, data_type: 0, adler: 0n, reserved: 0n },
  };
  if (deflateInit(stream, level, '1.2.0', 112) !== 0) throw new RangeError('zlib: deflateInit');
  const piece = new Uint8Array(step);
  let made = new Uint8Array(bytes.length + step);
  let length = 0;
  for (let status: i32 = 0; status !== streamEnd;) {
    stream.next_out = addressOf(piece);
    stream.avail_out = step;
    status = deflate(stream, finish);
    if (status < 0) throw new RangeError(`zlib: ${status}`);
    const count = step - stream.avail_out;
    if (length + count > made.length) {
      const larger = new Uint8Array(2 * made.length + count);
      larger.set(made);
      made = larger;
    }
    for (let i = 0; i < count; i++) made[length++] = piece[i]!;
  }
  deflateEnd(stream);
  return made.slice(0, length);
}
