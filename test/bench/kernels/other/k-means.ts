import type { i32 } from 'tsnative';

/**
 * Lloyd's algorithm: n points of d coordinates in k clusters, some rounds from given centres.
 * @param sums workspace of k·d
 * @param sizes workspace of k
 * @native
 */
export function kMeans(
  n: i32,
  d: i32,
  k: i32,
  rounds: i32,
  points: Float64Array,
  centres: Float64Array,
  labels: Int32Array,
  sums: Float64Array,
  sizes: Int32Array,
): void {
  for (let round: i32 = 0; round < rounds; round++) {
    for (let c: i32 = 0; c < k * d; c++) sums[c] = 0;
    for (let c: i32 = 0; c < k; c++) sizes[c] = 0;
    for (let p: i32 = 0; p < n; p++) {
      let nearest: i32 = 0;
      let least = Infinity;
      for (let c: i32 = 0; c < k; c++) {
        let distance = 0;
        for (let x: i32 = 0; x < d; x++) {
          const apart = points[p * d + x] - centres[c * d + x];
          distance += apart * apart;
        }
        if (distance < least) {
          least = distance;
          nearest = c;
        }
      }
      labels[p] = nearest;
      sizes[nearest] += 1;
      for (let x: i32 = 0; x < d; x++) sums[nearest * d + x] += points[p * d + x];
    }
    for (let c: i32 = 0; c < k; c++) {
      const size: number = sizes[c];
      if (size > 0) {
        for (let x: i32 = 0; x < d; x++) centres[c * d + x] = sums[c * d + x] / size;
      }
    }
  }
}
