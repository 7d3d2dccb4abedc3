double sqrt(double);

/* An element of the infinite matrix 1, 1/2, 1/4 …, numbered along its diagonals. */
static double element(int i, int j) {
  int diagonal = i + j;
  double place = ((diagonal * (diagonal + 1)) >> 1) + i + 1;
  return 1 / place;
}

/* to ← A·from */
static void times(int n, double *from, double *to) {
  for (int i = 0; i < n; i++) {
    double sum = 0;
    for (int j = 0; j < n; j++) sum += element(i, j) * from[j];
    to[i] = sum;
  }
}

/* to ← Aᵀ·from */
static void transposedTimes(int n, double *from, double *to) {
  for (int i = 0; i < n; i++) {
    double sum = 0;
    for (int j = 0; j < n; j++) sum += element(j, i) * from[j];
    to[i] = sum;
  }
}

/* The largest singular value of the n × n corner of a matrix, by the power method. */
double spectralNorm(int n, int rounds, double *u, double *v, double *between) {
  for (int i = 0; i < n; i++) u[i] = 1;
  for (int round = 0; round < rounds; round++) {
    times(n, u, between);
    transposedTimes(n, between, v);
    times(n, v, between);
    transposedTimes(n, between, u);
  }
  double uv = 0;
  double vv = 0;
  for (int i = 0; i < n; i++) {
    uv += u[i] * v[i];
    vv += v[i] * v[i];
  }
  return sqrt(uv / vv);
}
