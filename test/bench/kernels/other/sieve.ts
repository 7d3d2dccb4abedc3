import type { i32 } from 'tsnative';

/**
 * Counts the primes below n by the sieve of Eratosthenes, marking all others in `composite`.
 * @native
 */
export function sieve(n: i32, composite: Uint8Array): i32 {
  for (let i: i32 = 0; i < n; i++) composite[i] = 0;
  let count: i32 = 0;
  for (let i: i32 = 2; i < n; i++) {
    if (composite[i] === 0) {
      count++;
      if (i < 46341) {
        for (let k: i32 = i * i; k < n; k += i) composite[k] = 1;
      }
    }
  }
  return count;
}
