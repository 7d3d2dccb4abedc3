declare module './dep.mjs' {
  class Scale {
    weight: f64;
    log: f64[];
    last: f64 | null;
    get doubled(): f64;
    constructor(weight: f64);
    add(x: f64): f64;
    peek(): f64;
  }
}
