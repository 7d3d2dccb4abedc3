// What a simulation does with random numbers.
import Alea from 'alea';
export { Alea };

/**
 * @native
 * @param {() => number} random
 * @param {Float64Array} out
 * @returns {void}
 */
export function fill(random, out) {
  for (let i = 0; i < out.length; i++) out[i] = random();
}

/**
 * How often points of a square are within the circle in it.
 * @native
 * @param {() => number} random
 * @param {number} count
 * @returns {number}
 */
export function countInCircle(random, count) {
  let inside = 0;
  for (let i = 0; i < count; i++) {
    const x = 2 * random() - 1;
    const y = 2 * random() - 1;
    if (x * x + y * y < 1) inside++;
  }
  return inside;
}

/**
 * Brings numbers into a random order (Fisher and Yates).
 * @native
 * @param {() => number} random
 * @param {Uint32Array} values
 * @returns {void}
 */
export function shuffle(random, values) {
  for (let i = values.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const value = values[i];
    values[i] = values[j];
    values[j] = value;
  }
}
