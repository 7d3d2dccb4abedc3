/** Calls leave nothing behind: the quick form of `npm run memory`. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { measureGrowth, names, type Growth } from './growth.ts';

/** What leaks but 100 bytes a call grows by 4 MB. */
const calls = 40_000;
const most = 2_000_000;

test('memory does not grow with the number of calls', async () => {
  const all: Growth[] = [];
  await measureGrowth(calls, 3, (growth) => all.push(growth));
  assert.equal(
    all.map(({ name }) => name),
    names,
  );
  const worst = Math.max(...all.map(({ growth }) => growth));
  console.log(`  ${names.length} functions, the most is ${(worst / 1024).toFixed(0)} KiB`);
  const grown = all.filter(({ growth }) => growth >= most);
  assert.equal(grown, []);
});

test.run();
