static unsigned rotate(unsigned word, int by) {
  return (word >> by) | (word << (32 - by));
}

/*
 * The SHA-256 state after some blocks of 64 bytes (FIPS 180-4); padding is the caller's.
 * k: the 64 constants
 * w: workspace for 64 words
 * state: 8 words, changed
 */
void sha256(int blocks, unsigned char *data, int *k, int *w, int *state) {
  for (int block = 0; block < blocks; block++) {
    for (int t = 0; t < 16; t++) {
      int at = block * 64 + t * 4;
      unsigned b0 = data[at];
      unsigned b1 = data[at + 1];
      unsigned b2 = data[at + 2];
      unsigned b3 = data[at + 3];
      w[t] = (int)((b0 << 24) | (b1 << 16) | (b2 << 8) | b3);
    }
    for (int t = 16; t < 64; t++) {
      unsigned w2 = (unsigned)w[t - 2];
      unsigned w15 = (unsigned)w[t - 15];
      unsigned s0 = rotate(w15, 7) ^ rotate(w15, 18) ^ (w15 >> 3);
      unsigned s1 = rotate(w2, 17) ^ rotate(w2, 19) ^ (w2 >> 10);
      w[t] = (int)((unsigned)w[t - 16] + s0 + (unsigned)w[t - 7] + s1);
    }
    unsigned a = (unsigned)state[0];
    unsigned b = (unsigned)state[1];
    unsigned c = (unsigned)state[2];
    unsigned d = (unsigned)state[3];
    unsigned e = (unsigned)state[4];
    unsigned f = (unsigned)state[5];
    unsigned g = (unsigned)state[6];
    unsigned h = (unsigned)state[7];
    for (int t = 0; t < 64; t++) {
      unsigned s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
      unsigned choice = (e & f) ^ (~e & g);
      unsigned t1 = h + s1 + choice + (unsigned)k[t] + (unsigned)w[t];
      unsigned s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
      unsigned majority = (a & b) ^ (a & c) ^ (b & c);
      unsigned t2 = s0 + majority;
      h = g;
      g = f;
      f = e;
      e = d + t1;
      d = c;
      c = b;
      b = a;
      a = t1 + t2;
    }
    state[0] = (int)((unsigned)state[0] + a);
    state[1] = (int)((unsigned)state[1] + b);
    state[2] = (int)((unsigned)state[2] + c);
    state[3] = (int)((unsigned)state[3] + d);
    state[4] = (int)((unsigned)state[4] + e);
    state[5] = (int)((unsigned)state[5] + f);
    state[6] = (int)((unsigned)state[6] + g);
    state[7] = (int)((unsigned)state[7] + h);
  }
}
