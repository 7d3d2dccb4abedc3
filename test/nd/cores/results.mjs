// Prints the results of the program in the file that is its argument, and what is in the arrays behind calls.
import { createHash } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { ndarray } from 'tsnative/nd';

const program = await import(pathToFileURL(process.argv[2]).href);

const numbers = (n, by = 7919) => Float64Array.from({ length: n }, (_, i) => ((i * by) % 1013) / 8);
const hash = ({ buffer }) =>
  createHash('sha256').update(Buffer.from(buffer)).digest('hex').slice(0, 12);
const shown = (made) =>
  [made]
    .flat()
    .map((one) => `[${one.shape}] ${hash(one.copy().data)}`)
    .join(' ');

function tell(name, run, ...arrays) {
  let outcome;
  try {
    outcome = run();
  } catch (error) {
    outcome = `${error.name}: ${error.message}`;
  }
  console.log(name, outcome, ...arrays.map(hash));
}
const call = (name, ...args) =>
  tell(name, () => shown(program[name](...args)), ...args.map((one) => one.data ?? one));

for (let round = 0; round < 3; round++) {
  // Loops of one axis, of several that are not one, of none, and of no rounds.
  call('product', ndarray(numbers(9 * 4000), [4000, 3, 3]), ndarray(numbers(9), [3, 3]));
  const [left, right] = [
    ndarray(numbers(6 * 50), [50, 1, 2, 3]),
    ndarray(numbers(12 * 60), [60, 3, 4]),
  ];
  call('product', left, right);
  call(
    'product',
    left.transpose([1, 0, 2, 3]),
    right.slice(0, undefined, undefined, -1).broadcast([50, 60, 3, 4]),
  );
  call('product', ndarray(numbers(70 * 60), [70, 60]), ndarray(numbers(60 * 50), [60, 50]));
  call('product', ndarray(numbers(0), [0, 2, 3]), ndarray(numbers(6), [3, 2]));
  call('product', ndarray(numbers(0), [5, 2, 0]), ndarray(numbers(0), [0, 2]));
  const six = ndarray(numbers(2 * 3 * 2 * 2 * 5 * 4), [2, 3, 2, 2, 5, 2, 2]);
  call('product', six, six.slice(2, 0, 1).slice(4, 0, 1));
  call('ranked', ndarray(numbers(3000 * 8), [3000, 8]));
  call('viewed', ndarray(numbers(2000 * 12), [2000, 3, 4]));
  call('viewed', ndarray(numbers(2000 * 12), [3, 4, 2000]).transpose([2, 1, 0]));
  call('caught', ndarray(numbers(3000 * 2), [3000, 2]));
  call('deep', ndarray(numbers(500)));
  call(
    'wide',
    ndarray(Uint8Array.from(numbers(64 * 48)), [64, 3, 2, 2, 2, 2]),
    BigInt64Array.of(1n, -5n, 9n),
  );

  // Errors of the lowest round, with texts that are made there; all in front of it is done.
  for (const at of [[0], [777], [2999, 1500], [40, 2000, 2500]]) {
    const data = numbers(3000 * 4);
    for (const row of at) data.fill(1000 + row, row * 4 + 1, row * 4 + 3);
    const out = new Float64Array(3000);
    const front = Math.min(...at);
    tell(
      'named',
      () => program.named.into(out, ndarray(data, [3000, 4])),
      data,
      out.slice(0, front),
    );
    const whole = numbers(3000 * 4).map((x, i) => (i % 4 > 0 ? x : (i / 4) % 3));
    for (const row of at) whole[row * 4] = 4 + row;
    const second = new Float64Array(3000);
    const run = () => program.outside.into(second, ndarray(whole, [3000, 4]));
    tell('outside', run, whole, second.slice(0, front));
  }
  tell('deep', () =>
    program.deep(Float64Array.from({ length: 100 }, (_, i) => (i > 60 ? 1e9 : i))),
  );

  // In order, whatever the number of threads.
  const writers = ['counted', 'cleared', 'through', 'assigned', 'quoted', 'repeated', 'kept'];
  for (const name of writers) {
    call(name, ndarray(numbers(4), [4]), numbers(3000));
    call(name, ndarray(numbers(12), [3, 1, 4]).broadcast([3, 500, 4]), numbers(500));
  }
  call('tallied', numbers(3000));
  tell('looked', () => program.looked.into(program.table, numbers(5000)), program.table);
  call('looked', numbers(5000));
  const memory = numbers(6000);
  const [first, later] = [ndarray(memory, [3000, 2], [1, 1]), ndarray(memory, [100, 50], [0, 1])];
  tell('placed', () => program.placed.into(first, ndarray(numbers(6000), [3000, 2])), memory);
  tell('placed', () => program.placed.into(later, ndarray(numbers(5000), [100, 50])), memory);
  const long = numbers(20020);
  const pairs = ndarray(numbers(20000), [2, 10000]);
  tell('placed', () => program.placed.into(ndarray(long, [2, 10000], [10, 1]), pairs), long);
  const [near, far] = [ndarray(long.subarray(0, 20000), [20000, 1]), long.subarray(20)];
  tell('ranked', () => program.ranked.into(near, far, ndarray(numbers(20000), [20000, 1])), long);
  const [one, other] = [memory.subarray(0, 4000), memory.subarray(2000)];
  const apart = ndarray(numbers(8000), [4000, 2]);
  tell('ranked', () => program.ranked.into(ndarray(one), other, apart), memory);
  tell(
    'viewed',
    () =>
      program.viewed.into(
        ndarray(memory, [2, 1000], [500, 1]),
        memory.subarray(0, 2),
        ndarray(numbers(6000), [2, 3, 1000]),
      ),
    memory,
  );
}
