import type { f64, i32 } from 'tsnative';

/** An element of the infinite matrix 1, 1/2, 1/4 …, numbered along its diagonals. */
function element(i: i32, j: i32): f64 {
  const diagonal: i32 = i + j;
  const place: f64 = ((diagonal * (diagonal + 1)) >> 1) + i + 1;
  return 1 / place;
}

/** to ← A·from */
function times(n: i32, from: Float64Array, to: Float64Array): void {
  for (let i: i32 = 0; i < n; i++) {
    let sum = 0;
    for (let j: i32 = 0; j < n; j++) sum += element(i, j) * from[j];
    to[i] = sum;
  }
}

/** to ← Aᵀ·from */
function transposedTimes(n: i32, from: Float64Array, to: Float64Array): void {
  for (let i: i32 = 0; i < n; i++) {
    let sum = 0;
    for (let j: i32 = 0; j < n; j++) sum += element(j, i) * from[j];
    to[i] = sum;
  }
}

/**
 * The largest singular value of the n × n corner of a matrix, by the power method.
 * @native
 */
export function spectralNorm(
  n: i32,
  rounds: i32,
  u: Float64Array,
  v: Float64Array,
  between: Float64Array,
): f64 {
  for (let i: i32 = 0; i < n; i++) u[i] = 1;
  for (let round: i32 = 0; round < rounds; round++) {
    times(n, u, between);
    transposedTimes(n, between, v);
    times(n, v, between);
    transposedTimes(n, between, u);
  }
  let uv = 0;
  let vv = 0;
  for (let i: i32 = 0; i < n; i++) {
    uv += u[i] * v[i];
    vv += v[i] * v[i];
  }
  return Math.sqrt(uv / vv);
}
