/** The object cache: hits, misses, damage, eviction, several builds at once. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ObjectCache, sha256 } from '../../compiler/5-link/cache.ts';
import { testUnless } from '../support/skip.ts';
import { temporaryFolder } from './hello.ts';

const windows = process.platform === 'win32' ? 'Windows has no such permissions' : undefined;
const bytes = (size: number, fill: number): Uint8Array => new Uint8Array(size).fill(fill);

test('gives back what was put, and nothing else', async () => {
  const cache = new ObjectCache(join(temporaryFolder(), 'not/yet/there'));
  const [key, other] = [sha256('a'), sha256('b')];
  assert.is(await cache.get(key), undefined);
  await cache.put(key, bytes(1000, 7));
  assert.equal(new Uint8Array((await cache.get(key)) ?? []), bytes(1000, 7));
  assert.is(await cache.get(other), undefined);
});

test('a damaged object counts as none', async () => {
  const folder = temporaryFolder();
  const cache = new ObjectCache(folder);
  const path = join(folder, sha256('a'));
  await cache.put(sha256('a'), bytes(1000, 7));
  const whole = readFileSync(path);
  for (const damaged of [
    whole.subarray(0, 500),
    Buffer.alloc(0),
    Buffer.from(whole).fill(0, 900, 901),
  ]) {
    writeFileSync(path, damaged);
    assert.is(await cache.get(sha256('a')), undefined);
  }
  await cache.put(sha256('a'), bytes(1000, 7));
  assert.ok(await cache.get(sha256('a')));
});

test('what was used longest ago makes room', async () => {
  const folder = temporaryFolder();
  const cache = new ObjectCache(folder, 3500);
  for (const [index, name] of ['a', 'b', 'c'].entries()) {
    await cache.put(name, bytes(1000, index));
    utimesSync(join(folder, name), index + 1, index + 1);
  }
  await cache.get('a');
  await cache.put('d', bytes(1000, 3));
  assert.equal(readdirSync(folder).sort(), ['a', 'c', 'd']);
});

test('removes what killed builds have left, not what others are writing', async () => {
  const folder = temporaryFolder();
  for (const name of ['.old.1-0.tmp', '.new.2-0.tmp']) writeFileSync(join(folder, name), 'x');
  utimesSync(join(folder, '.old.1-0.tmp'), 1, 1);
  await new ObjectCache(folder).put('a', bytes(10, 1));
  assert.equal(readdirSync(folder).sort(), ['.new.2-0.tmp', 'a']);
});

test('many builds at once', async () => {
  const folder = temporaryFolder();
  const caches = Array.from({ length: 8 }, () => new ObjectCache(folder, 5000));
  await Promise.all(
    caches.flatMap((cache, n) => [
      cache.put('shared', bytes(1000, 1)),
      cache.put(`own${n}`, bytes(1000, n)),
      cache.get('shared'),
    ]),
  );
  await Promise.all(caches.map((cache) => cache.put('shared', bytes(1000, 1))));
  assert.equal(new Uint8Array((await caches[0]?.get('shared')) ?? []), bytes(1000, 1));
});

testUnless(windows, test, 'takes nothing from a folder that others can write to', async () => {
  const folder = temporaryFolder();
  const cache = new ObjectCache(folder);
  await cache.put('a', bytes(10, 1));
  chmodSync(folder, 0o777);
  assert.is(await cache.get('a'), undefined);
  await cache.put('b', bytes(10, 1));
  assert.not(existsSync(join(folder, 'b')));
});

test('a folder that can not be written is no error', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'file'), '');
  const cache = new ObjectCache(join(folder, 'file'));
  await cache.put('a', bytes(10, 1));
  assert.is(await cache.get('a'), undefined);
  mkdirSync(join(folder, 'other/a'), { recursive: true });
  assert.is(await new ObjectCache(join(folder, 'other')).get('a'), undefined);
});

test.run();
