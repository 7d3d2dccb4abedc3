/** Arrays in chunks. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { blockwise, chunked, compute, task } from '../../runtime/graphs/index.ts';
import { message, schedulers } from './schedulers.ts';
import { add, ramp, root, shorter, square, sumOf, weighted } from './work.mjs';

const test = suite('chunked');

/** Their sum depends on the order of additions. */
const values = (length: number): Float64Array =>
  Float64Array.from({ length }, (_, i) => Math.sin(i) * 10 ** (i % 9));

test('map and blockwise give what one loop gives, for any length', async () => {
  for (const scheduler of schedulers)
    for (const length of [0, 1, 99, 100, 101, 1000]) {
      const a = values(length);
      const b = a.map((x) => x / 7);
      const mapped = chunked(a, { chunk: 100 }).map(square);
      assert.equal(await mapped.compute({ scheduler }), a.map(square));
      const both = blockwise(weighted, mapped, chunked(b, { chunk: 100 }), 0.5);
      assert.equal(await both.compute({ scheduler }), weighted(a.map(square), b, 0.5));
    }
});

test('chunks may be made where they are needed, and be of another type', async () => {
  for (const scheduler of schedulers) {
    const roots = chunked(1000, ramp, { chunk: 64 }).map(root, Float32Array);
    const expected = Float32Array.from({ length: 1000 }, (_, i) => Math.sqrt(i));
    assert.equal(await roots.compute({ scheduler }), expected);
    const bytes = chunked(new Uint8Array(300).fill(20), { chunk: 7 }).map(square);
    assert.equal(await bytes.compute({ scheduler }), new Uint8Array(300).fill(400 & 255));
  }
});

test('a reduction has the same bits for every scheduler, and those of its tree', async () => {
  for (const length of [0, 1, 500, 12_345]) {
    const a = values(length);
    const sums: number[] = [];
    for (const scheduler of schedulers)
      for (const workers of scheduler === 'processes' ? [2] : [1, 2, 3])
        sums.push(
          await compute(chunked(a, { chunk: 50 }).reduce(sumOf, add, { arity: 4 }), {
            scheduler,
            workers,
          }),
        );
    let level = Array.from({ length: Math.max(1, Math.ceil(length / 50)) }, (_, i) =>
      sumOf(a.subarray(i * 50, (i + 1) * 50)),
    );
    while (level.length > 1)
      level = Array.from({ length: Math.ceil(level.length / 4) }, (_, i) =>
        level.slice(4 * i, 4 * i + 4).reduce(add),
      );
    for (const sum of sums) assert.ok(Object.is(sum, level[0]), `${sum} of ${length}`);
  }
});

test('an array in chunks is a task, so it may be an argument', async () => {
  const array = chunked(values(300), { chunk: 128 });
  for (const scheduler of schedulers) {
    assert.is(await compute(task(sumOf)(array), { scheduler }), sumOf(values(300)));
    const [whole, sum] = await compute([array, array.reduce(sumOf, add)], { scheduler });
    assert.equal(whole, values(300));
    assert.type(sum, 'number');
  }
});

test("what doesn't fit is refused", async () => {
  const array = chunked(values(10), { chunk: 5 });
  assert.throws(() => blockwise(weighted, array, chunked(values(10), { chunk: 4 }), 1), RangeError);
  assert.throws(() => blockwise(weighted, values(10), values(10), 1), /needs an array in chunks/);
  assert.throws(() => chunked(values(10), { chunk: 0 }), /chunk must be a whole number/);
  assert.throws(() => array.reduce(sumOf, add, { arity: 1 }), /arity must be a whole number/);
  assert.match(
    await message(blockwise(shorter, array).compute({ scheduler: 'threads' })),
    /^task shorter failed: TypeError: shorter must give as many elements .*: 5, not 4/,
  );
});

test.run();
