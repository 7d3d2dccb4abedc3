declare module './dep.mjs' {
  /** @native */
  function wiegh(x: f64): f64;
  namespace weigh {
    let som: f64;
  }
  class Scales {}
  class Scale {
    reed(x: f64): f64;
  }
}
