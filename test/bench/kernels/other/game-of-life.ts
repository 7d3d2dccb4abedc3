import type { i32 } from 'tsnative';

/**
 * Conway's Game of Life: two generations, forth to `next` and back. The cells at the edge stay dead.
 * @native
 */
export function gameOfLife(width: i32, height: i32, cells: Uint8Array, next: Uint8Array): void {
  for (let y: i32 = 1; y < height - 1; y++) {
    for (let x: i32 = 1; x < width - 1; x++) {
      const at: i32 = y * width + x;
      const above: i32 = cells[at - width - 1] + cells[at - width] + cells[at - width + 1];
      const beside: i32 = cells[at - 1] + cells[at + 1];
      const below: i32 = cells[at + width - 1] + cells[at + width] + cells[at + width + 1];
      const alive: i32 = cells[at];
      const neighbours: i32 = above + beside + below;
      next[at] = neighbours === 3 || (neighbours === 2 && alive === 1) ? 1 : 0;
    }
  }
  for (let y: i32 = 1; y < height - 1; y++) {
    for (let x: i32 = 1; x < width - 1; x++) {
      const at: i32 = y * width + x;
      const above: i32 = next[at - width - 1] + next[at - width] + next[at - width + 1];
      const beside: i32 = next[at - 1] + next[at + 1];
      const below: i32 = next[at + width - 1] + next[at + width] + next[at + width + 1];
      const alive: i32 = next[at];
      const neighbours: i32 = above + beside + below;
      cells[at] = neighbours === 3 || (neighbours === 2 && alive === 1) ? 1 : 0;
    }
  }
}
