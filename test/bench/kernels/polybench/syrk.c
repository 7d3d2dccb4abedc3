/* The lower triangle of C ← α·A·Aᵀ + β·C, of A (n × m) and C (n × n). */
void syrk(int m, int n, double alpha, double beta, double *A, double *C) {
  for (int i = 0; i < n; i++) {
    for (int j = 0; j <= i; j++) C[i * n + j] *= beta;
    for (int k = 0; k < m; k++) {
      for (int j = 0; j <= i; j++) C[i * n + j] += alpha * A[i * m + k] * A[j * m + k];
    }
  }
}
