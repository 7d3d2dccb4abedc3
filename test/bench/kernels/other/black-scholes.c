double exp(double);
double fabs(double);
double log(double);
double sqrt(double);

/* The normal distribution function (M. Abramowitz and I. Stegun, 26.2.17; error below 7.5e−8). */
static double normal(double x) {
  double t = 1 / (1 + 0.2316419 * fabs(x));
  double series =
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  double tail = 0.3989422804014327 * exp(-0.5 * x * x) * series;
  return x < 0 ? tail : 1 - tail;
}

/* Prices of n European options (F. Black and M. Scholes, 1973), all of one rate and volatility. */
void blackScholes(
    int n, double rate, double volatility, double *spot, double *strike, double *years,
    double *call, double *put) {
  for (int i = 0; i < n; i++) {
    double spread = volatility * sqrt(years[i]);
    double d1 =
      (log(spot[i] / strike[i]) + (rate + 0.5 * volatility * volatility) * years[i]) / spread;
    double d2 = d1 - spread;
    double due = strike[i] * exp(-rate * years[i]);
    double n1 = normal(d1);
    double n2 = normal(d2);
    call[i] = spot[i] * n1 - due * n2;
    put[i] = due * (1 - n2) - spot[i] * (1 - n1);
  }
}
