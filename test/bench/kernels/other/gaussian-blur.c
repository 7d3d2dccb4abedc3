/*
 * Blurs an image by weights of 2·radius + 1 pixels, along the rows and then along the columns. The
 * pixels nearer to the edge than the radius are left as they are.
 */
void gaussianBlur(
    int width, int height, int radius, double *weights, double *image, double *between,
    double *blurred) {
  for (int y = 0; y < height; y++) {
    for (int x = 0; x < width; x++) {
      between[y * width + x] = image[y * width + x];
      blurred[y * width + x] = image[y * width + x];
    }
    for (int x = radius; x < width - radius; x++) {
      double sum = 0;
      for (int k = -radius; k <= radius; k++) {
        sum += weights[k + radius] * image[y * width + x + k];
      }
      between[y * width + x] = sum;
    }
  }
  for (int y = radius; y < height - radius; y++) {
    for (int x = 0; x < width; x++) {
      double sum = 0;
      for (int k = -radius; k <= radius; k++) {
        sum += weights[k + radius] * between[(y + k) * width + x];
      }
      blurred[y * width + x] = sum;
    }
  }
}
