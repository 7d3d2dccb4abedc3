declare module 'alea' {
  namespace Alea {
    let s0: f64;
    let s1: f64;
    let s2: f64;
    let c: f64;
    /** @native */
    function random(): f64;
  }
}
