import type { i32 } from 'tsnative';

/**
 * The longest earlier match of at least 3 bytes at each place of n bytes, by chains of places with
 * equal hashes of 3 bytes: its length, or 0, and how far back it is.
 * @param head 4096 places, filled by this function: the last with a hash
 * @param previous for each place the last one before it with the same hash
 * @native
 */
export function lz77(
  n: i32,
  data: Uint8Array,
  head: Int32Array,
  previous: Int32Array,
  lengths: Int32Array,
  distances: Int32Array,
): void {
  for (let i: i32 = 0; i < 4096; i++) head[i] = -1;
  for (let i: i32 = 0; i + 2 < n; i++) {
    const b0: i32 = data[i];
    const b1: i32 = data[i + 1];
    const b2: i32 = data[i + 2];
    const hash: i32 = (b0 ^ (b1 << 4) ^ (b2 << 6)) & 4095;
    let longest: i32 = 2;
    let distance: i32 = 0;
    const limit: i32 = n - i < 258 ? n - i : 258;
    let tries: i32 = 32;
    let candidate: i32 = head[hash];
    while (candidate >= 0 && tries > 0 && i - candidate <= 32768) {
      let length: i32 = 0;
      while (length < limit && data[candidate + length] === data[i + length]) length++;
      if (length > longest) {
        longest = length;
        distance = i - candidate;
      }
      candidate = previous[candidate];
      tries--;
    }
    lengths[i] = distance > 0 ? longest : 0;
    distances[i] = distance;
    previous[i] = head[hash];
    head[hash] = i;
  }
}
