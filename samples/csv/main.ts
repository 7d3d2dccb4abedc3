import { readFileSync, writeFileSync } from 'node:fs';
import { resultPath } from '../support/files.js';
import { present } from '../support/present.js';
import { columnStatistics, fields } from './csv.js';

const names = ['station', 'hour', 'temperature', 'humidity', 'pressure'];
const file = resultPath('weather.csv');

/** Readings of 40 weather stations over a year, some of them missing. */
function weather(): string {
  let seed = 99;
  const random = (): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return seed / 2 ** 31;
  };
  const lines = [names.join(',')];
  for (let station = 0; station < 40; station++) {
    for (let hour = 0; hour < 8760; hour += 2) {
      const season = Math.cos((hour / 8760) * 2 * Math.PI);
      const day = Math.cos(((hour % 24) / 24) * 2 * Math.PI);
      const temperature = 10 - 12 * season - 4 * day + random() * 5 - station / 10;
      const humidity = 60 + 20 * season + random() * 20;
      const pressure = random() < 0.02 ? '' : (1013 + 15 * (random() - 0.5)).toFixed(1);
      lines.push(`${station},${hour},${temperature.toFixed(2)},${humidity.toFixed(1)},${pressure}`);
    }
  }
  return lines.join('\n') + '\n';
}

writeFileSync(file, weather());
const bytes = readFileSync(file);
const data = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);

present({
  title: `CSV statistics of ${(bytes.length / 2 ** 20).toFixed(1)} MiB`,
  work: () => columnStatistics(data, names.length),
  bytes: (result) => result,
  describe: (result) => [
    file,
    ...names.map((name, c) => {
      const [count = 0, sum = 0, squares = 0, min, max] = result.subarray(c * fields);
      const mean = sum / count;
      const deviation = Math.sqrt(squares / count - mean * mean);
      return `${name}: ${count} values, ${min} … ${max}, mean ${mean.toFixed(2)} ± ${deviation.toFixed(2)}`;
    }),
  ],
});
