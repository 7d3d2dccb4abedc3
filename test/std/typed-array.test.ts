/** The library's methods of typed arrays, run as JavaScript, against the engine's own. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import * as methods from '../../runtime/std/typed-array.ts';
import { show } from '../support/outcome.ts';
import { set as setBytes } from '../../runtime/std/typed-array-set-bytes.ts';
import { set as setConverting } from '../../runtime/std/typed-array-set.ts';

const same = (actual: unknown, expected: unknown): void => assert.is(show(actual), show(expected));

const indices = [0, -0, 1, 2.7, -1, -2.5, 3, 7, 8, -8, -9, 100, -100, NaN, Infinity, -Infinity];
const classes = [
  ...[Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array],
  ...[Uint32Array, Float32Array, Float64Array],
];
// Types are those of the templates' own arrays; at run time they take any.
const as64 = (array: unknown): Float64Array => array as Float64Array;
const contents = [3, 1, 250, 0, NaN, 7, 1, -0];

function pairs(visit: (a: number, b: number) => void): void {
  for (const a of indices) for (const b of indices) visit(a, b);
}

for (const Elements of classes) {
  const make = (): Float64Array => as64(Elements.from(contents));
  test(`${Elements.name}: fill, slice, subarray and copyWithin`, () => {
    pairs((a, b) => {
      const [mine, theirs] = [make(), make()];
      methods.fill(mine, 5, a, b);
      same(mine, theirs.fill(5, a, b));
      same(methods.slice(make(), a, b), make().slice(a, b));
      const [view, expected] = [methods.subarray(mine, a, b), mine.subarray(a, b)];
      assert.is(view.buffer, expected.buffer);
      assert.is(view.length, expected.length);
      if (view.length > 0) assert.is(view.byteOffset, expected.byteOffset);
      for (const target of indices) {
        const [moved, reference] = [make(), make()];
        methods.copyWithin(moved, target, a, b);
        same(moved, reference.copyWithin(target, a, b));
      }
    });
  });

  test(`${Elements.name}: indexOf, lastIndexOf, includes and reverse`, () => {
    const array = make();
    for (const from of indices) {
      for (const value of [...contents, 1.5, 256, -6, 0]) {
        same(methods.indexOf(array, value, from), array.indexOf(value, from));
        same(methods.lastIndexOf(array, value, from), array.lastIndexOf(value, from));
        same(methods.includes(array, value, from), array.includes(value, from));
      }
    }
    for (let length = 0; length <= 8; length++) {
      const [mine, theirs] = [make().slice(0, length), make().slice(0, length)];
      methods.reverse(mine);
      same(mine, theirs.reverse());
    }
  });

  for (const Other of classes) {
    test(`${Elements.name}: set from ${Other.name}, also where they overlap`, () => {
      const set = Elements === Other ? setBytes : setConverting;
      const make = (Class: typeof Elements, buffer: ArrayBuffer, from: number, length: number) =>
        new Class(buffer, from * Class.BYTES_PER_ELEMENT, length);
      const bytes = (): ArrayBuffer => Uint8Array.from({ length: 96 }, (_, i) => i * 37).buffer;
      for (let start = 0; start <= 4; start++) {
        const [mine, theirs] = [bytes(), bytes()];
        const [to, expected] = [make(Elements, mine, 0, 8), make(Elements, theirs, 0, 8)];
        set(as64(to), make(Other, mine, start, 5) as unknown as Float32Array & Float64Array, 2);
        expected.set(make(Other, theirs, start, 5), 2);
        same(new Uint8Array(mine), new Uint8Array(theirs));
      }
      const source = new Other(3) as unknown as Float32Array & Float64Array;
      for (const offset of indices) {
        const attempt = (run: () => void): string => {
          try {
            run();
            return 'done';
          } catch (error) {
            return String(error);
          }
        };
        assert.is(
          attempt(() => set(as64(new Elements(5)), source, offset)),
          attempt(() => new Elements(5).set(source, offset)),
        );
      }
    });
  }
}

test.run();
