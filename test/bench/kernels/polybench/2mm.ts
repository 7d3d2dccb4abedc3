import type { i32 } from 'tsnative';

/**
 * D ← α·A·B·C + β·D, of A (ni × nk), B (nk × nj), C (nj × nl) and D (ni × nl).
 * @native
 */
export function mm2(
  ni: i32,
  nj: i32,
  nk: i32,
  nl: i32,
  alpha: number,
  beta: number,
  A: Float64Array,
  B: Float64Array,
  C: Float64Array,
  D: Float64Array,
  AB: Float64Array,
): void {
  for (let i: i32 = 0; i < ni; i++) {
    for (let j: i32 = 0; j < nj; j++) {
      let sum = 0;
      for (let k: i32 = 0; k < nk; k++) sum += alpha * A[i * nk + k] * B[k * nj + j];
      AB[i * nj + j] = sum;
    }
  }
  for (let i: i32 = 0; i < ni; i++) {
    for (let l: i32 = 0; l < nl; l++) {
      let sum = D[i * nl + l] * beta;
      for (let j: i32 = 0; j < nj; j++) sum += AB[i * nj + j] * C[j * nl + l];
      D[i * nl + l] = sum;
    }
  }
}
