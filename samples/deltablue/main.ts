import { present } from '../support/present.js';
import { solve } from './deltablue.js';

const runs = 4;
const size = 500;
const values = 1000;
const sums = new Float64Array(2 * runs);

present({
  title: `DeltaBlue, ${runs} runs of ${2 * size} constraints`,
  work: () => {
    solve(size, values, sums);
    return sums;
  },
  bytes: (result) => result,
  describe: () => [`sums of the first run: ${sums[0]} and ${sums[1]}`],
});
