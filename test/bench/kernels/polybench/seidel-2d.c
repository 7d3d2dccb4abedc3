/* The mean of nine neighbours in a plane, in place. */
void seidel2d(int steps, int n, double *A) {
  for (int t = 0; t < steps; t++) {
    for (int i = 1; i < n - 1; i++) {
      for (int j = 1; j < n - 1; j++) {
        A[i * n + j] =
          (A[(i - 1) * n + j - 1] +
            A[(i - 1) * n + j] +
            A[(i - 1) * n + j + 1] +
            A[i * n + j - 1] +
            A[i * n + j] +
            A[i * n + j + 1] +
            A[(i + 1) * n + j - 1] +
            A[(i + 1) * n + j] +
            A[(i + 1) * n + j + 1]) /
          9;
      }
    }
  }
}
