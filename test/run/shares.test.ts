/** How processors are shared out among processes. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { divide, parseList } from '../../compiler/run/shares.ts';

const machine = (count: number, threads = count) => ({
  processors: Array.from({ length: count }, (_, index) => index + 10),
  threads,
});

test('with a factor of 1 each processor is one process’s', () => {
  for (const count of [1, 2, 3, 8, 13])
    for (let processes = 1; processes <= count; processes++) {
      const shares = divide(machine(count), processes, 1);
      const all = shares.flatMap(({ processors = [] }) => [...processors]);
      assert.equal(all, machine(count).processors);
      for (const { processors = [], threads } of shares) assert.is(threads, processors.length);
    }
});

test('more processes than processors share them, with a thread each', () => {
  assert.equal(
    divide(machine(2), 4, 1).map(({ processors, threads }) => [processors, threads]),
    [
      [[10], 1],
      [[10], 1],
      [[11], 1],
      [[11], 1],
    ],
  );
});

test('a factor makes parts larger, up to the whole machine, or smaller, down to one', () => {
  const parts = (factor: number) => divide(machine(8), 4, factor).map((share) => share.processors);
  assert.equal(parts(1.5), [
    [10, 11, 12],
    [12, 13, 14],
    [14, 15, 16],
    [16, 17, 10],
  ]);
  assert.equal(parts(0.5), [[10], [12], [14], [16]]);
  assert.ok(parts(100).every((part) => part?.length === 8));
  assert.equal(parts(1e-9), [[10], [12], [14], [16]]);
});

test('a limit below the number of processors is shared out too', () => {
  assert.equal(
    divide(machine(8, 4), 2, 1).map(({ processors, threads }) => [processors?.length, threads]),
    [
      [4, 2],
      [4, 2],
    ],
  );
});

test('without masks threads alone are', () => {
  assert.equal(divide({ processors: undefined, threads: 6 }, 2, 1), [
    { processors: undefined, threads: 3 },
    { processors: undefined, threads: 3 },
  ]);
});

test('lists of processors', () => {
  assert.equal(parseList('0-2,5,8-9\n'), [0, 1, 2, 5, 8, 9]);
  assert.equal(parseList('7'), [7]);
  assert.equal(parseList(''), []);
});

test.run();
