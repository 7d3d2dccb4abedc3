/** What `threads.ts` measures: kernels that compute much and read little, on all cores. */
import { parallel, type i32 } from 'tsnative';

/** @native */
export function mandelbrot(out: Uint16Array, width: i32, height: i32): void {
  parallel.for(height, (y: i32) => {
    const ci = (y / height) * 2.4 - 1.2;
    for (let x = 0; x < width; x++) {
      const cr = (x / width) * 3 - 2.2;
      let [zr, zi, n] = [0, 0, 0];
      while (n < 200 && zr * zr + zi * zi < 4) {
        const next = zr * zr - zi * zi + cr;
        zi = 2 * zr * zi + ci;
        zr = next;
        n++;
      }
      out[y * width + x] = n;
    }
  });
}

/** The accelerations of bodies by all others; `bodies` has x, y, z and the mass of each. */
/** @native */
export function nbody(accelerations: Float64Array, bodies: Float64Array, n: i32): void {
  parallel.for(n, (i: i32) => {
    const [x, y, z] = [bodies[4 * i], bodies[4 * i + 1], bodies[4 * i + 2]];
    let [ax, ay, az] = [0, 0, 0];
    for (let j = 0; j < n; j++) {
      const dx = bodies[4 * j] - x;
      const dy = bodies[4 * j + 1] - y;
      const dz = bodies[4 * j + 2] - z;
      const square = dx * dx + dy * dy + dz * dz + 1e-9;
      const pull = bodies[4 * j + 3] / (square * Math.sqrt(square));
      ax += dx * pull;
      ay += dy * pull;
      az += dz * pull;
    }
    accelerations[3 * i] = ax;
    accelerations[3 * i + 1] = ay;
    accelerations[3 * i + 2] = az;
  });
}

/** @native */
export function matmul(c: Float64Array, a: Float64Array, b: Float64Array, n: i32): void {
  parallel.for(n, (i: i32) => {
    for (let j = 0; j < n; j++) c[i * n + j] = 0;
    for (let k = 0; k < n; k++) {
      const factor = a[i * n + k];
      for (let j = 0; j < n; j++) c[i * n + j] += factor * b[k * n + j];
    }
  });
}

/** Iterations that take longer and longer. */
/** @native */
export function triangular(out: Float64Array): void {
  parallel.for(out.length, (i: i32) => {
    let sum = 0;
    for (let k = 0; k <= i; k++) sum += Math.sqrt(k + sum);
    out[i] = sum;
  });
}

/** Regions that do nothing worth mentioning, which stay on the calling thread. */
/** @native */
export function short(out: Float64Array, regions: i32): void {
  for (let n = 0; n < regions; n++)
    parallel.for(2, (i: i32) => {
      out[i] += n;
    });
}

/** The same, but open to the pool. */
/** @native */
export function open(out: Float64Array, regions: i32): void {
  for (let n = 0; n < regions; n++)
    parallel.invoke(
      () => {
        out[0] += n;
      },
      () => {
        out[1] += n;
      },
    );
}
