declare module './dep.mjs' {
  enum Unit {
    gram,
  }
  /** @native fastmth */
  function weigh(x: f64): f64;
}
