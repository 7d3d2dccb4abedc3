// Random numbers of several seeds, in loops and one by one, and what the generators are afterwards.

/** @param {typeof import('./samples.js')} api */
export default function work({ Alea, fill, countInCircle, shuffle }) {
  const outputs = [];
  for (const seed of [1, 'seed', 'another one']) {
    const random = Alea(seed);
    const numbers = new Float64Array(2 ** 18);
    fill(random, numbers);
    outputs.push(numbers, random(), random.uint32(), random.fract53(), random.exportState());
    outputs.push(countInCircle(random, 500_000), random.exportState());
    const values = Uint32Array.from({ length: 200_000 }, (_, index) => index);
    shuffle(random, values);
    const copy = Alea.importState(random.exportState());
    outputs.push(values, random(), copy());
    fill(random.next, numbers);
    fill(() => copy.fract53(), numbers.subarray(0, 100));
    outputs.push(numbers, random(), copy(), random.args, random.version);
  }
  return outputs;
}
