declare module './dep.mjs' {
  function fail(code: f64): never;
  function first(values: Float64Array): f64;
  /** @native */
  function firstOr(values: Float64Array, other: f64): f64;
}
