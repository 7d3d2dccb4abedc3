// Prints the results of the program in the folder that is its argument.
import { createHash } from 'node:crypto';
import { pathToFileURL } from 'node:url';

const program = await import(pathToFileURL(process.argv[2]).href);
const hash = (array) =>
  createHash('sha256').update(Buffer.from(array.buffer)).digest('hex').slice(0, 16);
const outcome = (run) => {
  try {
    return String(run());
  } catch (error) {
    return `${error.name}: ${error.message}`;
  }
};
const filled = (array, run) => {
  const result = outcome(() => run(array));
  return `${result} ${hash(array)}`;
};
const lines = [];
for (let round = 0; round < 3; round++) {
  lines.push(
    filled(new Uint8Array(120 * 90), (out) => program.mandelbrot(out, 120, 90)),
    ...[0, 1, 5, 1023, 1024, 4097, 100_000].flatMap((n) => [
      outcome(() => program.sums(n)),
      outcome(() => program.mixed(n)),
    ]),
    filled(new Float64Array(3000), program.triangular),
    filled(new Float64Array(3000), program.sorted),
    filled(new Float64Array(60 * 300), (out) => program.nested(out, 60, 300)),
    hash(program.mapped(Float64Array.from({ length: 5000 }, (_, i) => i / 100))),
    ...[0, 1, 777, 2999].map((from) =>
      outcome(() => program.failing(new Float64Array(3000), from)),
    ),
    filled(new Float64Array(3000), (out) => program.failing(out, 3000)),
    outcome(() => program.overflowing(5000)),
    outcome(() => program.intoConstant(0.5)),
    outcome(() => program.ofOwnArray(5000)),
  );
  const noise = (n) =>
    Float64Array.from({ length: n }, (_, i) => ((Math.imul(i + round, 0x9e3779b1) >> 5) / 64) | 0);
  for (const n of [0, 1, 1024, 1025, 5000, 70_000])
    lines.push(
      hash(program.prefixes(noise(n).map(Math.abs))),
      outcome(() => hash(program.prefixesOf(n, n))),
      outcome(() => hash(program.prefixesOf(n, n / 2))),
      filled(noise(n), (a) => hash(program.inOrder(a))),
      filled(new Uint8Array(64), (counts) => program.histogram(counts, noise(n))),
      outcome(() => program.intoTotals(n)),
      hash(program.ownParts(n, 3)),
      outcome(() => hash(program.sortedByHalves(noise(n / 16), Infinity))),
      outcome(() => hash(program.sortedByHalves(noise(n / 16), 5e5))),
      filled(noise(n), (a) => program.byRemainder(a, 97)),
      ...[-Infinity, 0, 6e5, 1048575].map((limit) =>
        filled(noise(n), (a) => program.failingSort(a, limit)),
      ),
    );
  // Of numbers so large all iterations have the same index.
  lines.push(
    filled(new Float64Array(8), (out) => program.summedTo(out, 5000, 2 ** 70, 2 ** 70)),
    filled(new Float64Array(4000), (out) => program.rounded(out, 4000, 4000)),
  );
  // The second view begins one element behind the first, so the order is told.
  const { buffer } = Float64Array.from({ length: 4001 }, (_, i) => i);
  const [out, a] = [new Float64Array(buffer, 8, 4000), new Float64Array(buffer, 0, 4000)];
  program.shifted(out, a);
  lines.push(hash(new Float64Array(buffer)));
}
console.log(lines.join('\n'));
