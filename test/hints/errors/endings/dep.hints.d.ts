declare module './dep.mjs' {
  function fail(message: string, at: f64): never;
  /** @native */
  function first(values: Float64Array, label: string): f64;
}
