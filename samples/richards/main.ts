import { present } from '../support/present.js';
import { richards } from './richards.js';

const runs = 20;
const counts = new Float64Array(2 * runs);

present({
  title: `Richards' kernel, ${runs} runs`,
  work: () => {
    richards(runs, 10_000, counts);
    return counts;
  },
  bytes: (result) => result,
  describe: () => [`${counts[0]} packets sent, ${counts[1]} times held, in each run`],
});
