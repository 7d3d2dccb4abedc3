/* For each of m numbers, how many of n sorted values are less. */
void binarySearch(int n, int m, int *sorted, int *wanted, int *places) {
  for (int i = 0; i < m; i++) {
    int value = wanted[i];
    int low = 0;
    int high = n;
    while (low < high) {
      int middle = (low + high) >> 1;
      if (sorted[middle] < value) low = middle + 1;
      else high = middle;
    }
    places[i] = low;
  }
}
