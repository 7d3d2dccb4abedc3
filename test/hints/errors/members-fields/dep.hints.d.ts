declare module './dep.mjs' {
  class Scale {
    weight: f64;
    log: f64[];
    last: f64 | null;
    /** @native */
    add(x: f64): f64;
    /** @native */
    peek(): f64;
  }
}
