/*
 * Heat conduction in a square by the alternating direction implicit method: each step solves
 * tridiagonal systems, first along the columns of u (into v), then along the rows (back into u).
 */
void adi(int steps, int n, double *u, double *v, double *p, double *q) {
  double size = n;
  double time = steps;
  double alongColumns = ((2 / time) * size * size) / 2;
  double alongRows = ((1 / time) * size * size) / 2;
  double a = -alongColumns;
  double b = 1 + 2 * alongColumns;
  double d = -alongRows;
  double e = 1 + 2 * alongRows;
  for (int t = 0; t < steps; t++) {
    for (int i = 1; i < n - 1; i++) {
      v[i] = 1;
      p[i * n] = 0;
      q[i * n] = 1;
      for (int j = 1; j < n - 1; j++) {
        double pivot = a * p[i * n + j - 1] + b;
        p[i * n + j] = -a / pivot;
        q[i * n + j] =
          (-d * u[j * n + i - 1] +
            (1 + 2 * d) * u[j * n + i] -
            d * u[j * n + i + 1] -
            a * q[i * n + j - 1]) /
          pivot;
      }
      v[(n - 1) * n + i] = 1;
      for (int j = n - 2; j >= 1; j--) {
        v[j * n + i] = p[i * n + j] * v[(j + 1) * n + i] + q[i * n + j];
      }
    }
    for (int i = 1; i < n - 1; i++) {
      u[i * n] = 1;
      p[i * n] = 0;
      q[i * n] = 1;
      for (int j = 1; j < n - 1; j++) {
        double pivot = d * p[i * n + j - 1] + e;
        p[i * n + j] = -d / pivot;
        q[i * n + j] =
          (-a * v[(i - 1) * n + j] +
            (1 + 2 * a) * v[i * n + j] -
            a * v[(i + 1) * n + j] -
            d * q[i * n + j - 1]) /
          pivot;
      }
      u[i * n + n - 1] = 1;
      for (int j = n - 2; j >= 1; j--) {
        u[i * n + j] = p[i * n + j] * u[i * n + j + 1] + q[i * n + j];
      }
    }
  }
}
