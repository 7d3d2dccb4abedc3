/* Sorts the numbers from `first` to `last`, both included (C. A. R. Hoare, 1961). */
void quicksort(double *values, int first, int last) {
  if (first >= last) return;
  double pivot = values[(first + last) >> 1];
  int low = first;
  int high = last;
  while (low <= high) {
    while (values[low] < pivot) low++;
    while (values[high] > pivot) high--;
    if (low <= high) {
      double value = values[low];
      values[low] = values[high];
      values[high] = value;
      low++;
      high--;
    }
  }
  quicksort(values, first, high);
  quicksort(values, low, last);
}
