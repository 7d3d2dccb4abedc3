declare module 'simplex-noise' {
  function fastFloor(x: f64): f64;
  namespace createNoise2D {
    let perm: Uint8Array;
    let permGrad2x: Float64Array;
    let permGrad2y: Float64Array;
    /** @native */
    function noise2D(x: f64, y: f64): f64;
    namespace noise2D {
      let i1: f64;
      let j1: f64;
    }
  }
  namespace createNoise3D {
    let perm: Uint8Array;
    let permGrad3x: Float64Array;
    let permGrad3y: Float64Array;
    let permGrad3z: Float64Array;
    /** @native */
    function noise3D(x: f64, y: f64, z: f64): f64;
    namespace noise3D {
      let n0: f64, n1: f64, n2: f64, n3: f64;
      let i1: f64, j1: f64, k1: f64;
      let i2: f64, j2: f64, k2: f64;
    }
  }
  namespace createNoise4D {
    let perm: Uint8Array;
    let permGrad4x: Float64Array;
    let permGrad4y: Float64Array;
    let permGrad4z: Float64Array;
    let permGrad4w: Float64Array;
    /** @native */
    function noise4D(x: f64, y: f64, z: f64, w: f64): f64;
    namespace noise4D {
      let n0: f64, n1: f64, n2: f64, n3: f64, n4: f64;
    }
  }
}
