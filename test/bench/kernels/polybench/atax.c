/* y ← Aᵀ·(A·x), of A (m × n). */
void atax(int m, int n, double *A, double *x, double *y, double *Ax) {
  for (int j = 0; j < n; j++) y[j] = 0;
  for (int i = 0; i < m; i++) {
    Ax[i] = 0;
    for (int j = 0; j < n; j++) Ax[i] += A[i * n + j] * x[j];
    for (int j = 0; j < n; j++) y[j] += A[i * n + j] * Ax[i];
  }
}
