declare module './depp.mjs' {
  /** @native */
  function weigh(x: f64): f64;
}
