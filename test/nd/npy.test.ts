/** `.npy` files: read and written here, and by NumPy. */
import { execFileSync } from 'node:child_process';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  columnMajor,
  ndarray,
  readNpy,
  writeNpy,
  type Elements,
  type NdArray,
} from '../../runtime/nd/index.ts';
import { testUnless } from '../support/skip.ts';

const hasNumpy = ((): boolean => {
  try {
    execFileSync('python3', ['-c', 'import numpy'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();
const unless = hasNumpy ? undefined : 'python3 has no numpy';

/** Runs Python with bytes as its input. */
const python = (code: string, input: Uint8Array = new Uint8Array()): Buffer =>
  execFileSync('python3', ['-c', `import sys, io, numpy as np\n${code}`], {
    input,
    maxBuffer: 2 ** 26,
  });

const shown = (array: NdArray<Elements>): string =>
  JSON.stringify([array.data.constructor.name, array.shape, elements(array)]);

function elements(array: NdArray<Elements>): unknown {
  if (array.rank === 0) return String(array.get());
  return Array.from({ length: array.shape[0]! }, (_, i) => elements(array.pick(0, i)));
}

const classes = [
  ['i1', Int8Array],
  ['u1', Uint8Array],
  ['i2', Int16Array],
  ['u2', Uint16Array],
  ['i4', Int32Array],
  ['u4', Uint32Array],
  ['f4', Float32Array],
  ['f8', Float64Array],
  ['i8', BigInt64Array],
  ['u8', BigUint64Array],
  ['?', Uint8Array],
] as const;

interface Written {
  readonly name: string;
  readonly kind: string;
  readonly isRowMajor: boolean;
  readonly bytes: string;
  readonly texts: readonly string[];
}

testUnless(unless, test, 'what NumPy writes', () => {
  const told = python(`import base64, json
all = []
for kind in ${JSON.stringify(classes.map(([kind]) => kind))}:
  for order in '<>':
    for layout in 'CF':
      for version in [(1, 0), (2, 0), (3, 0)]:
        a = np.arange(-3, 21).reshape(2, 3, 4).astype(kind).astype(np.dtype(kind).newbyteorder(order))
        a = np.asarray(a, order=layout)
        file = io.BytesIO()
        np.lib.format.write_array(file, a, version=version)
        texts = [str(int(x)) for x in a.reshape(-1).tolist()]
        all.append(dict(name=f'{order}{kind} {layout} {version}', kind=kind, isRowMajor=layout == 'C',
          bytes=base64.b64encode(file.getvalue()).decode(), texts=texts))
print(json.dumps(all))`);
  const all = JSON.parse(told.toString()) as readonly Written[];
  assert.is(all.length, classes.length * 12);
  for (const { name, kind, isRowMajor, bytes, texts } of all) {
    const array = readNpy(Buffer.from(bytes, 'base64'));
    assert.is(array.data.constructor, new Map<string, unknown>(classes).get(kind), name);
    assert.is(array.isRowMajor, isRowMajor, name);
    assert.equal([...array.copy().data].map(String), texts, name);
  }
});

testUnless(unless, test, 'what NumPy reads', () => {
  const cube = Float64Array.from({ length: 24 }, (_, i) => i / 4 - 2);
  const arrays: NdArray<Elements>[] = [
    ...classes
      .slice(0, -1)
      .map(([, type]) =>
        ndarray(
          type.name.startsWith('Big')
            ? (type as typeof BigInt64Array).from([1n, 2n, 3n, 4n])
            : (type as typeof Int8Array).from([1, 2, 3, 4]),
          [2, 2],
        ),
      ),
    ndarray(cube, [2, 3, 4]),
    columnMajor(cube, [2, 3, 4]),
    ndarray(cube, [2, 3, 4]).transpose([1, 0, 2]),
    ndarray(cube, [2, 3, 4]).slice(2, undefined, undefined, -2),
    ndarray(cube, [4], undefined, 3),
    ndarray(Float64Array.of(NaN), []),
    ndarray(Float64Array.of(-0, Infinity, NaN, 5e-324)),
    ndarray(new Float32Array(0), [3, 0, 2]),
  ];
  const told = python(
    `import base64, json
def saved(text):
  file = io.BytesIO()
  np.save(file, np.load(io.BytesIO(base64.b64decode(text))))
  return base64.b64encode(file.getvalue()).decode()
print(json.dumps([saved(text) for text in json.load(sys.stdin)]))`,
    Buffer.from(
      JSON.stringify(arrays.map((array) => Buffer.from(writeNpy(array)).toString('base64'))),
    ),
  );
  const saved = JSON.parse(told.toString()) as readonly string[];
  arrays.forEach((array, index) => {
    const bytes = writeNpy(array);
    const back = readNpy(Buffer.from(saved[index]!, 'base64'));
    assert.is(shown(back), shown(array));
    assert.is(shown(readNpy(bytes)), shown(array));
    assert.is(readNpy(bytes).isRowMajor, back.isRowMajor);
  });
});

test('elements are shared where they can be', () => {
  const bytes = writeNpy(Float64Array.of(1, 2, 3));
  const array = readNpy(bytes, Float64Array);
  assert.is(array.data.buffer, bytes.buffer);
  array.set(1, 9);
  assert.is(readNpy(bytes, Float64Array).get(1), 9);
  const moved = new Uint8Array(bytes.length + 1);
  moved.set(bytes, 1);
  assert.equal([...readNpy(moved.subarray(1), Float64Array).data], [1, 9, 3]);
});

test('files that are none', () => {
  const bytes = writeNpy(Float64Array.of(1, 2, 3));
  const text = Buffer.from(bytes).toString('latin1');
  const changed = (from: string, to: string): Uint8Array =>
    Buffer.from(text.replace(from, to), 'latin1');
  const throws = (wrong: Uint8Array, message: RegExp): void =>
    assert.throws(() => readNpy(wrong), message);
  throws(Buffer.from('PK'), /this is no \.npy file/);
  throws(changed('\x93NUMPY\x01', '\x93NUMPY\x04'), /version 4\.0 can't be read/);
  throws(bytes.subarray(0, 40), /ends in its header/);
  throws(bytes.subarray(0, bytes.length - 1), /has 24 bytes of elements, not 23/);
  throws(changed('(3,)', '(4,)'), /has 32 bytes of elements, not 24/);
  throws(changed('(3,)', '(-3)'), /has no shape \(-3\)/);
  throws(changed('<f8', '<f2'), /no typed array for NumPy's type '<f2'/);
  throws(changed('<f8', '<c8'), /no typed array for NumPy's type '<c8'/);
  throws(changed("'<f8'", '[(   '), /structured types/);
  throws(changed('fortran_order', 'fortran_ordem'), /the header of a \.npy file is none/);
  assert.throws(
    () => readNpy(bytes, Int32Array),
    /expected a file of a Int32Array, got one of a Float64Array/,
  );
});

test.run();
