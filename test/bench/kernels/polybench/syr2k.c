/* The lower triangle of C ← α·(A·Bᵀ + B·Aᵀ) + β·C, of A, B (n × m) and C (n × n). */
void syr2k(int m, int n, double alpha, double beta, double *A, double *B, double *C) {
  for (int i = 0; i < n; i++) {
    for (int j = 0; j <= i; j++) C[i * n + j] *= beta;
    for (int k = 0; k < m; k++) {
      for (int j = 0; j <= i; j++) {
        C[i * n + j] += A[j * m + k] * alpha * B[i * m + k] + B[j * m + k] * alpha * A[i * m + k];
      }
    }
  }
}
