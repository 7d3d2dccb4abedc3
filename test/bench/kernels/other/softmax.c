double exp(double);

/* Makes n numbers probabilities: their exponentials, over the sum of those. */
void softmax(int n, double *from, double *to) {
  double largest = -1.0 / 0.0;
  for (int i = 0; i < n; i++) largest = from[i] > largest ? from[i] : largest;
  double sum = 0;
  for (int i = 0; i < n; i++) {
    to[i] = exp(from[i] - largest);
    sum += to[i];
  }
  for (int i = 0; i < n; i++) to[i] /= sum;
}
