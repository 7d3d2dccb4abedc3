// Prints how many objects native code still has after it has thrown and caught many errors.
import { createRequire } from 'node:module';
import { readdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const folder = process.argv[2];
const load = (name) => import(pathToFileURL(`${folder}/${name}`).href);
const { DeepError, default: Coded } = await load('errors.js');
const { fail, called, passedThrough, parse } = await load('parse.js');
const glue = readdirSync(`${folder}/native`).find((name) => name.endsWith('.cjs'));
const { live } = createRequire(import.meta.url)(`${folder}/native/${glue}`);
const quietly = (run) => {
  try {
    run();
  } catch {
    // That is what is counted.
  }
};
const thrown = [new DeepError(1), new DeepError(7), new Coded('x'), new Error('y'), 5];
for (let i = 0; i < 1000; i++) {
  quietly(() => fail(i % 8, i));
  quietly(() => parse('12x'));
  for (const one of thrown)
    for (const through of [called, passedThrough])
      quietly(() =>
        through(() => {
          throw one;
        }, i),
      );
}
console.log(live());
