/*
 * The hypotenuse over arrays of 64-bit floats, as loops that a person would write. The square root is LLVM's own, which is
 * what sqrt is with -fno-math-errno: C's would set errno for numbers below 0, and keep the loops from being vectorised.
 */
double root(double) __asm__("llvm.sqrt.f64");

static void hyp_flat(double *out, double *b, double *c, int rows, int columns) {
  for (int i = 0; i < rows * columns; i++) out[i] = root(b[i] * b[i] + c[i] * c[i]);
}

/* `c` is one row. */
static void hyp_row(double *out, double *b, double *c, int rows, int columns) {
  for (int i = 0; i < rows; i++)
    for (int j = 0; j < columns; j++) {
      double x = b[i * columns + j];
      out[i * columns + j] = root(x * x + c[j] * c[j]);
    }
}

/* `c` is one column. */
static void hyp_column(double *out, double *b, double *c, int rows, int columns) {
  for (int i = 0; i < rows; i++)
    for (int j = 0; j < columns; j++) {
      double x = b[i * columns + j];
      out[i * columns + j] = root(x * x + c[i] * c[i]);
    }
}

/* `b` lies across: it has `columns` rows. */
static void hyp_transposed(double *out, double *b, double *c, int rows, int columns) {
  for (int i = 0; i < rows; i++)
    for (int j = 0; j < columns; j++) {
      double x = b[j * rows + i], y = c[i * columns + j];
      out[i * columns + j] = root(x * x + y * y);
    }
}

/* Every second column of arrays that are twice as wide. */
static void hyp_steps(double *out, double *b, double *c, int rows, int columns) {
  for (int i = 0; i < rows; i++)
    for (int j = 0; j < columns; j++) {
      double x = b[(i * columns + j) * 2], y = c[(i * columns + j) * 2];
      out[i * columns + j] = root(x * x + y * y);
    }
}

/* All elements of `c` are its first. */
static void hyp_scalar(double *out, double *b, double *c, int rows, int columns) {
  double y = c[0];
  for (int i = 0; i < rows * columns; i++) out[i] = root(b[i] * b[i] + y * y);
}
