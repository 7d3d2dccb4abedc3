/** SHA-256 as FIPS 180-4 tells it. */
import type { i32 } from 'tsnative';

/** The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
const K = new Int32Array(64);
/** The same of the square roots of the first 8 primes. */
const initial = new Int32Array(8);

for (let candidate = 2, count = 0; count < 64; candidate++) {
  let prime = true;
  for (let d = 2; d * d <= candidate; d++) prime &&= candidate % d !== 0;
  if (!prime) continue;
  const fraction = (x: number): number => (x - Math.floor(x)) * 2 ** 32;
  K[count] = fraction(Math.cbrt(candidate));
  if (count < 8) initial[count] = fraction(Math.sqrt(candidate));
  count++;
}

const rotate = (x: i32, n: i32): i32 => (x >>> n) | (x << (32 - n));

/** Mixes one block of 64 bytes, from `at` on, into the state of eight words. */
function compress(state: Int32Array, w: Int32Array, bytes: Uint8Array, at: i32): void {
  for (let i = 0; i < 16; i++) {
    const p = at + i * 4;
    w[i] = (bytes[p]! << 24) | (bytes[p + 1]! << 16) | (bytes[p + 2]! << 8) | bytes[p + 3]!;
  }
  for (let i = 16; i < 64; i++) {
    const a = w[i - 15]! | 0;
    const b = w[i - 2]! | 0;
    const s0 = rotate(a, 7) ^ rotate(a, 18) ^ (a >>> 3);
    const s1 = rotate(b, 17) ^ rotate(b, 19) ^ (b >>> 10);
    w[i] = (w[i - 16]! + s0 + w[i - 7]! + s1) | 0;
  }
  let a = state[0]! | 0;
  let b = state[1]! | 0;
  let c = state[2]! | 0;
  let d = state[3]! | 0;
  let e = state[4]! | 0;
  let f = state[5]! | 0;
  let g = state[6]! | 0;
  let h = state[7]! | 0;
  for (let i = 0; i < 64; i++) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i]! + w[i]!) | 0;
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0]! += a;
  state[1]! += b;
  state[2]! += c;
  state[3]! += d;
  state[4]! += e;
  state[5]! += f;
  state[6]! += g;
  state[7]! += h;
}

/**
 * The digest of some bytes, as 32 bytes.
 * @native
 */
export function sha256(bytes: Uint8Array): Uint8Array {
  const state = new Int32Array(initial);
  const w = new Int32Array(64);
  const whole = bytes.length - (bytes.length % 64);
  for (let at = 0; at < whole; at += 64) compress(state, w, bytes, at);

  // The rest, a one bit, zeros, and the length in bits as a 64-bit number.
  const rest = bytes.length - whole;
  const tail = new Uint8Array(rest < 56 ? 64 : 128);
  tail.set(bytes.subarray(whole));
  tail[rest] = 0x80;
  const view = tail.length - 8;
  const high = Math.floor(bytes.length / 2 ** 29);
  const low = bytes.length << 3;
  for (let i = 0; i < 4; i++) {
    tail[view + i] = high >>> (24 - i * 8);
    tail[view + 4 + i] = low >>> (24 - i * 8);
  }
  for (let at = 0; at < tail.length; at += 64) compress(state, w, tail, at);

  const digest = new Uint8Array(32);
  for (let i = 0; i < 32; i++) digest[i] = state[i >> 2]! >>> (24 - (i & 3) * 8);
  return digest;
}
