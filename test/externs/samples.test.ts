/** The samples with libraries in C, each beside what computes the same without the library. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { constants, crc32 as crcOfNode, deflateSync, inflateSync } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { build } from '../../compiler/build.ts';
import { repository } from '../support/project.ts';
import { commandMissing, testUnless } from '../support/skip.ts';

type Bytes = Uint8Array<ArrayBuffer>;
interface Samples {
  readonly zlib: {
    crc32(crc: bigint, bytes: Uint8Array, length: number): bigint;
    compressed(bytes: Uint8Array, level: number): Bytes;
    streamed(bytes: Uint8Array, level: number, step: number): Bytes;
  };
  readonly openblas: {
    product(a: Float64Array, b: Float64Array, n: number, k: number, m: number): Float64Array;
  };
  readonly fftw: { transformed(values: Float64Array): Float64Array };
  readonly sqlite: { asked(points: Float64Array, query: string): string };
  readonly png: {
    encoded(pixels: Uint8Array, width: number, height: number): Bytes;
    decoded(file: Uint8Array): Bytes;
  };
  readonly gsl: {
    ofPower(power: number): number;
    integral(f: (x: number) => number, from: number, to: number): number;
  };
}

const folder = mkdtempSync(join(tmpdir(), 'tsnative-samples-'));
cpSync(join(repository, 'samples/c-libraries/src'), join(folder, 'src'), { recursive: true });
mkdirSync(join(folder, 'node_modules'));
symlinkSync(repository, join(folder, 'node_modules/tsnative'));
writeFileSync(join(folder, 'package.json'), '{ "name": "samples", "type": "module" }');
const config = {
  extends: join(repository, 'samples/tsconfig.json'),
  compilerOptions: { rootDir: 'src', outDir: 'out', types: [] },
  include: ['src'],
  exclude: ['src/main.ts'],
};
writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));

const test = suite('samples with libraries in C');
test.after(() => rmSync(folder, { recursive: true, force: true }));

const built = await build(
  {
    ...{ project: join(folder, 'tsconfig.json'), emit: [], toolchain: 'bundled', level: 3 },
    checkOnly: false,
  },
  { progress: () => {} },
);
process.env['TSNATIVE'] = 'on';
const load = async <K extends keyof Samples>(name: K): Promise<Samples[K]> =>
  (await import(pathToFileURL(join(folder, 'out', `${name}.js`)).href)) as Samples[K];
const { info } = (await import(pathToFileURL(join(repository, 'dist/runtime/index.js')).href)) as {
  info(): { modules: readonly { functions: readonly { name: string; native: boolean }[] }[] };
};

test('they are built', () => assert.equal(built.diagnostics, []));

/** Why functions of a library can't be tested here. */
async function missing(name: keyof Samples, fn: string): Promise<string | undefined> {
  await load(name);
  const native = info().modules.some(({ functions }) =>
    functions.some((one) => one.name === fn && one.native),
  );
  return native ? undefined : `the library of ${name} is not installed`;
}

