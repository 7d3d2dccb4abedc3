declare module './dep.mjs' {
  class Walk {
    steps: f64;
    taken: f64;
    /** @native */
    each(visit: (i: f64) => f64): f64;
  }
}
