declare module './dep.mjs' {
  function fail(code: f64): never;
  /** @native */
  function first(values: Float64Array): f64;
}
