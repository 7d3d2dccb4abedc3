/* Solves A·x = b by A = L·U without pivots; y is workspace. */
void ludcmp(int n, double *A, double *b, double *x, double *y) {
  for (int i = 0; i < n; i++) {
    for (int j = 0; j < i; j++) {
      double rest = A[i * n + j];
      for (int k = 0; k < j; k++) rest -= A[i * n + k] * A[k * n + j];
      A[i * n + j] = rest / A[j * n + j];
    }
    for (int j = i; j < n; j++) {
      double rest = A[i * n + j];
      for (int k = 0; k < i; k++) rest -= A[i * n + k] * A[k * n + j];
      A[i * n + j] = rest;
    }
  }
  for (int i = 0; i < n; i++) {
    double rest = b[i];
    for (int j = 0; j < i; j++) rest -= A[i * n + j] * y[j];
    y[i] = rest;
  }
  for (int i = n - 1; i >= 0; i--) {
    double rest = y[i];
    for (int j = i + 1; j < n; j++) rest -= A[i * n + j] * x[j];
    x[i] = rest / A[i * n + i];
  }
}
