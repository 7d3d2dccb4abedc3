/* D ← α·A·B·C + β·D, of A (ni × nk), B (nk × nj), C (nj × nl) and D (ni × nl). */
void mm2(
    int ni, int nj, int nk, int nl, double alpha, double beta, double *A, double *B, double *C,
    double *D, double *AB) {
  for (int i = 0; i < ni; i++) {
    for (int j = 0; j < nj; j++) {
      double sum = 0;
      for (int k = 0; k < nk; k++) sum += alpha * A[i * nk + k] * B[k * nj + j];
      AB[i * nj + j] = sum;
    }
  }
  for (int i = 0; i < ni; i++) {
    for (int l = 0; l < nl; l++) {
      double sum = D[i * nl + l] * beta;
      for (int j = 0; j < nj; j++) sum += AB[i * nj + j] * C[j * nl + l];
      D[i * nl + l] = sum;
    }
  }
}
