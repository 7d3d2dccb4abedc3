declare module './dep.mjs' {
  namespace counter {
    /** @native */
    function next(value: number): number;
    let count: number;
  }
}
