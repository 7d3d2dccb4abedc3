declare module './dep.mjs' {
  /** @native */
  function weigh(x: f64, y: f64): f64;
}
