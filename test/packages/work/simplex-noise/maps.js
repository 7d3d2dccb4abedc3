// Maps of noise, as a user of the package fills them.
export { createNoise2D, createNoise3D, createNoise4D } from 'simplex-noise';

/**
 * @native
 * @param {(x: number, y: number) => number} noise
 * @param {Float64Array} out
 * @param {import('tsnative').i32} size
 * @param {number} scale
 * @returns {void}
 */
export function fillMap(noise, out, size, scale) {
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) out[y * size + x] = noise(x * scale, y * scale);
}

/**
 * @native
 * @param {(x: number, y: number, z: number) => number} noise
 * @param {Float64Array} out
 * @param {import('tsnative').i32} size
 * @param {number} z
 * @returns {void}
 */
export function fillSlice(noise, out, size, z) {
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      let sum = 0;
      let amplitude = 1;
      let frequency = 0.01;
      for (let octave = 0; octave < 4; octave++) {
        sum += amplitude * noise(x * frequency, y * frequency, z);
        amplitude /= 2;
        frequency *= 2;
      }
      out[y * size + x] = sum;
    }
}

/**
 * @native
 * @param {(x: number, y: number, z: number, w: number) => number} noise
 * @param {Float64Array} out
 * @param {import('tsnative').i32} size
 * @param {number} radius
 * @returns {void}
 */
export function fillTorus(noise, out, size, radius) {
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const a = x / size - 0.5;
      const b = y / size - 0.5;
      out[y * size + x] = noise(
        radius * a,
        radius * (a * a - 0.5),
        radius * b,
        radius * (0.5 - b * b),
      );
    }
}
