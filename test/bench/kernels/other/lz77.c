/*
 * The longest earlier match of at least 3 bytes at each place of n bytes, by chains of places with
 * equal hashes of 3 bytes: its length, or 0, and how far back it is.
 * head: 4096 places, filled by this function: the last with a hash
 * previous: for each place the last one before it with the same hash
 */
void lz77(int n, unsigned char *data, int *head, int *previous, int *lengths, int *distances) {
  for (int i = 0; i < 4096; i++) head[i] = -1;
  for (int i = 0; i + 2 < n; i++) {
    int b0 = data[i];
    int b1 = data[i + 1];
    int b2 = data[i + 2];
    int hash = (b0 ^ (b1 << 4) ^ (b2 << 6)) & 4095;
    int longest = 2;
    int distance = 0;
    int limit = n - i < 258 ? n - i : 258;
    int tries = 32;
    int candidate = head[hash];
    while (candidate >= 0 && tries > 0 && i - candidate <= 32768) {
      int length = 0;
      while (length < limit && data[candidate + length] == data[i + length]) length++;
      if (length > longest) {
        longest = length;
        distance = i - candidate;
      }
      candidate = previous[candidate];
      tries--;
    }
    lengths[i] = distance > 0 ? longest : 0;
    distances[i] = distance;
    previous[i] = head[hash];
    head[hash] = i;
  }
}
