/** What `npm run bench:graphs` puts into graphs. */

export const next = (x) => x + 1;
export const addAll = (parts) => parts.reduce((a, b) => a + b, 0);

/** About 1 ms. */
export function long(x) {
  let sum = x;
  for (let i = 0; i < 250_000; i++) sum = Math.sqrt(sum + i);
  return sum;
}
