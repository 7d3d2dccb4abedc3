/* Counts the primes below n by the sieve of Eratosthenes, marking all others in `composite`. */
int sieve(int n, unsigned char *composite) {
  for (int i = 0; i < n; i++) composite[i] = 0;
  int count = 0;
  for (int i = 2; i < n; i++) {
    if (composite[i] == 0) {
      count++;
      if (i < 46341) {
        for (int k = i * i; k < n; k += i) composite[k] = 1;
      }
    }
  }
  return count;
}
