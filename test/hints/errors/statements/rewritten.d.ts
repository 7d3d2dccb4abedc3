declare module './dep.mjs' {
  /** @native fastmath */
  function weigh(x: f64): f64;
}
