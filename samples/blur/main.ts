import { writePng } from '../support/files.js';
import { present } from '../support/present.js';
import { blur, gaussian } from './blur.js';

const width = 512;
const height = 384;

/** A landscape: a sky that fades, a sun, hills of layered noise, and film grain. */
function photo(): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray(width * height * 4);
  let seed = 12345;
  const random = (): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) | 0;
    return (seed >>> 8) / 2 ** 24;
  };
  const hill = (x: number, layer: number): number =>
    height * (0.45 + layer * 0.13) +
    30 * Math.sin(x / (37 + layer * 23) + layer * 2) +
    12 * Math.sin(x / 11 + layer * 5);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const sun = 150 * Math.exp(-((x - 380) ** 2 + (y - 90) ** 2) / 900);
      let pixel = [90 + y * 0.3 + sun, 140 + y * 0.15 + sun, 230 - y * 0.2 + sun / 2];
      for (let layer = 0; layer < 4; layer++) {
        if (y > hill(x, layer)) pixel = [40 + 25 * layer, 110 - 20 * layer, 60 - 10 * layer];
      }
      const grain = (random() - 0.5) * 40;
      rgba.set([...pixel.map((value) => value + grain), 255], (y * width + x) * 4);
    }
  }
  return rgba;
}

const original = photo();
const weights = gaussian(3);
const pixels = new Uint8ClampedArray(original.length);

present({
  title: `Gaussian blur, ${width} × ${height}, ${weights.length} taps`,
  work: () => {
    pixels.set(original);
    blur(pixels, width, height, weights);
    return pixels;
  },
  bytes: (result) => result,
  describe: () => [`sum of the weights ${weights.reduce((a, b) => a + b)}`],
  picture: () => {
    // The original beside the blurred one.
    const both = new Uint8Array(original.length * 2);
    for (let y = 0; y < height; y++) {
      const row = y * width * 4;
      both.set(original.subarray(row, row + width * 4), row * 2);
      both.set(pixels.subarray(row, row + width * 4), row * 2 + width * 4);
    }
    return writePng('blur.png', width * 2, height, both);
  },
});
