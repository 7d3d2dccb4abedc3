declare module './dep.mjs' {
  /** @native */
  function twice(value: number): number;
}
