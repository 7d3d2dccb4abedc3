/*
 * Lloyd's algorithm: n points of d coordinates in k clusters, some rounds from given centres.
 * sums: workspace of k·d
 * sizes: workspace of k
 */
void kMeans(
    int n, int d, int k, int rounds, double *points, double *centres, int *labels, double *sums,
    int *sizes) {
  for (int round = 0; round < rounds; round++) {
    for (int c = 0; c < k * d; c++) sums[c] = 0;
    for (int c = 0; c < k; c++) sizes[c] = 0;
    for (int p = 0; p < n; p++) {
      int nearest = 0;
      double least = 1.0 / 0.0;
      for (int c = 0; c < k; c++) {
        double distance = 0;
        for (int x = 0; x < d; x++) {
          double apart = points[p * d + x] - centres[c * d + x];
          distance += apart * apart;
        }
        if (distance < least) {
          least = distance;
          nearest = c;
        }
      }
      labels[p] = nearest;
      sizes[nearest] += 1;
      for (int x = 0; x < d; x++) sums[nearest * d + x] += points[p * d + x];
    }
    for (int c = 0; c < k; c++) {
      double size = sizes[c];
      if (size > 0) {
        for (int x = 0; x < d; x++) centres[c * d + x] = sums[c * d + x] / size;
      }
    }
  }
}
