/* y ← α·A·x + β·B·x, of order n. */
void gesummv(int n, double alpha, double beta, double *A, double *B, double *x, double *y) {
  for (int i = 0; i < n; i++) {
    double ax = 0;
    double bx = 0;
    for (int j = 0; j < n; j++) {
      ax += A[i * n + j] * x[j];
      bx += B[i * n + j] * x[j];
    }
    y[i] = alpha * ax + beta * bx;
  }
}
