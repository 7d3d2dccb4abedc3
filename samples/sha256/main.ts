import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { present } from '../support/present.js';
import { sha256 } from './sha256.js';

// A real file that is always there: the first 16 MiB of Node's own executable.
const file = process.execPath;
const buffer = new Uint8Array(16 << 20);
const handle = openSync(file, 'r');
const bytes = buffer.subarray(0, readSync(handle, buffer));
closeSync(handle);

const expected = createHash('sha256').update(bytes).digest('hex');

present({
  title: `SHA-256 of ${(bytes.length / 2 ** 20).toFixed(1)} MiB`,
  work: () => sha256(bytes),
  bytes: (result) => result,
  describe: (result) => {
    const digest = Buffer.from(result.buffer, result.byteOffset, result.byteLength).toString('hex');
    if (digest !== expected) throw new Error(`expected ${expected}, got ${digest}`);
    return [`${digest}  ${file}`, 'the same as node:crypto says'];
  },
});
