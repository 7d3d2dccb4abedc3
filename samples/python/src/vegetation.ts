/**
 * The normalised difference vegetation index of each pixel: (near − red) ÷ (near + red), from −1 to 1.
 * Pixels without light in both bands are NaN.
 * @param red reflectance in the red band, in any unit
 * @param near reflectance in the near infrared, in the same unit
 * @param index the results; as many as pixels
 * @throws RangeError where there are fewer of one than of `red`
 * @native
 */
export function vegetationIndex(red: Uint16Array, near: Uint16Array, index: Float32Array): void {
  for (let i = 0; i < red.length; i++) {
    const [r, n] = [red[i]!, near[i]!];
    index[i] = (n - r) / (n + r);
  }
}
