import type { f64, i32 } from 'tsnative';

/** The normal distribution function (M. Abramowitz and I. Stegun, 26.2.17; error below 7.5e−8). */
function normal(x: f64): f64 {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const series =
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = 0.3989422804014327 * Math.exp(-0.5 * x * x) * series;
  return x < 0 ? tail : 1 - tail;
}

/**
 * Prices of n European options (F. Black and M. Scholes, 1973), all of one rate and volatility.
 * @native
 */
export function blackScholes(
  n: i32,
  rate: number,
  volatility: number,
  spot: Float64Array,
  strike: Float64Array,
  years: Float64Array,
  call: Float64Array,
  put: Float64Array,
): void {
  for (let i: i32 = 0; i < n; i++) {
    const spread = volatility * Math.sqrt(years[i]);
    const d1 =
      (Math.log(spot[i] / strike[i]) + (rate + 0.5 * volatility * volatility) * years[i]) / spread;
    const d2 = d1 - spread;
    const due = strike[i] * Math.exp(-rate * years[i]);
    const n1 = normal(d1);
    const n2 = normal(d2);
    call[i] = spot[i] * n1 - due * n2;
    put[i] = due * (1 - n2) - spot[i] * (1 - n1);
  }
}
