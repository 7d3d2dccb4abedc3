/**
 * Prints the largest error of each transcendental function of the library, in ulp, and exits with 1 where one
 * is above 1. With `--native` it is machine code that is measured, else the same library as JavaScript.
 *
 *     npm run accuracy -- --count 1000000 --function exp --function pow --seed 1
 */
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { measure } from './measure.ts';
import { nativeFunctions } from './native.ts';
import { functionNames } from './reference.ts';

const {
  count,
  seed,
  native,
  function: chosen,
} = yargs(hideBin(process.argv))
  .option('count', { type: 'number', default: 100_000, describe: 'inputs for each function' })
  .option('seed', { type: 'number', default: 1, describe: 'of the random inputs' })
  .option('native', { type: 'boolean', default: false, describe: 'as machine code' })
  .option('function', { array: true, choices: functionNames, default: functionNames })
  .strict()
  .parseSync();

console.log(`function     inputs   max ulp  at`);
const compiled = native ? await nativeFunctions() : undefined;
for (const name of chosen) {
  const { inputs, error, args, value } = measure(name, count, seed, compiled?.[name]);
  const columns = [name.padEnd(8), String(inputs).padStart(10), error.toFixed(3).padStart(9)];
  console.log(`${columns.join(' ')}  (${args.join(', ')}) → ${value}`);
  if (error > 1) process.exitCode = 1;
}
