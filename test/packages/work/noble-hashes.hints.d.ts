/** @native bounds: js */
declare module '../../../node_modules/@noble/hashes/sha3.js' {
  const SHA3_PI: number[];
  const SHA3_ROTL: number[];
}

/** @native bounds: js */
declare module '../../../node_modules/@noble/hashes/_md.js' {
  class HashMD {}
  function Chi(a: f64, b: f64, c: f64): f64;
  function Maj(a: f64, b: f64, c: f64): f64;
}

/** @native bounds: js */
declare module '../../../node_modules/@noble/hashes/utils.js' {
  function rotr(word: f64, shift: f64): f64;
}

/** @native bounds: js */
declare module '../../../node_modules/@noble/hashes/_u64.js' {
  function shrSH(h: f64, _l: f64, s: f64): f64;
  function shrSL(h: f64, l: f64, s: f64): f64;
  function rotrSH(h: f64, l: f64, s: f64): f64;
  function rotrSL(h: f64, l: f64, s: f64): f64;
  function rotrBH(h: f64, l: f64, s: f64): f64;
  function rotrBL(h: f64, l: f64, s: f64): f64;
  function rotr32H(_h: f64, l: f64): f64;
  function rotr32L(h: f64, _l: f64): f64;
  function add(Ah: f64, Al: f64, Bh: f64, Bl: f64): { h: f64; l: f64 };
  function add3L(Al: f64, Bl: f64, Cl: f64): f64;
  function add3H(low: f64, Ah: f64, Bh: f64, Ch: f64): f64;
  function add4L(Al: f64, Bl: f64, Cl: f64, Dl: f64): f64;
  function add4H(low: f64, Ah: f64, Bh: f64, Ch: f64, Dh: f64): f64;
  function add5L(Al: f64, Bl: f64, Cl: f64, Dl: f64, El: f64): f64;
  function add5H(low: f64, Ah: f64, Bh: f64, Ch: f64, Dh: f64, Eh: f64): f64;
  function fromNumH(n: f64): f64;
  function fromNumL(n: f64): f64;
}

/** @native bounds: js */
declare module '../../../node_modules/@noble/hashes/sha2.js' {
  const SHA512_Kh: Uint32Array;
  const SHA512_Kl: Uint32Array;
  class SHA2_32B {
    A: f64;
    B: f64;
    C: f64;
    D: f64;
    E: f64;
    F: f64;
    G: f64;
    H: f64;
    /** @native bounds: js */
    process(view: DataView, offset: f64): void;
    set(A: f64, B: f64, C: f64, D: f64, E: f64, F: f64, G: f64, H: f64): void;
  }
  class SHA2_64B {
    Ah: f64;
    Al: f64;
    Bh: f64;
    Bl: f64;
    Ch: f64;
    Cl: f64;
    Dh: f64;
    Dl: f64;
    Eh: f64;
    El: f64;
    Fh: f64;
    Fl: f64;
    Gh: f64;
    Gl: f64;
    Hh: f64;
    Hl: f64;
    /** @native bounds: js */
    process(view: DataView, offset: f64): void;
    set(
      Ah: f64,
      Al: f64,
      Bh: f64,
      Bl: f64,
      Ch: f64,
      Cl: f64,
      Dh: f64,
      Dl: f64,
      Eh: f64,
      El: f64,
      Fh: f64,
      Fl: f64,
      Gh: f64,
      Gl: f64,
      Hh: f64,
      Hl: f64,
    ): void;
  }
}

/** @native bounds: js */
declare module '../../../node_modules/@noble/hashes/_blake.js' {
  interface Quarter {
    a: f64;
    b: f64;
    c: f64;
    d: f64;
  }
  function G1s(a: f64, b: f64, c: f64, d: f64, x: f64): Quarter;
  function G2s(a: f64, b: f64, c: f64, d: f64, x: f64): Quarter;
}

/** @native bounds: js */
declare module '../../../node_modules/@noble/hashes/blake2.js' {
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
  const B2S_IV: Uint32Array;
  class _BLAKE2 {
    length: f64;
    pos: f64;
  }
  class _BLAKE2s {
    v0: f64;
    v1: f64;
    v2: f64;
    v3: f64;
    v4: f64;
    v5: f64;
    v6: f64;
    v7: f64;
    /** @native bounds: js */
    compress(msg: Uint32Array, offset: f64, isLast: boolean): void;
  }
}

/** @native bounds: js */
declare module '../../../node_modules/@noble/hashes/blake3.js' {
  const B3_IV: Uint32Array;
  const B3_SIGMA: Uint8Array;
  class _BLAKE3 {
    state: Uint32Array;
    /** @native bounds: js */
    b2Compress(counter: f64, flags: f64, buf: Uint32Array, bufPos: f64): void;
  }
}
