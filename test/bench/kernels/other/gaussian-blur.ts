import type { i32 } from 'tsnative';

/**
 * Blurs an image by weights of 2·radius + 1 pixels, along the rows and then along the columns. The
 * pixels nearer to the edge than the radius are left as they are.
 * @native
 */
export function gaussianBlur(
  width: i32,
  height: i32,
  radius: i32,
  weights: Float64Array,
  image: Float64Array,
  between: Float64Array,
  blurred: Float64Array,
): void {
  for (let y: i32 = 0; y < height; y++) {
    for (let x: i32 = 0; x < width; x++) {
      between[y * width + x] = image[y * width + x];
      blurred[y * width + x] = image[y * width + x];
    }
    for (let x: i32 = radius; x < width - radius; x++) {
      let sum = 0;
      for (let k: i32 = -radius; k <= radius; k++) {
        sum += weights[k + radius] * image[y * width + x + k];
      }
      between[y * width + x] = sum;
    }
  }
  for (let y: i32 = radius; y < height - radius; y++) {
    for (let x: i32 = 0; x < width; x++) {
      let sum = 0;
      for (let k: i32 = -radius; k <= radius; k++) {
        sum += weights[k + radius] * between[(y + k) * width + x];
      }
      blurred[y * width + x] = sum;
    }
  }
}
