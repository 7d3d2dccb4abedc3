/* The covariances of m variables from n observations (the rows of `data`, which are centred). */
void covariance(int m, int n, double *data, double *cov, double *mean) {
  double count = n;
  for (int j = 0; j < m; j++) {
    mean[j] = 0;
    for (int i = 0; i < n; i++) mean[j] += data[i * m + j];
    mean[j] /= count;
  }
  for (int i = 0; i < n; i++) {
    for (int j = 0; j < m; j++) data[i * m + j] -= mean[j];
  }
  for (int i = 0; i < m; i++) {
    for (int j = i; j < m; j++) {
      cov[i * m + j] = 0;
      for (int k = 0; k < n; k++) cov[i * m + j] += data[k * m + i] * data[k * m + j];
      cov[i * m + j] /= count - 1;
      cov[j * m + i] = cov[i * m + j];
    }
  }
}
