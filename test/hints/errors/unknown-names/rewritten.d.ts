declare module './dep.mjs' {
  /** @native */
  function weigh(x: f64): f64;
  namespace weigh {
    let sum: f64;
  }
  class Scale {
    read(x: f64): f64;
  }
}
