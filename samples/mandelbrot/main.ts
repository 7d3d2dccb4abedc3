import { writePng } from '../support/files.js';
import { present } from '../support/present.js';
import { mandelbrot } from './mandelbrot.js';

const width = 640;
const height = 480;
const limit = 500;

/** A smooth palette: the points inside are black. */
function colour(counts: Uint16Array): Uint8Array {
  const rgba = new Uint8Array(counts.length * 4);
  counts.forEach((count, i) => {
    const inside = count === limit;
    const phase = Math.sqrt(count) * 0.6;
    const channel = (shift: number): number => (inside ? 0 : 128 + 127 * Math.cos(phase + shift));
    rgba.set([channel(3.2), channel(3.9), channel(4.8), 255], i * 4);
  });
  return rgba;
}

const counts = new Uint16Array(width * height);

present({
  title: `Mandelbrot set, ${width} × ${height}`,
  work: () => {
    mandelbrot(counts, width, height, -0.7436, 0.1319, 0.00001, limit);
    return counts;
  },
  bytes: (result) => result,
  describe: () => [`${counts.filter((count) => count === limit).length} points inside`],
  picture: () => writePng('mandelbrot.png', width, height, colour(counts)),
});
