double exp(double);

/*
 * Deriche's recursive smoothing filter over an image (w columns of h pixels): a causal and an
 * anticausal pass along the columns, then both along the rows.
 * alpha: how sharp, above 0
 * decay: e^−alpha, from the caller: exp has no exact value to compare
 */
void deriche(
    int w, int h, double alpha, double decay, double *imgIn, double *imgOut, double *y1,
    double *y2) {
  double k = ((1 - decay) * (1 - decay)) / (1 + 2 * alpha * decay - decay * decay);
  double a1 = k;
  double a2 = k * decay * (alpha - 1);
  double a3 = k * decay * (alpha + 1);
  double a4 = -k * decay * decay;
  double b1 = 2 * decay;
  double b2 = -decay * decay;
  for (int i = 0; i < w; i++) {
    double ym1 = 0;
    double ym2 = 0;
    double xm1 = 0;
    for (int j = 0; j < h; j++) {
      y1[i * h + j] = a1 * imgIn[i * h + j] + a2 * xm1 + b1 * ym1 + b2 * ym2;
      xm1 = imgIn[i * h + j];
      ym2 = ym1;
      ym1 = y1[i * h + j];
    }
  }
  for (int i = 0; i < w; i++) {
    double yp1 = 0;
    double yp2 = 0;
    double xp1 = 0;
    double xp2 = 0;
    for (int j = h - 1; j >= 0; j--) {
      y2[i * h + j] = a3 * xp1 + a4 * xp2 + b1 * yp1 + b2 * yp2;
      xp2 = xp1;
      xp1 = imgIn[i * h + j];
      yp2 = yp1;
      yp1 = y2[i * h + j];
    }
  }
  for (int i = 0; i < w; i++) {
    for (int j = 0; j < h; j++) imgOut[i * h + j] = y1[i * h + j] + y2[i * h + j];
  }
  for (int j = 0; j < h; j++) {
    double tm1 = 0;
    double ym1 = 0;
    double ym2 = 0;
    for (int i = 0; i < w; i++) {
      y1[i * h + j] = a1 * imgOut[i * h + j] + a2 * tm1 + b1 * ym1 + b2 * ym2;
      tm1 = imgOut[i * h + j];
      ym2 = ym1;
      ym1 = y1[i * h + j];
    }
  }
  for (int j = 0; j < h; j++) {
    double tp1 = 0;
    double tp2 = 0;
    double yp1 = 0;
    double yp2 = 0;
    for (int i = w - 1; i >= 0; i--) {
      y2[i * h + j] = a3 * tp1 + a4 * tp2 + b1 * yp1 + b2 * yp2;
      tp2 = tp1;
      tp1 = imgOut[i * h + j];
      yp2 = yp1;
      yp1 = y2[i * h + j];
    }
  }
  for (int i = 0; i < w; i++) {
    for (int j = 0; j < h; j++) imgOut[i * h + j] = y1[i * h + j] + y2[i * h + j];
  }
}
