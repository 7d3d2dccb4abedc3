/** The product of two matrices whose rows are plain arrays. */
import type { f64, i32 } from 'tsnative';

function matrix(n: i32, cells: Float64Array, offset: i32): number[][] {
  const rows: number[][] = [];
  for (let i = 0; i < n; i++) {
    const row: number[] = [];
    for (let j = 0; j < n; j++) row.push(cells[(i * n + j + offset) % cells.length]!);
    rows.push(row);
  }
  return rows;
}

function product(a: number[][], b: number[][], n: i32): number[][] {
  const rows: number[][] = [];
  for (let i = 0; i < n; i++) {
    const from = a[i]!;
    const row = new Array<number>(n).fill(0);
    for (let k = 0; k < n; k++) {
      const factor = from[k]!;
      const other = b[k]!;
      for (let j = 0; j < n; j++) row[j] = row[j]! + factor * other[j]!;
    }
    rows.push(row);
  }
  return rows;
}

/** @native */
export function matrixRows(n: i32, cells: Float64Array): f64 {
  const c = product(matrix(n, cells, 0), matrix(n, cells, 7), n);
  let sum = 0;
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) sum += c[i]![j]! * (j - i);
  return sum;
}
