import type { i32 } from 'tsnative';

function rotate(word: i32, by: i32): i32 {
  return (word >>> by) | (word << (32 - by));
}

/**
 * The SHA-256 state after some blocks of 64 bytes (FIPS 180-4); padding is the caller's.
 * @param k the 64 constants
 * @param w workspace for 64 words
 * @param state 8 words, changed
 * @native
 */
export function sha256(
  blocks: i32,
  data: Uint8Array,
  k: Int32Array,
  w: Int32Array,
  state: Int32Array,
): void {
  for (let block: i32 = 0; block < blocks; block++) {
    for (let t: i32 = 0; t < 16; t++) {
      const at: i32 = block * 64 + t * 4;
      const b0: i32 = data[at];
      const b1: i32 = data[at + 1];
      const b2: i32 = data[at + 2];
      const b3: i32 = data[at + 3];
      w[t] = (b0 << 24) | (b1 << 16) | (b2 << 8) | b3;
    }
    for (let t: i32 = 16; t < 64; t++) {
      const w2: i32 = w[t - 2];
      const w15: i32 = w[t - 15];
      const s0: i32 = rotate(w15, 7) ^ rotate(w15, 18) ^ (w15 >>> 3);
      const s1: i32 = rotate(w2, 17) ^ rotate(w2, 19) ^ (w2 >>> 10);
      w[t] = (w[t - 16] + s0 + w[t - 7] + s1) | 0;
    }
    let a: i32 = state[0];
    let b: i32 = state[1];
    let c: i32 = state[2];
    let d: i32 = state[3];
    let e: i32 = state[4];
    let f: i32 = state[5];
    let g: i32 = state[6];
    let h: i32 = state[7];
    for (let t: i32 = 0; t < 64; t++) {
      const s1: i32 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
      const choice: i32 = (e & f) ^ (~e & g);
      const t1: i32 = (h + s1 + choice + k[t] + w[t]) | 0;
      const s0: i32 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
      const majority: i32 = (a & b) ^ (a & c) ^ (b & c);
      const t2: i32 = (s0 + majority) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    state[0] = (state[0] + a) | 0;
    state[1] = (state[1] + b) | 0;
    state[2] = (state[2] + c) | 0;
    state[3] = (state[3] + d) | 0;
    state[4] = (state[4] + e) | 0;
    state[5] = (state[5] + f) | 0;
    state[6] = (state[6] + g) | 0;
    state[7] = (state[7] + h) | 0;
  }
}
