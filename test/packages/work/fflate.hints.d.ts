/** @native bounds: js */
declare module '../../../node_modules/fflate/esm/index.mjs' {
  const fleb: Uint8Array;
  const fdeb: Uint8Array;
  const clim: Uint8Array;
  const fl: Uint16Array;
  const revfl: Int32Array;
  const fd: Uint16Array;
  const revfd: Int32Array;
  const rev: Uint16Array;
  const flt: Uint8Array;
  const fdt: Uint8Array;
  const flm: Uint16Array;
  const flrm: Uint16Array;
  const fdm: Uint16Array;
  const fdrm: Uint16Array;
  const deo: Int32Array;
  const et: Uint8Array;

  function hMap(cd: Uint8Array, mb: f64, r: f64): Uint16Array;
  function max(a: Uint8Array): f64;
  function bits(d: Uint8Array, p: f64, m: f64): f64;
  function bits16(d: Uint8Array, p: f64): f64;
  function shft(p: f64): f64;
  function slc(v: Uint8Array, s: f64, e: f64): Uint8Array;

  interface Inflating {
    i?: f64;
    f?: f64;
    p?: f64;
    b?: f64;
    m?: f64;
    n?: f64;
    l?: Uint16Array | null;
    d?: Uint16Array;
  }
  /** @native bounds: js */
  function inflt(dat: Uint8Array, st: Inflating, buf?: Uint8Array, dict?: Uint8Array): Uint8Array;

  namespace inflt {
    function cbuf(l: f64): void;
    let noSt: f64 | undefined;
    let lm: Uint16Array | null | undefined;
    let dm: Uint16Array | undefined;
    let lbt: f64 | undefined;
    let dbt: f64 | undefined;
  }
  function err(ind: f64, msg?: string, nt?: boolean): never;

  function wbits(d: Uint8Array, p: f64, v: f64 | undefined): void;
  function wbits16(d: Uint8Array, p: f64, v: f64): void;
  interface HuffmanNode {
    s: f64;
    f: f64;
    l?: HuffmanNode;
    r?: HuffmanNode;
  }
  function hTree(d: Uint16Array, mb: f64): { t: Uint8Array; l: f64 };
  namespace hTree {
    let t: HuffmanNode[];
  }
  function ln(n: HuffmanNode | undefined, l: Uint16Array, d: f64): f64;
  function lc(c: Uint8Array): { c: Uint16Array; n: f64 };
  function clen(cf: Uint16Array, cl: Uint8Array): f64;
  function wfblk(out: Uint8Array, pos: f64, dat: Uint8Array): f64;
  function wblk(
    dat: Uint8Array,
    out: Uint8Array,
    final: f64,
    syms: Int32Array,
    lf: Uint16Array,
    df: Uint16Array,
    eb: f64,
    li: f64,
    bs: f64,
    bl: f64,
    p: f64,
  ): f64;
  interface Deflating {
    l?: f64;
    z?: f64;
    r?: f64;
    i?: f64;
    w?: f64;
    p?: Uint16Array;
    h?: Uint16Array;
  }
  /** @native bounds: js */
  function dflt(
    dat: Uint8Array,
    lvl: f64,
    plvl: f64,
    pre: f64,
    post: f64,
    st: Deflating,
  ): Uint8Array;
  namespace dflt {
    function hsh(i: f64): f64;
    let lst: f64 | undefined;
  }
  namespace lc {
    function w(v: f64 | undefined): void;
  }
}
