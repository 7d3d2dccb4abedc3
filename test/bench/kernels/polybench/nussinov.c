/* The most base pairs that a folded RNA sequence can have; bases are 0 to 3, and 0–3 and 1–2 pair. */
void nussinov(int n, int *seq, int *table) {
  for (int i = n - 1; i >= 0; i--) {
    for (int j = i + 1; j < n; j++) {
      int best = table[i * n + j];
      int left = table[i * n + j - 1];
      if (left > best) best = left;
      if (i + 1 < n) {
        int below = table[(i + 1) * n + j];
        if (below > best) best = below;
        int inner = table[(i + 1) * n + j - 1];
        if (i < j - 1 && seq[i] + seq[j] == 3) inner = inner + 1;
        if (inner > best) best = inner;
      }
      for (int k = i + 1; k < j; k++) {
        int split = table[i * n + k] + table[(k + 1) * n + j];
        if (split > best) best = split;
      }
      table[i * n + j] = best;
    }
  }
}
