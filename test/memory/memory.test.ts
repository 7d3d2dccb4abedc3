/** Calls leave nothing behind: the quick form of `npm run memory`. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { measureGrowth, names, type Growth } from './growth.ts';

/** What leaks but 100 bytes a call grows by 4 MB. */
const calls = 40_000;
const most = 2_000_000;

test('memory does not grow with the number of calls', async () => {
  const all = await measured();
  assert.equal(
    all.map(({ name }) => name),
    names,
  );
  const worst = Math.max(...all.map(({ growth }) => growth));
  console.log(`  ${names.length} functions, the most is ${(worst / 1024).toFixed(0)} KiB`);
  const grown = (of: readonly Growth[]): string[] =>
    of.flatMap(({ name, growth }) => (growth >= most ? [name] : []));
  const suspects = grown(all);
  // The engine grows now and then, but not by the same function's calls twice.
  const again = suspects.length === 0 ? [] : grown(await measured());
  assert.equal(
    again.filter((name) => suspects.includes(name)),
    [],
  );
});

async function measured(): Promise<Growth[]> {
  const all: Growth[] = [];
  await measureGrowth(calls, 3, (growth) => all.push(growth));
  return all;
}

test.run();
