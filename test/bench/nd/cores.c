/* Functions of small arrays for each of `count` of them, as loops that a person would write. */

/* `b` is one vector. */
static void matvec(double *out, double *a, double *b, int count, int n, int m) {
  for (int c = 0; c < count; c++)
    for (int i = 0; i < n; i++) {
      double sum = 0;
      for (int j = 0; j < m; j++) sum += a[(c * n + i) * m + j] * b[j];
      out[c * n + i] = sum;
    }
}

static void row_sum(double *out, double *a, double *b, int count, int n, int m) {
  for (int c = 0; c < count; c++) {
    double sum = 0;
    for (int i = 0; i < n; i++) sum += a[c * n + i];
    out[c] = sum;
  }
}

static void matmul(double *out, double *a, double *b, int count, int n, int m) {
  for (int c = 0; c < count; c++)
    for (int i = 0; i < n; i++)
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int k = 0; k < m; k++) sum += a[(c * n + i) * m + k] * b[(c * m + k) * n + j];
        out[(c * n + i) * n + j] = sum;
      }
}
