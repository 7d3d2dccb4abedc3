declare module './dep.mjs' {
  /** @native */
  function weigh(x: number): f64;
}
