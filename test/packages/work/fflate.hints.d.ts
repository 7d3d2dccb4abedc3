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

  function hMap(cd: Uint8Array, mb: i32, r: i32): Uint16Array;
  namespace hMap {
    let i: i32;
    let v: i32;
  }
  function max(a: Uint8Array): f64;
  // Places in the data are counted in bits: what is longer than 512 MB is a RangeError.
  function bits(d: Uint8Array, p: u32, m: i32): i32;
  function bits16(d: Uint8Array, p: u32): i32;
  function shft(p: u32): i32;
  function slc(v: Uint8Array, s: f64, e: f64): Uint8Array;

  interface Inflating {
    i?: f64;
    f?: i32;
    p?: u32;
    b?: u32;
    m?: i32;
    n?: i32;
    l?: Uint16Array | null;
    d?: Uint16Array;
  }
  /** @native bounds: js */
  function inflt(dat: Uint8Array, st: Inflating, buf?: Uint8Array, dict?: Uint8Array): Uint8Array;
  namespace inflt {
    function cbuf(l: f64): void;
    let noSt: f64 | undefined;
    let final: i32;
    let pos: u32;
    let lpos: u32;
    let bt: u32;
    let add: i32;
    let i: i32;
    let c: i32;
    let n: i32;
    let lm: Uint16Array | null | undefined;
    let dm: Uint16Array | undefined;
    let lbt: i32 | undefined;
    let dbt: i32 | undefined;
    let dt$2: i32;
  }
  function err(ind: f64, msg?: string, nt?: boolean): never;

  function wbits(d: Uint8Array, p: u32, v: i32 | undefined): void;
  function wbits16(d: Uint8Array, p: u32, v: i32): void;
  interface HuffmanNode {
    s: i32;
    f: i32;
    l?: HuffmanNode;
    r?: HuffmanNode;
  }
  function hTree(d: Uint16Array, mb: i32): { t: Uint8Array; l: i32 };
  namespace hTree {
    let t: HuffmanNode[];
    let i: i32;
    let i0: i32;
    let i1: i32;
    let i2: i32;
    let dt: i32;
    let mbt: i32;
    let maxSym: i32;
  }
  function ln(n: HuffmanNode | undefined, l: Uint16Array, d: i32): i32;
  function lc(c: Uint8Array): { c: Uint16Array; n: i32 };
  namespace lc {
    function w(v: i32 | undefined): void;
    let s: i32;
    let cli: i32;
    let cls: i32;
    let cln: i32 | undefined;
  }
  function clen(cf: Uint16Array, cl: Uint8Array): i32;
  namespace clen {
    let l: i32;
  }
  function wfblk(out: Uint8Array, pos: u32, dat: Uint8Array): u32;
  function wblk(
    dat: Uint8Array,
    out: Uint8Array,
    final: i32,
    syms: Int32Array,
    lf: Uint16Array,
    df: Uint16Array,
    eb: i32,
    li: i32,
    bs: i32,
    bl: i32,
    p: u32,
  ): u32;
  namespace wblk {
    let nlcc: i32;
    let i: i32;
  }
  interface Deflating {
    l?: i32;
    z?: i32;
    r?: i32;
    i?: i32;
    w?: i32;
    p?: Uint16Array;
    h?: Uint16Array;
  }
  /** @native bounds: js */
  function dflt(
    dat: Uint8Array,
    lvl: i32,
    plvl: i32,
    pre: i32,
    post: i32,
    st: Deflating,
  ): Uint8Array;
  namespace dflt {
    function hsh(i: i32): i32;
    let lst: i32 | undefined;
    let s: i32;
    let pos: u32;
    let lc_1: i32;
    let eb: i32;
    let i: i32;
    let j: i32;
    let li: i32;
    let wi: i32;
    let bs: i32;
    let imod: i32;
    let pimod: i32;
    let l: i32;
    let d: i32;
    let ch_1: i32;
    let dif: i32;
    let nl: i32;
    let md: i32;
    let e: i32;
  }
}
