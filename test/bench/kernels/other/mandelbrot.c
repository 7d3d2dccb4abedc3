/* How many steps each point of the plane takes to leave a circle of radius 2, up to `most`. */
void mandelbrot(int width, int height, int most, int *steps) {
  double w = width;
  double h = height;
  for (int row = 0; row < height; row++) {
    double y0 = (2 * row) / h - 1;
    for (int column = 0; column < width; column++) {
      double x0 = (3 * column) / w - 2;
      double x = 0;
      double y = 0;
      int step = 0;
      while (step < most && x * x + y * y <= 4) {
        double next = x * x - y * y + x0;
        y = 2 * x * y + y0;
        x = next;
        step++;
      }
      steps[row * width + column] = step;
    }
  }
}
