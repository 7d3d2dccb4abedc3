declare module '../../../node_modules/@noble/hashes/utils.js' {
  function atitle(title: string): string;
  function anumber(n: f64, title?: string): f64;
  function clean(...arrays: Uint32Array[]): void;
  function rotr(word: f64, shift: f64): f64;
}

declare module '../../../node_modules/@noble/hashes/_u64.js' {
  function shrSH(h: f64, _l: f64, s: f64): f64;
  function shrSL(h: f64, l: f64, s: f64): f64;
  function rotrSH(h: f64, l: f64, s: f64): f64;
  function rotrSL(h: f64, l: f64, s: f64): f64;
  function rotrBH(h: f64, l: f64, s: f64): f64;
  function rotrBL(h: f64, l: f64, s: f64): f64;
  function rotr32H(_h: f64, l: f64): f64;
  function rotr32L(h: f64, _l: f64): f64;
  function add(Ah: f64, Al: f64, Bh: f64, Bl: f64): { h: i32; l: i32 };
  function add3L(Al: f64, Bl: f64, Cl: f64): f64;
  function add3H(low: f64, Ah: f64, Bh: f64, Ch: f64): f64;
  function add4L(Al: f64, Bl: f64, Cl: f64, Dl: f64): f64;
  function add4H(low: f64, Ah: f64, Bh: f64, Ch: f64, Dh: f64): f64;
  function add5L(Al: f64, Bl: f64, Cl: f64, Dl: f64, El: f64): f64;
  function add5H(low: f64, Ah: f64, Bh: f64, Ch: f64, Dh: f64, Eh: f64): f64;
  function fromNumH(n: f64): f64;
  function fromNumL(n: f64): f64;
}

declare module '../../../node_modules/@noble/hashes/sha3.js' {
  const SHA3_PI: u8[];
  const SHA3_ROTL: u8[];
  const SHA3_IOTA_H: Uint32Array;
  const SHA3_IOTA_L: Uint32Array;
  function rotlSH(h: f64, l: f64, s: f64): f64;
  function rotlSL(h: f64, l: f64, s: f64): f64;
  function rotlBH(h: f64, l: f64, s: f64): f64;
  function rotlBL(h: f64, l: f64, s: f64): f64;
  function rotlH(h: f64, l: f64, s: f64): f64;
  function rotlL(h: f64, l: f64, s: f64): f64;
  /** @native */
  function keccakP(s: Uint32Array, rounds?: f64): void;
}

declare module '../../../node_modules/@noble/hashes/_md.js' {
  class HashMD {}
  function Chi(a: f64, b: f64, c: f64): f64;
  function Maj(a: f64, b: f64, c: f64): f64;
}

declare module '../../../node_modules/@noble/hashes/sha2.js' {
  const SHA512_Kh: Uint32Array;
  const SHA512_Kl: Uint32Array;
  class SHA2_32B {
    A: i32;
    B: i32;
    C: i32;
    D: i32;
    E: i32;
    F: i32;
    G: i32;
    H: i32;
    /** @native */
    process(view: DataView, offset: f64): void;
    set(A: i32, B: i32, C: i32, D: i32, E: i32, F: i32, G: i32, H: i32): void;
  }
  class SHA2_64B {
    Ah: i32;
    Al: i32;
    Bh: i32;
    Bl: i32;
    Ch: i32;
    Cl: i32;
    Dh: i32;
    Dl: i32;
    Eh: i32;
    El: i32;
    Fh: i32;
    Fl: i32;
    Gh: i32;
    Gl: i32;
    Hh: i32;
    Hl: i32;
    /** @native */
    process(view: DataView, offset: f64): void;
    set(
      Ah: i32,
      Al: i32,
      Bh: i32,
      Bl: i32,
      Ch: i32,
      Cl: i32,
      Dh: i32,
      Dl: i32,
      Eh: i32,
      El: i32,
      Fh: i32,
      Fl: i32,
      Gh: i32,
      Gl: i32,
      Hh: i32,
      Hl: i32,
    ): void;
  }
}

declare module '../../../node_modules/@noble/hashes/_blake.js' {
  interface Quarter {
    a: i32;
    b: i32;
    c: i32;
    d: i32;
  }
  function G1s(a: f64, b: f64, c: f64, d: f64, x: f64): Quarter;
  function G2s(a: f64, b: f64, c: f64, d: f64, x: f64): Quarter;
}

declare module '../../../node_modules/@noble/hashes/blake2.js' {
  const B2B_IV: Uint32Array;
  const B2S_IV: Uint32Array;
  function G1b(a: f64, b: f64, c: f64, d: f64, msg: Uint32Array, x: f64): void;
  function G2b(a: f64, b: f64, c: f64, d: f64, msg: Uint32Array, x: f64): void;
  interface State {
    v0: f64;
    v1: f64;
    v2: f64;
    v3: f64;
    v4: f64;
    v5: f64;
    v6: f64;
    v7: f64;
    v8: f64;
    v9: f64;
    v10: f64;
    v11: f64;
    v12: f64;
    v13: f64;
    v14: f64;
    v15: f64;
  }
  function _compress(
    s: Uint8Array,
    offset: f64,
    msg: Uint32Array,
    rounds: f64,
    v0: f64,
    v1: f64,
    v2: f64,
    v3: f64,
    v4: f64,
    v5: f64,
    v6: f64,
    v7: f64,
    v8: f64,
    v9: f64,
    v10: f64,
    v11: f64,
    v12: f64,
    v13: f64,
    v14: f64,
    v15: f64,
  ): State;
  class _BLAKE2 {
    length: f64;
    pos: i32;
  }
  class _BLAKE2b {
    v0l: i32;
    v0h: i32;
    v1l: i32;
    v1h: i32;
    v2l: i32;
    v2h: i32;
    v3l: i32;
    v3h: i32;
    v4l: i32;
    v4h: i32;
    v5l: i32;
    v5h: i32;
    v6l: i32;
    v6h: i32;
    v7l: i32;
    v7h: i32;
    /** @native */
    compress(msg: Uint32Array, offset: f64, isLast: boolean): void;
  }
  class _BLAKE2s {
    v0: i32;
    v1: i32;
    v2: i32;
    v3: i32;
    v4: i32;
    v5: i32;
    v6: i32;
    v7: i32;
    /** @native */
    compress(msg: Uint32Array, offset: f64, isLast: boolean): void;
  }
}

declare module '../../../node_modules/@noble/hashes/blake3.js' {
  const B3_IV: Uint32Array;
  const B3_SIGMA: Uint8Array;
  class _BLAKE3 {
    state: Uint32Array;
    /** @native */
    b2Compress(counter: f64, flags: i32, buf: Uint32Array, bufPos: f64): void;
  }
}
