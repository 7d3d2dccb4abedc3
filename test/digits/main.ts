/**
 * Prints random doubles and reads them back, compares each with the engine, and tells the times of both. It exits with
 * 1 where anything differs. With `--native` it is machine code, else the same library as JavaScript.
 *
 *     npm run digits -- --count 10000000 --native
 */
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { randomNumbers } from '../ir/random-ir.ts';
import { printCaseTimes } from './case-times.ts';
import { asJavaScript } from './implementations.ts';
import { nativeFunctions } from './native.ts';
import {
  javaScriptLoops,
  roundTrips,
  type Loops,
  type Measured,
  type Times,
} from './round-trip.ts';
import { randomDoubles } from './values.ts';

const { count, seed, native } = yargs(hideBin(process.argv))
  .option('count', {
    type: 'number',
    default: 20_000,
    describe: 'random bit patterns; a tenth of it of each other kind',
  })
  .option('seed', { type: 'number', default: 1, describe: 'of the random numbers' })
  .option('native', { type: 'boolean', default: false, describe: 'as machine code' })
  .strict()
  .parseSync();

const batchSize = 200_000;

const built = native
  ? await nativeFunctions([
      'formatAll.u8',
      'parseAll.u8',
      'parseFloatAll.u8',
      'formatFixedAll.u8',
      'upperCaseAll.u16',
      'lowerCaseAll.u16',
    ])
  : undefined;
const loops: Loops = built
  ? {
      formatAll: built['formatAll.u8'] as Loops['formatAll'],
      parseAll: built['parseAll.u8'] as Loops['parseAll'],
      parseFloatAll: built['parseFloatAll.u8'] as Loops['parseFloatAll'],
      formatFixedAll: built['formatFixedAll.u8'] as Loops['formatFixedAll'],
    }
  : javaScriptLoops(asJavaScript);
const run = roundTrips(loops, batchSize);
const random = randomNumbers(seed);
const kinds: readonly (readonly [name: string, count: number, next: () => number])[] = [
  ['any bit pattern', count, randomDoubles(seed)],
  ['0 ≤ x < 1', count / 10, random],
  ['cents', count / 10, () => Math.round(random() * 1e7) / 100],
  ['integers below 2^31', count / 10, () => Math.floor(random() * 2 ** 31)],
  [
    'integers to 1e21',
    count / 10,
    () => Math.floor(random() * 2 ** 53) * 10 ** Math.floor(random() * 6),
  ],
];

console.log('nanoseconds of processor time a number: own (V8)  V8/own');
const heads = ['String(x)', 'Number(s)', 'parseFloat(s)', 'x.toFixed(2)'];
console.log(`${''.padEnd(30)} ${heads.map((head) => head.padStart(16)).join(' ')}`);
for (const [name, wanted, next] of kinds) {
  const total: Record<Measured, Times> = {
    'String(x)': { own: 0, engine: 0 },
    'Number(s)': { own: 0, engine: 0 },
    'parseFloat(s)': { own: 0, engine: 0 },
    'x.toFixed(2)': { own: 0, engine: 0 },
  };
  const before = performance.now();
  let done = 0;
  let wrong = 0;
  while (done < wanted) {
    const numbers = Float64Array.from({ length: Math.min(batchSize, wanted - done) }, next);
    const batch = run(numbers);
    for (const message of batch.wrong.slice(0, Math.max(0, 10 - wrong))) console.log(message);
    wrong += batch.wrong.length;
    done += numbers.length;
    for (const [what, times] of Object.entries(batch.times)) {
      total[what as Measured].own += times.own;
      total[what as Measured].engine += times.engine;
    }
  }
  const columns = Object.values(total).map(({ own, engine }) =>
    `${(own / done).toFixed(0)} (${(engine / done).toFixed(0)}) ${(engine / own).toFixed(1)}×`.padStart(
      16,
    ),
  );
  console.log(`${name.padEnd(20)} ${String(done).padStart(9)} ${columns.join(' ')}`);
  const seconds = ((performance.now() - before) / 1000).toFixed(1);
  console.log(`  ${wrong} wrong; ${seconds} s with comparing`);
  if (wrong > 0) process.exitCode = 1;
}
if (built) printCaseTimes({ upper: built['upperCaseAll.u16'], lower: built['lowerCaseAll.u16'] });
