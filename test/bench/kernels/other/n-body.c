double sqrt(double);

/*
 * Planets that attract each other: each step takes speeds and then places (x, y, z of each body)
 * forward by dt.
 */
void nBody(int steps, int n, double dt, double *place, double *speed, double *mass) {
  for (int step = 0; step < steps; step++) {
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        double dx = place[3 * i] - place[3 * j];
        double dy = place[3 * i + 1] - place[3 * j + 1];
        double dz = place[3 * i + 2] - place[3 * j + 2];
        double square = dx * dx + dy * dy + dz * dz;
        double pull = dt / (square * sqrt(square));
        speed[3 * i] -= dx * mass[j] * pull;
        speed[3 * i + 1] -= dy * mass[j] * pull;
        speed[3 * i + 2] -= dz * mass[j] * pull;
        speed[3 * j] += dx * mass[i] * pull;
        speed[3 * j + 1] += dy * mass[i] * pull;
        speed[3 * j + 2] += dz * mass[i] * pull;
      }
    }
    for (int i = 0; i < 3 * n; i++) place[i] += dt * speed[i];
  }
}
