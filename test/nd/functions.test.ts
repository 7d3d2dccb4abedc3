/** Functions of arrays: as the compiler makes them native, against what they are in JavaScript. */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { info } from 'tsnative';
import { ndarray, type Elements, type NdArray } from 'tsnative/nd';
import { outcomeOf } from '../support/outcome.ts';
import { buildProject, makeProject } from '../support/project.ts';

const source = new URL('./functions/made.ts', import.meta.url);
const project = makeProject({ 'src/made.ts': readFileSync(source, 'utf8') });
type Made = typeof import('./functions/made.ts');
type Call = (...args: unknown[]) => unknown;

const test = suite('functions of arrays');
let native: Made;
let plain: Made;

test('they compile', async () => {
  const outDir = join(project.folder, 'dist');
  const { diagnostics, functions, parallel } = await buildProject(project, { outDir, level: 3 });
  assert.equal(diagnostics, []);
  const names = functions.filter(({ tagged }) => tagged).map(({ name }) => name);
  assert.equal(names, [
    ...['cube', 'hyp', 'sign', 'weighed', 'clipped', 'three', 'big', 'doubled', 'cubed', 'failing'],
    ...['blur', 'ahead', 'wrapped', 'mirrored', 'difference', 'mixed', 'solid'],
    ...['matvec', 'extremes', 'norms'],
  ]);
  assert.ok(parallel.some(({ name, line }) => name === 'hyp' && line === 5));
  process.env['TSNATIVE'] = 'require';
  native = (await import(pathToFileURL(join(outDir, 'made.js')).href)) as Made;
  plain = (await import(source.href)) as Made;
  assert.ok(info().modules.some((module) => module.native));
});
test.after(() => project.remove());

const numbers = (n: number): Float64Array =>
  Float64Array.from({ length: n }, (_, i) => ((i * 7919) % 101) / 8 - 5);

/** Arrays of several shapes, orders and classes; zero-size, rank 0, backwards and with repeated axes among them. */
const arrays: NdArray<Elements>[] = [
  ndarray(numbers(12), [3, 4]),
  ndarray(numbers(12), [4, 3]).transpose(),
  ndarray(numbers(24), [2, 3, 4]).pick(0, 1),
  ndarray(numbers(24), [3, 8]).slice(1, undefined, undefined, -2),
  ndarray(numbers(4)),
  ndarray(numbers(3), [3, 1]),
  ndarray(numbers(4), [4]).broadcast([3, 4]),
  ndarray(numbers(1), []),
  ndarray(numbers(0), [0, 4]),
  ndarray(numbers(48), [2, 2, 3, 4]),
  ndarray(numbers(96), [2, 2, 2, 3, 4]),
  ndarray(Float32Array.from(numbers(12)), [3, 4]),
  ndarray(Int8Array.from(numbers(12)), [3, 4]),
  ndarray(Uint8ClampedArray.from(numbers(4))),
  ndarray(Float64Array.of(NaN, -0, 0, -Infinity)),
  ndarray(numbers(20_001)),
  ndarray(numbers(20_001)).slice(0, undefined, undefined, -1),
  ndarray(numbers(80 * 90), [80, 90]),
  ndarray(numbers(80 * 90), [90, 80]).transpose(),
];

function same(name: keyof Made, args: readonly unknown[]): void {
  const [a, b] = [native, plain].map((made) => outcomeOf(made[name] as Call, args));
  assert.equal(a, b, name);
}

test('of one argument', () => {
  for (const array of arrays)
    for (const name of ['sign', 'doubled', 'clipped', 'cubed'] as const) same(name, [array]);
  same('sign', [-0]);
  same('sign', [Float64Array.of(1, -0)]);
});

test('of two, with all shapes', () => {
  for (const a of arrays) for (const b of [...arrays, 2, -0, NaN]) same('hyp', [a, b]);
  same('hyp', [1, 2]);
  same('hyp', ['a', 2]);
});

test('of more, and of bigints', () => {
  for (const a of arrays.slice(0, 9)) for (const b of arrays.slice(0, 8)) same('three', [a, b, 3]);
  same('big', [BigInt64Array.of(1n, -5n, 2n ** 62n), 7n]);
  same('big', [1n, 7n]);
  const wrong = /argument \d has the elements of a \w+; expected those of a/;
  assert.throws(() => (native.big as Call)(arrays[0], 7n), wrong);
  assert.throws(() => (native.hyp as Call)(arrays[0], BigInt64Array.of(1n)), wrong);
});

