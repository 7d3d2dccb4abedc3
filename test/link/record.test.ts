/** The record of a build: every change that could matter makes the next one work, and no other. */
import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { saveRecord, upToDate } from '../../compiler/5-link/record.ts';
import { temporaryFolder } from './hello.ts';

const summary = { functions: 3 };

/** A project that has just been built. */
async function built() {
  const folder = temporaryFolder();
  const at = (path: string): string => join(folder, path);
  mkdirSync(at('src/empty'), { recursive: true });
  mkdirSync(at('lib'));
  mkdirSync(at('out'));
  for (const path of [
    'src/a.ts',
    'src/b.ts',
    'lib/c.d.ts',
    'tsconfig.json',
    'out/a.js',
    'out/x.node',
  ])
    writeFileSync(at(path), path);
  const record = at('cache/record.json');
  const save = (startedAt = Date.now()): Promise<void> =>
    saveRecord(record, {
      key: 'key',
      startedAt,
      inputs: ['src/a.ts', 'src/b.ts', 'lib/c.d.ts', 'tsconfig.json'].map(at),
      folders: [{ path: at('src'), recursive: true }],
      outputs: ['out/a.js', 'out/x.node'].map(at),
      summary,
    });
  await save();
  return {
    at,
    record,
    save,
    isFresh: async (key = 'key') => (await upToDate(record, key)) !== undefined,
  };
}

/** What happens between two builds, and whether the second finds the first up to date. */
const changes: Readonly<
  Record<string, readonly [fresh: boolean, (at: (path: string) => string) => void]>
> = {
  nothing: [true, () => {}],
  'an input is edited': [false, (at) => appendFileSync(at('src/b.ts'), ' ')],
  'an input is edited to the same size': [false, (at) => writeFileSync(at('src/b.ts'), 'src/B.ts')],
  'an input is edited and its time put back': [
    false,
    (at) => {
      const { atime, mtime } = statSync(at('src/a.ts'));
      writeFileSync(at('src/a.ts'), 'src/A.ts');
      utimesSync(at('src/a.ts'), atime, mtime);
    },
  ],
  'an input is touched': [true, (at) => utimesSync(at('src/a.ts'), 1, 1)],
  'an input is written with the same text': [
    true,
    (at) => writeFileSync(at('src/a.ts'), 'src/a.ts'),
  ],
  'an input is deleted': [false, (at) => unlinkSync(at('lib/c.d.ts'))],
  'a source comes': [false, (at) => writeFileSync(at('src/new.ts'), '')],
  'a source comes into a folder that was empty': [
    false,
    (at) => writeFileSync(at('src/empty/new.ts'), ''),
  ],
  'a source comes beside an input outside the patterns': [
    false,
    (at) => writeFileSync(at('lib/c.ts'), ''),
  ],
  'a package.json comes that says how sources are read': [
    false,
    (at) => writeFileSync(at('src/package.json'), '{}'),
  ],
  'a picture comes': [true, (at) => writeFileSync(at('src/picture.png'), '')],
  'an editor leaves a hidden file': [true, (at) => writeFileSync(at('src/.a.ts.swp'), '')],
  'an output is deleted': [false, (at) => unlinkSync(at('out/x.node'))],
  'an output is edited': [false, (at) => appendFileSync(at('out/a.js'), '//')],
  'a folder of sources is deleted': [false, (at) => rmSync(at('src'), { recursive: true })],
};

for (const [name, [fresh, change]] of Object.entries(changes)) {
  test(`${name}: ${fresh ? 'nothing to do' : 'builds again'}`, async () => {
    const { at, isFresh } = await built();
    change(at);
    assert.is(await isFresh(), fresh);
    assert.is(await isFresh(), fresh, 'the second time');
  });
}

test('other options or tools build again', async () => {
  const { isFresh } = await built();
  assert.not(await isFresh('other key'));
});

test('gives back the summary', async () => {
  const { record } = await built();
  assert.equal((await upToDate<typeof summary>(record, 'key'))?.summary, summary);
});

test('a broken record counts as none', async () => {
  const { record, isFresh } = await built();
  writeFileSync(record, readFileSync(record, 'utf8').slice(0, -20));
  assert.not(await isFresh());
  unlinkSync(record);
  assert.not(await isFresh());
});

test('an input that changed during the build was perhaps read before: no record', async () => {
  const { at, record, save, isFresh } = await built();
  unlinkSync(record);
  const startedAt = Date.now();
  await delay(20);
  writeFileSync(at('src/a.ts'), 'edited while the compiler ran');
  await save(startedAt);
  assert.not(await isFresh());
  await delay(20);
  await save();
  assert.ok(await isFresh());
});

test('an edit in the very moment of the build is seen', async () => {
  const { at, isFresh } = await built();
  const { atime, mtime } = statSync(at('src/a.ts'));
  for (let n = 0; n < 20; n++) {
    writeFileSync(at('src/a.ts'), 'src/A.ts');
    utimesSync(at('src/a.ts'), atime, mtime);
    assert.not(await isFresh());
    writeFileSync(at('src/a.ts'), 'src/a.ts');
    assert.ok(await isFresh());
  }
});

test('a record that can not be written is no error', async () => {
  const { at } = await built();
  const build = { key: '', startedAt: Date.now(), inputs: [], folders: [], outputs: [], summary };
  await saveRecord(at('tsconfig.json/record.json'), build);
});

test.run();
