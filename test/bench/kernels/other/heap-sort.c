/* Lets the value at `start` sink to its place in the heap of the first n values. */
static void sink(double *values, int start, int n) {
  double value = values[start];
  int hole = start;
  int child = 2 * hole + 1;
  while (child < n) {
    if (child + 1 < n && values[child] < values[child + 1]) child = child + 1;
    if (values[child] <= value) break;
    values[hole] = values[child];
    hole = child;
    child = 2 * hole + 1;
  }
  values[hole] = value;
}

/* Sorts n numbers (J. W. J. Williams, 1964). */
void heapSort(int n, double *values) {
  for (int start = (n >> 1) - 1; start >= 0; start--) sink(values, start, n);
  for (int end = n - 1; end > 0; end--) {
    double largest = values[0];
    values[0] = values[end];
    values[end] = largest;
    sink(values, 0, end);
  }
}
