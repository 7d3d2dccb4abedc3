declare module 'delaunator' {
  class Delaunator {
    coords: Float64Array;
    _triangles: Uint32Array;
    _halfedges: Int32Array;
    _hashSize: f64;
    _hullPrev: Uint32Array;
    _hullNext: Uint32Array;
    _hullTri: Uint32Array;
    _hullHash: Int32Array;
    _ids: Uint32Array;
    _dists: Float64Array;
    trianglesLen: f64;
    _cx: f64;
    _cy: f64;
    _hullStart: f64;
    hull: Uint32Array;
    triangles: Uint32Array;
    halfedges: Int32Array;
    /** @native bounds: js */
    update(): void;
    _hashKey(x: f64, y: f64): f64;
    _legalize(a: f64): f64;
    _link(a: f64, b: f64): void;
    _addTriangle(i0: f64, i1: f64, i2: f64, a: f64, b: f64, c: f64): f64;
  }
  function pseudoAngle(dx: f64, dy: f64): f64;
  function dist(ax: f64, ay: f64, bx: f64, by: f64): f64;
  function inCircle(
    ax: f64,
    ay: f64,
    bx: f64,
    by: f64,
    cx: f64,
    cy: f64,
    px: f64,
    py: f64,
  ): boolean;
  function circumradius(ax: f64, ay: f64, bx: f64, by: f64, cx: f64, cy: f64): f64;
  function circumcenter(ax: f64, ay: f64, bx: f64, by: f64, cx: f64, cy: f64): { x: f64; y: f64 };
  function quicksort(ids: Uint32Array, dists: Float64Array, left: f64, right: f64): void;
  function swap(arr: Uint32Array, i: f64, j: f64): void;
}

declare module 'robust-predicates' {
  function orient2d(ax: f64, ay: f64, bx: f64, by: f64, cx: f64, cy: f64): f64;
}

declare module '../../../node_modules/robust-predicates/esm/orient2d.js' {
  function orient2dadapt(ax: f64, ay: f64, bx: f64, by: f64, cx: f64, cy: f64, detsum: f64): f64;
}

/** @native bounds: js */
declare module '../../../node_modules/robust-predicates/esm/util.js' {
  function sum(elen: f64, e: Float64Array, flen: f64, f: Float64Array, h: Float64Array): f64;
  function estimate(elen: f64, e: Float64Array): f64;
}
