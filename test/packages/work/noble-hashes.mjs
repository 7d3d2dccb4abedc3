// Digests of a large file (TypeScript's own code) and of many short texts (its lines).
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const path = createRequire(import.meta.url).resolve('typescript');
const file = new Uint8Array(readFileSync(path)).slice(0, 2 ** 21);
const lines = new TextDecoder().decode(file).split('\n').slice(0, 2000);
const texts = lines.map((line) => new TextEncoder().encode(line));

const names = [
  ...['sha224', 'sha256', 'sha384', 'sha512', 'sha512_224', 'sha512_256'],
  ...['sha3_224', 'sha3_256', 'sha3_384', 'sha3_512', 'shake128', 'shake256'],
  ...['keccak_224', 'keccak_256', 'keccak_384', 'keccak_512'],
  ...['blake2b', 'blake2s', 'blake3'],
];

/** @param {Record<string, Function>} api */
export default function work(api) {
  const outputs = [];
  for (const name of names) {
    const hash = api[name];
    outputs.push(hash(file));
    const running = hash.create();
    for (const text of texts) running.update(text);
    outputs.push(running.clone().digest(), running.digest(), hash(texts[3]));
    outputs.push([hash.outputLen, hash.blockLen]);
  }
  outputs.push(api.blake2b(file, { dkLen: 20, key: file.slice(0, 64) }));
  outputs.push(api.blake2s(file, { salt: file.slice(0, 8), personalization: file.slice(8, 16) }));
  outputs.push(api.blake3(file, { dkLen: 100, key: file.slice(0, 32) }));
  outputs.push(api.blake3(file, { context: texts[5] }));
  return outputs;
}
