double sqrt(double);

/* The correlations of m variables from n observations (the rows of `data`, which are standardised). */
void correlation(int m, int n, double *data, double *corr, double *mean, double *deviation) {
  double count = n;
  double least = 0.1;
  for (int j = 0; j < m; j++) {
    mean[j] = 0;
    for (int i = 0; i < n; i++) mean[j] += data[i * m + j];
    mean[j] /= count;
  }
  for (int j = 0; j < m; j++) {
    deviation[j] = 0;
    for (int i = 0; i < n; i++) {
      deviation[j] += (data[i * m + j] - mean[j]) * (data[i * m + j] - mean[j]);
    }
    deviation[j] = sqrt(deviation[j] / count);
    // A variable that hardly varies is left as it is.
    deviation[j] = deviation[j] <= least ? 1 : deviation[j];
  }
  for (int i = 0; i < n; i++) {
    for (int j = 0; j < m; j++) {
      data[i * m + j] -= mean[j];
      data[i * m + j] /= sqrt(count) * deviation[j];
    }
  }
  for (int i = 0; i < m - 1; i++) {
    corr[i * m + i] = 1;
    for (int j = i + 1; j < m; j++) {
      corr[i * m + j] = 0;
      for (int k = 0; k < n; k++) corr[i * m + j] += data[k * m + i] * data[k * m + j];
      corr[j * m + i] = corr[i * m + j];
    }
  }
  corr[(m - 1) * m + m - 1] = 1;
}
