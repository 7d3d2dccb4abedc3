declare module './dep.mjs' {
  /** @native */
  function weigh(x: f64): f64;
}
