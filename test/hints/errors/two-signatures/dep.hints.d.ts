declare module './dep.mjs' {
  /** @native */
  function weigh(x: f64): f64;
  function weigh(x: string): string;
}
