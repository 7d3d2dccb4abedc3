/* G ← (A·B)·(C·D), of A (ni × nk), B (nk × nj), C (nj × nm) and D (nm × nl). */
void mm3(
    int ni, int nj, int nk, int nl, int nm, double *A, double *B, double *C, double *D, double *AB,
    double *CD, double *G) {
  for (int i = 0; i < ni; i++) {
    for (int j = 0; j < nj; j++) {
      AB[i * nj + j] = 0;
      for (int k = 0; k < nk; k++) AB[i * nj + j] += A[i * nk + k] * B[k * nj + j];
    }
  }
  for (int j = 0; j < nj; j++) {
    for (int l = 0; l < nl; l++) {
      CD[j * nl + l] = 0;
      for (int m = 0; m < nm; m++) CD[j * nl + l] += C[j * nm + m] * D[m * nl + l];
    }
  }
  for (int i = 0; i < ni; i++) {
    for (int l = 0; l < nl; l++) {
      G[i * nl + l] = 0;
      for (int j = 0; j < nj; j++) G[i * nl + l] += AB[i * nj + j] * CD[j * nl + l];
    }
  }
}
