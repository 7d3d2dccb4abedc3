/* How often each byte occurs. */
void histogram(int n, unsigned char *data, int *counts) {
  for (int i = 0; i < 256; i++) counts[i] = 0;
  for (int i = 0; i < n; i++) counts[data[i]] += 1;
}
