import type { i32 } from 'tsnative';

/**
 * The lengths of the shortest paths between all pairs of n nodes, in place of those of the edges.
 * @native
 */
export function floydWarshall(n: i32, path: Int32Array): void {
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < n; i++) {
      for (let j: i32 = 0; j < n; j++) {
        const direct: i32 = path[i * n + j];
        const around: i32 = (path[i * n + k] + path[k * n + j]) | 0;
        path[i * n + j] = direct < around ? direct : around;
      }
    }
  }
}
