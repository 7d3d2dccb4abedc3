/** Arrays of other libraries as arrays of any dimension: over the same memory. */
import { createRequire } from 'node:module';
import { makeVector, tableFromArrays, vectorFromArray, Float64, Int32, Utf8 } from 'apache-arrow';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { asNdArray, ndarray, type NdarrayLike } from '../../runtime/nd/index.ts';

const require = createRequire(import.meta.url);

interface Ndarray extends NdarrayLike<Float64Array> {
  get(...indices: number[]): number;
  set(...indicesAndValue: number[]): void;
  transpose(...axes: number[]): Ndarray;
  step(...steps: number[]): Ndarray;
  pick(...indices: (number | null)[]): Ndarray;
}
const theirs = require('ndarray') as (
  data: Float64Array,
  shape?: number[],
  stride?: number[],
  offset?: number,
) => Ndarray;

const numbers = (n: number): Float64Array => Float64Array.from({ length: n }, (_, i) => i);

test("views of npm's ndarray", () => {
  const data = numbers(24);
  const cube = theirs(data, [2, 3, 4]);
  for (const view of [cube, cube.transpose(2, 0, 1), cube.step(-1, 2, -3), cube.pick(null, 1)]) {
    const ours = asNdArray(view);
    assert.is(ours.data, data);
    assert.equal(ours.shape, Array.from(view.shape));
    const visit = (indices: number[]): void => {
      if (indices.length === view.shape.length) {
        assert.is(ours.get(...indices), view.get(...indices));
        return;
      }
      for (let i = 0; i < view.shape[indices.length]!; i++) visit([...indices, i]);
    };
    visit([]);
  }
  cube.set(1, 2, 3, -5);
  assert.is(asNdArray(cube).get(1, 2, 3), -5);
});

test("ours as npm's ndarray", () => {
  const ours = ndarray(numbers(6), [2, 3]).transpose().slice(0, undefined, undefined, -1);
  const made = theirs(ours.data, ours.shape, ours.strides, ours.offset);
  for (let i = 0; i < 3; i++) for (let j = 0; j < 2; j++) assert.is(made.get(i, j), ours.get(i, j));
});

test('typed arrays and Buffers', () => {
  const data = Uint8Array.of(1, 2, 3);
  assert.is(asNdArray(data).data, data);
  assert.equal(asNdArray(data).shape, [3]);
  const buffer = Buffer.from('abc');
  assert.is(asNdArray(buffer).data, buffer);
  assert.is(asNdArray(buffer).get(2), 99);
});

test('vectors of Apache Arrow', () => {
  const data = Float64Array.of(1, 2, 3);
  const vector = makeVector(data);
  assert.is(asNdArray(vector).data.buffer, data.buffer);
  assert.equal([...asNdArray(vector).data], [1, 2, 3]);
  const part = asNdArray(vector.slice(1, 3));
  assert.equal([part.get(0), part.get(1), part.size], [2, 3, 2]);
  const column = tableFromArrays({ x: Int32Array.of(4, 5) }).getChild('x');
  assert.equal([...asNdArray(column!).data], [4, 5]);
  const nulls = vectorFromArray([1, null, 3], new Float64());
  assert.throws(() => asNdArray(nulls), /a vector with 1 nulls is no array of numbers/);
  const chunks = vectorFromArray([1, 2], new Int32()).concat(vectorFromArray([3], new Int32()));
  assert.throws(() => asNdArray(chunks), /a vector of 2 chunks has no memory of its own/);
  const texts = vectorFromArray(['a'], new Utf8());
  assert.throws(() => asNdArray(texts), /a vector of Utf8 is no array of numbers/);
});

test('what is no array', () => {
  for (const wrong of [
    1,
    'a',
    null,
    undefined,
    [1, 2],
    { data: [1, 2], shape: [2], stride: [1], offset: 0 },
  ])
    assert.throws(() => asNdArray(wrong as never), /expected a typed array, or an array of/);
  assert.throws(
    () => asNdArray({ data: numbers(3), shape: [4], stride: [1], offset: 0 }),
    /an array of shape \[4\], strides \[1\] and offset 0 does not fit 3 elements/,
  );
});

test.run();
