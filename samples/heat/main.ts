import { writeFileSync } from 'node:fs';
import { ndarray, writeNpy } from 'tsnative/nd';
import { resultPath, writePng } from '../support/files.js';
import { present } from '../support/present.js';
import { heat, rowMeans } from './heat.js';

const [height, width, steps] = [400, 600, 100];
const plate = (): Float64Array => new Float64Array(height * width);
const shape = [height, width];

const sources = ndarray(plate(), shape);
for (let i = 120; i < 160; i++) for (let j = 80; j < 120; j++) sources.set(i, j, 100);
for (let i = 300; i < 310; i++) for (let j = 40; j < 560; j++) sources.set(i, j, 60);
// A bar across the plate conducts badly: one row for each column of the plate, by broadcasting.
const conducts = ndarray(
  Float64Array.from({ length: width }, (_, j) => (j > 380 && j < 400 ? 0.02 : 1)),
);

const [now, change] = [ndarray(plate(), shape), ndarray(plate(), shape)];

function colours(temperatures: Float64Array): Uint8Array {
  const rgba = new Uint8Array(temperatures.length * 4);
  temperatures.forEach((t, i) => rgba.set([t * 2.55, t * t * 0.02, 80 - t * 0.8, 255], i * 4));
  return rgba;
}

present({
  title: `Heat in a plate, ${width} × ${height}, ${steps} steps`,
  work: () => {
    now.data.fill(0);
    heat(now, change, conducts, sources, steps);
    return now.data;
  },
  bytes: (result) => result,
  describe: () => {
    const path = resultPath('heat.npy');
    writeFileSync(path, writeNpy(now));
    const means = rowMeans(now);
    return [`the mean of row 140 is ${means[140]?.toFixed(3)}`, `for NumPy: ${path}`];
  },
  picture: (result) => writePng('heat.png', width, height, colours(result)),
});
