import type { i32 } from 'tsnative';

/**
 * G ← (A·B)·(C·D), of A (ni × nk), B (nk × nj), C (nj × nm) and D (nm × nl).
 * @native
 */
export function mm3(
  ni: i32,
  nj: i32,
  nk: i32,
  nl: i32,
  nm: i32,
  A: Float64Array,
  B: Float64Array,
  C: Float64Array,
  D: Float64Array,
  AB: Float64Array,
  CD: Float64Array,
  G: Float64Array,
): void {
  for (let i: i32 = 0; i < ni; i++) {
    for (let j: i32 = 0; j < nj; j++) {
      AB[i * nj + j] = 0;
      for (let k: i32 = 0; k < nk; k++) AB[i * nj + j] += A[i * nk + k] * B[k * nj + j];
    }
  }
  for (let j: i32 = 0; j < nj; j++) {
    for (let l: i32 = 0; l < nl; l++) {
      CD[j * nl + l] = 0;
      for (let m: i32 = 0; m < nm; m++) CD[j * nl + l] += C[j * nm + m] * D[m * nl + l];
    }
  }
  for (let i: i32 = 0; i < ni; i++) {
    for (let l: i32 = 0; l < nl; l++) {
      G[i * nl + l] = 0;
      for (let j: i32 = 0; j < nj; j++) G[i * nl + l] += AB[i * nj + j] * CD[j * nl + l];
    }
  }
}