test('hints', () => {
  same('weighed', [arrays[0], Int32Array.of(1, -2, 3, 4)]);
  same('weighed', [arrays[0], 3]);
  assert.throws(
    () => native.weighed(arrays[0] as NdArray, 0.5),
    /argument 2 has 0.5, which is no element of an Int32Array/,
  );
});

test('results in a place of theirs', () => {
  const into =
    (made: Made, name: 'hyp' | 'three' | 'clipped' | 'blur') =>
    (...args: unknown[]): unknown =>
      (made[name].into as Call)(...args);
  const check = (name: 'hyp' | 'three' | 'clipped' | 'blur', args: readonly unknown[]): void =>
    assert.equal(outcomeOf(into(native, name), args), outcomeOf(into(plain, name), args), name);
  const [square] = arrays;
  for (const out of arrays.slice(0, 4)) {
    for (const array of [...arrays.slice(0, 8), out.slice(0, undefined, undefined, -1), out])
      check('hyp', [out, array, out]);
    check('blur', [out, out]);
  }
  const long = ndarray(numbers(20_001));
  check('hyp', [long.slice(0, 1), long.slice(0, 0, -1), 2]);
  check('hyp', [long, long, long]);
  check('hyp', [ndarray(new Uint8Array(12), [3, 4]), square, 2]);
  check('clipped', [numbers(4), ndarray(numbers(3))]);
  check('three', [new Float32Array(4), numbers(4), 2, numbers(1)]);
});

test('an error is that of the first element', () => {
  const bad = numbers(30_000);
  bad[29_000] = 777;
  bad[17_000] = 777;
  const args = [ndarray(bad), ndarray(Float64Array.from({ length: 30_000 }, (_, i) => i))];
  same('failing', args);
});

test('stencils', () => {
  for (const name of ['blur', 'ahead', 'wrapped', 'mirrored', 'difference', 'solid'] as const)
    for (const array of arrays) {
      // Nothing asks for neighbours where there are no elements.
      if (array.size > 0) same(name, [array]);
    }
  for (const [n, m] of [
    [1, 1],
    [2, 1],
    [1, 5],
    [7, 9],
    [2, 2],
  ] as const)
    for (const name of ['blur', 'mirrored', 'wrapped'] as const)
      same(name, [ndarray(numbers(n * m), [n, m])]);
  same('mixed', [arrays[0], arrays[1]]);
  same('mixed', [arrays[0], arrays[4]]);
});

test('functions of small arrays', () => {
  const [square] = arrays as [NdArray<Elements>];
  for (const array of arrays) {
    same('matvec', [array, numbers(4)]);
    same('norms', [array]);
    same('extremes', [array]);
  }
  same('matvec', [square, numbers(3)]);
  same('matvec', [ndarray(numbers(24), [2, 3, 4]), ndarray(numbers(8), [2, 4])]);
  same('matvec', [ndarray(numbers(24), [2, 3, 4]), ndarray(numbers(12), [3, 4])]);
  same('matvec', [square]);
});

test('messages about sizes name all shapes', () => {
  const [square] = arrays as [NdArray<Elements>];
  const matvec = native.matvec as Call;
  const said = (call: () => unknown, message: string): void => {
    assert.throws(
      call,
      (error: unknown) => error instanceof RangeError && error.message === message,
    );
  };
  said(
    () => matvec(square, numbers(3)),
    'the size m in (n,m),(m)->(n) is 4 of argument 1 of shape [3, 4] and 3 of argument 2 of shape [3]',
  );
  said(
    () => matvec(numbers(4), numbers(4)),
    'argument 1 of shape [4] has fewer axes than (n,m),(m)->(n) gives it, which is 2',
  );
  said(
    () => matvec(ndarray(numbers(24), [2, 3, 4]), ndarray(numbers(12), [3, 4])),
    'arrays of shapes [2, 3, 4] and [3, 4] do not fit (n,m),(m)->(n): in front of its axes they have [2] and [3]',
  );
  said(
    () => native.hyp(square as NdArray, numbers(3)),
    'arrays of shapes [3, 4] and [3] do not fit: axis 1 has size 4 and size 3',
  );
  said(
    () => square.reshape([5, -1]),
    'an array of shape [3, 4] has 12 elements, and so no shape [5, -1]',
  );
  said(
    () => square.broadcast([4]),
    "an array of shape [3, 4] can't be broadcast to shape [4], which has fewer axes",
  );
  said(
    () => ndarray(numbers(5), [2, 3]),
    'an array of shape [2, 3], strides [3, 1] and offset 0 does not fit 5 elements',
  );
});

test.run();
