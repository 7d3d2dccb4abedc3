/* The two products of the biconjugate gradient method: s ← Aᵀ·r and q ← A·p, of A (n × m). */
void bicg(int m, int n, double *A, double *s, double *q, double *p, double *r) {
  for (int j = 0; j < m; j++) s[j] = 0;
  for (int i = 0; i < n; i++) {
    q[i] = 0;
    for (int j = 0; j < m; j++) {
      s[j] += r[i] * A[i * m + j];
      q[i] += A[i * m + j] * p[j];
    }
  }
}
