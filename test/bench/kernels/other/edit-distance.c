/*
 * How many letters must be put in, left out or replaced to make b of a (V. Levenshtein, 1965).
 * row: workspace of length n + 1
 */
int editDistance(int m, int n, unsigned char *a, unsigned char *b, int *row) {
  for (int j = 0; j <= n; j++) row[j] = j;
  for (int i = 1; i <= m; i++) {
    int diagonal = row[0];
    int left = i;
    row[0] = i;
    for (int j = 1; j <= n; j++) {
      int above = row[j];
      int best = a[i - 1] == b[j - 1] ? diagonal : diagonal + 1;
      if (above < best) best = above + 1;
      if (left < best) best = left + 1;
      row[j] = best;
      diagonal = above;
      left = best;
    }
  }
  return row[n];
}
