import type { i32 } from 'tsnative';

/** @native */
export async function loops(a: Float64Array, b: Float64Array, n: i32, start: i32): Promise<number> {
  let s = 0;
  for (let i = 0; i < a.length; i++) s += a[i]; // short
  for (let i = a.length - 1; i >= 0; i--) s += a[i]; // short
  for (let i = 0; i < n; i++) s += a[i]; // short
  for (let i = 0; i < n; i++) s += Math.sqrt(i); // strips
  // asks
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) s += a[i * n + k] * b[k * n + i]; // short
  }
  for (let i = 0; i < n; i++) s += a[i & 7]; // strips
  for (let i = 0; i < n; i++) s += a[start]; // strips
  for (let k = 0; k < 9; k++) s = s * 0.5 + k; // short
  for (let k = start; k < 9; k++) s = s * 0.5 + k; // strips
  let h = 0;
  // strips
  for (let i = 1; i < n; i += 3) {
    if (h > start) break;
    h = (h ^ i) | 0;
  }
  // short
  for (let i = 0; i < n; i++) {
    a[i] = 0;
    for (let k = 0; k < 8; k++) a[i] += b[k]; // short
  }
  // strips
  for (let i = 0; i < n; i++) {
    if (i > 5) continue;
    s += a[i];
  }
  let at = 0;
  // asks
  while (s < 1e9) {
    s += a[at];
    at++;
    if (at === 3) at = 0;
  }
  // asks
  for (let x = 0; x < 100; x += 1e-9) s += x;
  return s + h;
}
