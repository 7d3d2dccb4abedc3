/* Heat conduction in a cube of n³ points by finite differences, forth from A to B and back. */
void heat3d(int steps, int n, double *A, double *B) {
  for (int t = 0; t < steps; t++) {
    for (int i = 1; i < n - 1; i++) {
      for (int j = 1; j < n - 1; j++) {
        for (int k = 1; k < n - 1; k++) {
          double here = A[(i * n + j) * n + k];
          B[(i * n + j) * n + k] =
            0.125 * (A[((i + 1) * n + j) * n + k] - 2 * here + A[((i - 1) * n + j) * n + k]) +
            0.125 * (A[(i * n + j + 1) * n + k] - 2 * here + A[(i * n + j - 1) * n + k]) +
            0.125 * (A[(i * n + j) * n + k + 1] - 2 * here + A[(i * n + j) * n + k - 1]) +
            here;
        }
      }
    }
    for (int i = 1; i < n - 1; i++) {
      for (int j = 1; j < n - 1; j++) {
        for (int k = 1; k < n - 1; k++) {
          double here = B[(i * n + j) * n + k];
          A[(i * n + j) * n + k] =
            0.125 * (B[((i + 1) * n + j) * n + k] - 2 * here + B[((i - 1) * n + j) * n + k]) +
            0.125 * (B[(i * n + j + 1) * n + k] - 2 * here + B[(i * n + j - 1) * n + k]) +
            0.125 * (B[(i * n + j) * n + k + 1] - 2 * here + B[(i * n + j) * n + k - 1]) +
            here;
        }
      }
    }
  }
}
