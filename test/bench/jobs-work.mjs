/** What `npm run bench:jobs` runs on worker threads. */

/** About 1 µs. */
export function microsecond(x) {
  let sum = x;
  for (let i = 0; i < 250; i++) sum = Math.sqrt(sum + i);
  return sum;
}

/** Reads a part of what is shared. */
export function sumOf({ data, from, to }) {
  let sum = 0;
  for (let i = from; i < to; i++) sum += data[i];
  return sum;
}