/** Numbers that look random and are always the same. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 8) / 2 ** 24;
  };
}

const near = (a: number, b: number, scale = 1): void =>
  assert.ok(Math.abs(a - b) <= 1e-11 * scale, `${a} is not ${b}`);

testUnless(await missing('zlib', 'compressed'), test, 'zlib, beside node:zlib', async () => {
  const { crc32, compressed, streamed } = await load('zlib');
  const next = random(1);
  for (const length of [0, 1, 100, 70_000]) {
    const bytes = Uint8Array.from({ length }, () => next() * next() * 40);
    // Node 20 has no crc32 in its older releases.
    if (crcOfNode !== undefined) assert.is(Number(crc32(0n, bytes, length)), crcOfNode(bytes));
    for (const level of [0, 1, 6, 9]) {
      assert.equal(new Uint8Array(inflateSync(compressed(bytes, level))), bytes);
      for (const step of [16, 1000]) {
        const made = streamed(bytes, level, step);
        assert.equal(new Uint8Array(inflateSync(made)), bytes);
        assert.ok(made.length <= deflateSync(bytes, { level }).length * 1.1 + 16);
      }
    }
  }
  assert.throws(() => compressed(new Uint8Array(3), 77), `zlib: ${constants.Z_STREAM_ERROR}`);
});

testUnless(await missing('openblas', 'product'), test, 'OpenBLAS, beside three loops', async () => {
  const { product } = await load('openblas');
  const next = random(2);
  for (const [n, k, m] of [
    [1, 1, 1],
    [3, 4, 5],
    [17, 1, 9],
    [64, 33, 20],
  ] as const) {
    const a = Float64Array.from({ length: n * k }, () => next() - 0.5);
    const b = Float64Array.from({ length: k * m }, () => next() - 0.5);
    const c = product(a, b, n, k, m);
    assert.is(c.length, n * m);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < m; j++) {
        let sum = 0;
        for (let l = 0; l < k; l++) sum += a[i * k + l]! * b[l * m + j]!;
        near(c[i * m + j]!, sum);
      }
  }
  assert.throws(() => product(new Float64Array(3), new Float64Array(4), 2, 2, 2), 'too small');
});

testUnless(
  await missing('fftw', 'transformed'),
  test,
  'FFTW, beside the sum that it is',
  async () => {
    const { transformed } = await load('fftw');
    const next = random(3);
    for (const n of [1, 2, 7, 60, 128]) {
      const values = Float64Array.from({ length: 2 * n }, () => next() - 0.5);
      const spectrum = transformed(values);
      for (let k = 0; k < n; k++) {
        let [real, imaginary] = [0, 0];
        for (let j = 0; j < n; j++) {
          const turn = (-2 * Math.PI * ((j * k) % n)) / n;
          const [a, b] = [values[2 * j]!, values[2 * j + 1]!];
          real += a * Math.cos(turn) - b * Math.sin(turn);
          imaginary += a * Math.sin(turn) + b * Math.cos(turn);
        }
        near(spectrum[2 * k]!, real, n);
        near(spectrum[2 * k + 1]!, imaginary, n);
      }
    }
  },
);

const noSqlite = (await missing('sqlite', 'asked')) ?? commandMissing('sqlite3');
testUnless(noSqlite, test, 'SQLite, beside its own shell', async () => {
  const { asked } = await load('sqlite');
  const next = random(4);
  const points = Float64Array.from({ length: 40 }, () => Math.round(next() * 1000) / 8);
  const rows = Array.from({ length: 20 }, (_, i) => `(${points[2 * i]}, ${points[2 * i + 1]})`);
  const script = `create table points (x real, y real); insert into points values ${rows.join(',')};`;
  for (const query of [
    'select x, y from points order by x desc',
    "select count(*), sum(x), max(y), null, 'ä€😀' from points where x > y",
    'select round(sqrt(x * x + y * y), 9) from points',
  ]) {
    const { stdout, stderr } = spawnSync('sqlite3', [':memory:'], {
      input: `${script}${query};`,
      encoding: 'utf8',
    });
    assert.is(stderr, '');
    assert.is(asked(points, query.replace('sqrt(x * x + y * y)', 'hypotenuse(x, y)')), stdout);
  }
  assert.throws(() => asked(points, 'selct'), /near "selct": syntax error/);
  assert.throws(() => asked(points, 'select hypotenuse(-1, 2)'), /can't be negative: -1, 2/);
  assert.is(asked(points, 'select hypotenuse(3, 4)'), '5.0\n');
});

/** The pixels of a PNG of 8 bits a channel, by its specification (W3C PNG, 10 and 9). */
function pixelsOf(file: Uint8Array): { width: number; height: number; pixels: Uint8Array } {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const [width, height, colours] = [view.getUint32(16), view.getUint32(20), file[25]!];
  const channels = { 0: 1, 2: 3, 4: 2, 6: 4 }[colours] ?? 0;
  const data: Uint8Array[] = [];
  for (let at = 8; at < file.length; at += 12 + view.getUint32(at)) {
    const kind = String.fromCharCode(...file.subarray(at + 4, at + 8));
    if (kind === 'IDAT') data.push(file.subarray(at + 8, at + 8 + view.getUint32(at)));
  }
  const raw = inflateSync(Buffer.concat(data));
  const stride = width * channels;
  const lines = new Uint8Array(height * stride);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)]!;
    for (let x = 0; x < stride; x++) {
      const left = x >= channels ? lines[y * stride + x - channels]! : 0;
      const up = y > 0 ? lines[(y - 1) * stride + x]! : 0;
      const corner = x >= channels && y > 0 ? lines[(y - 1) * stride + x - channels]! : 0;
      const guess = left + up - corner;
      const [a, b, c] = [left, up, corner].map((one) => Math.abs(guess - one)) as [
        number,
        number,
        number,
      ];
      const paeth = a <= b && a <= c ? left : b <= c ? up : corner;
      const predicted = [0, left, up, (left + up) >> 1, paeth][filter] ?? 0;
      lines[y * stride + x] = raw[y * (stride + 1) + 1 + x]! + predicted;
    }
  }
  const pixels = new Uint8Array(4 * width * height).fill(255);
  for (let i = 0; i < width * height; i++)
    for (let c = 0; c < channels; c++) pixels[4 * i + c] = lines[i * channels + c]!;
  return { width, height, pixels };
}

testUnless(await missing('png', 'encoded'), test, 'libpng, beside a decoder', async () => {
  const { encoded, decoded } = await load('png');
  const next = random(5);
  for (const [width, height] of [
    [1, 1],
    [5, 3],
    [64, 40],
  ] as const) {
    const pixels = Uint8Array.from({ length: 4 * width * height }, (_, i) =>
      i % 4 === 3 ? 255 : (i >> 4) + next() * 20,
    );
    const file = encoded(pixels, width, height);
    const known = pixelsOf(file);
    assert.is(known.width, width);
    assert.is(known.height, height);
    // RGB and RGBA are the two that it writes here.
    assert.ok([2, 6].includes(file[25]!));
    assert.equal(known.pixels, pixels);
    assert.equal(new Uint8Array(decoded(file)), pixels);
  }
  assert.throws(() => decoded(new Uint8Array(100)), 'that is no PNG');
  assert.throws(() => encoded(new Uint8Array(10), 3, 3), 'pixels missing');
});

testUnless(await missing('gsl', 'ofPower'), test, 'GSL, beside the integrals', async () => {
  const { ofPower, integral } = await load('gsl');
  for (const power of [0, 1, 2.5, 7]) near(ofPower(power), 1 / (power + 1) ** 2, 100);
  near(integral(Math.cos, 0, 1), Math.sin(1), 100);
  near(
    integral((x) => 1 / (1 + x * x), 0, 1),
    Math.PI / 4,
    100,
  );
  let calls = 0;
  assert.throws(
    () =>
      integral(
        (x) => {
          if (calls++ === 5) throw new SyntaxError(`at ${x > 0}`);
          return x;
        },
        0,
        1,
      ),
    (error: unknown) => error instanceof SyntaxError && error.message === 'at true',
  );
  assert.is(calls, 6);
});

test.run();
