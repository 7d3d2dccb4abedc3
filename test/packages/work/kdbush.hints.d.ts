declare module '../../../node_modules/kdbush/index.js' {
  /** @native */
  function sort(
    ids: Uint32Array,
    coords: Float64Array,
    nodeSize: number,
    left: number,
    right: number,
    axis: number,
  ): void;
  function select(
    ids: Uint32Array,
    coords: Float64Array,
    k: number,
    left: number,
    right: number,
    axis: number,
  ): void;
  function swapItem(ids: Uint32Array, coords: Float64Array, i: number, j: number): void;
  function swap<A extends Uint32Array | Float64Array>(arr: A, i: number, j: number): void;
  function sqDist(ax: number, ay: number, bx: number, by: number): number;

  class KDBush {
    ids: Uint32Array;
    coords: Float64Array;
    nodeSize: number;
    _finished: boolean;
    /** @native */
    range(minX: number, minY: number, maxX: number, maxY: number): number[];
    /** @native */
    within(qx: number, qy: number, r: number): number[];
    withinInto(qx: number, qy: number, r: number, out: number[]): number;
  }
  namespace KDBush {
    namespace range {
      let result: number[];
    }
  }
}
