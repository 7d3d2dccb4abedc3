/* C ← α·A·B + β·C, of a symmetric A (m × m) of which the lower triangle is given, and B, C (m × n). */
void symm(int m, int n, double alpha, double beta, double *A, double *B, double *C) {
  for (int i = 0; i < m; i++) {
    for (int j = 0; j < n; j++) {
      double sum = 0;
      for (int k = 0; k < i; k++) {
        C[k * n + j] += alpha * B[i * n + j] * A[i * m + k];
        sum += B[k * n + j] * A[i * m + k];
      }
      C[i * n + j] = beta * C[i * n + j] + alpha * B[i * n + j] * A[i * m + i] + alpha * sum;
    }
  }
}
