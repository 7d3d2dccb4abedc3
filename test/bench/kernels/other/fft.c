/*
 * The discrete Fourier transform of n complex numbers in place, n a power of two (J. W. Cooley and
 * J. W. Tukey, 1965), by tables of the cosine and sine of 2πk/n for k below n/2.
 */
void fft(int n, double *re, double *im, double *cosine, double *sine) {
  // Numbers change places with those at their index with its bits in reverse.
  int reverse = 0;
  for (int i = 0; i < n - 1; i++) {
    if (i < reverse) {
      double x = re[i];
      re[i] = re[reverse];
      re[reverse] = x;
      double y = im[i];
      im[i] = im[reverse];
      im[reverse] = y;
    }
    int bit = n >> 1;
    while (bit <= reverse) {
      reverse = reverse - bit;
      bit = bit >> 1;
    }
    reverse = reverse + bit;
  }
  for (int half = 1; half < n; half = 2 * half) {
    int step = n / (2 * half);
    for (int start = 0; start < n; start += 2 * half) {
      for (int k = 0; k < half; k++) {
        double c = cosine[k * step];
        double s = sine[k * step];
        double x = re[start + k + half] * c + im[start + k + half] * s;
        double y = im[start + k + half] * c - re[start + k + half] * s;
        re[start + k + half] = re[start + k] - x;
        im[start + k + half] = im[start + k] - y;
        re[start + k] += x;
        im[start + k] += y;
      }
    }
  }
}
