import type { i32 } from 'tsnative';

/**
 * The discrete Fourier transform of n complex numbers in place, n a power of two (J. W. Cooley and
 * J. W. Tukey, 1965), by tables of the cosine and sine of 2πk/n for k below n/2.
 * @native
 */
export function fft(
  n: i32,
  re: Float64Array,
  im: Float64Array,
  cosine: Float64Array,
  sine: Float64Array,
): void {
  // Numbers change places with those at their index with its bits in reverse.
  let reverse: i32 = 0;
  for (let i: i32 = 0; i < n - 1; i++) {
    if (i < reverse) {
      const x = re[i];
      re[i] = re[reverse];
      re[reverse] = x;
      const y = im[i];
      im[i] = im[reverse];
      im[reverse] = y;
    }
    let bit: i32 = n >> 1;
    while (bit <= reverse) {
      reverse = reverse - bit;
      bit = bit >> 1;
    }
    reverse = reverse + bit;
  }
  for (let half: i32 = 1; half < n; half = 2 * half) {
    const step: i32 = (n / (2 * half)) | 0;
    for (let start: i32 = 0; start < n; start += 2 * half) {
      for (let k: i32 = 0; k < half; k++) {
        const c = cosine[k * step];
        const s = sine[k * step];
        const x = re[start + k + half] * c + im[start + k + half] * s;
        const y = im[start + k + half] * c - re[start + k + half] * s;
        re[start + k + half] = re[start + k] - x;
        im[start + k + half] = im[start + k] - y;
        re[start + k] += x;
        im[start + k] += y;
      }
    }
  }
}
