/*
 * Over all permutations of n cards: the most flips until the first card is 0, where a flip turns the
 * first k cards over and k is the first card; and the sum of flips with alternating signs.
 * cards: workspace of length n, as are next and count
 * results: gets the most flips and the sum
 */
void fannkuch(int n, int *cards, int *next, int *count, int *results) {
  int most = 0;
  int sum = 0;
  int permutation = 0;
  int rotated = n;
  for (int i = 0; i < n; i++) next[i] = i;
  while (rotated > 0) {
    while (rotated > 1) {
      count[rotated - 1] = rotated;
      rotated = rotated - 1;
    }
    for (int i = 0; i < n; i++) cards[i] = next[i];
    int flips = 0;
    int first = cards[0];
    while (first != 0) {
      int low = 0;
      int high = first;
      while (low < high) {
        int card = cards[low];
        cards[low] = cards[high];
        cards[high] = card;
        low = low + 1;
        high = high - 1;
      }
      flips = flips + 1;
      first = cards[0];
    }
    if (flips > most) most = flips;
    sum = permutation % 2 == 0 ? sum + flips : sum - flips;
    // The next permutation: rotate the first `rotated + 1` cards, of as many as are not through.
    int found = 0;
    while (!found && rotated < n) {
      int card = next[0];
      for (int i = 0; i < rotated; i++) next[i] = next[i + 1];
      next[rotated] = card;
      count[rotated] = count[rotated] - 1;
      if (count[rotated] > 0) found = 1;
      else rotated = rotated + 1;
    }
    if (!found) rotated = 0;
    permutation = permutation + 1;
  }
  results[0] = most;
  results[1] = sum;
}
