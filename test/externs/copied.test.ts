/** Structures that a call copies: what is checked on the way, what comes back, and that nothing is left behind. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { buildProject, makeProject } from '../support/project.ts';
import type * as Program from './copied.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const project = makeProject({
  'src/copied.ts': read('copied.ts'),
  'vendor/copied.c': read('vendor/copied.c'),
});
project.write(
  'package.json',
  '{ "name": "copied", "type": "module", "tsnative": { "libraries": { "all": { "sources": ["vendor/copied.c"] } } } }',
);
const test = suite('copied structures of C');
test.after(() => project.remove());

let p: typeof Program;
let live: () => number;

test.before(async () => {
  const { diagnostics } = await buildProject(project, { level: 3 });
  assert.equal(diagnostics, []);
  process.env['TSNATIVE'] = 'require';
  p = (await import(pathToFileURL(join(project.folder, 'out/copied.js')).href)) as typeof Program;
  const glue = createRequire(import.meta.url)(join(project.folder, 'out/native/copied.cjs')) as {
    live(): number;
  };
  live = () => glue.live();
});

const fails = (call: () => unknown, pattern: RegExp, kind: ErrorConstructor = Error): void =>
  assert.throws(call, (error: unknown) => error instanceof kind && pattern.test(error.message));

const thing = (name = 'box', sizes = Int16Array.of(1, 2, 3)): Program.Thing => ({
  ...{ kind: 7, name, at: { x: 1, y: 2 } },
  corners: [
    { x: 3, y: 4 },
    { x: 5, y: 6 },
  ],
  sizes,
});

test('what C changes is changed in the objects and arrays that are there', () => {
  const own = thing();
  const { at, corners, sizes } = own;
  assert.is(p.moved(own, 10), 14);
  assert.is(own.at, at);
  assert.is(own.corners[1], corners[1]);
  assert.is(own.sizes, sizes);
  assert.equal(own, {
    ...{ kind: 7, name: 'box', at: { x: 11, y: 2 } },
    corners: [
      { x: 23, y: 4 },
      { x: 35, y: 10 },
    ],
    sizes: Int16Array.of(1, 2, 10),
  });
  assert.is(p.seen(), 7);
});

test('an object at several places has what C has at the last of them', () => {
  assert.equal(p.shared(1), [4, 1]);
});

test('texts and arrays have as many bytes and elements as C', () => {
  assert.is(p.summed(thing('sevenxx')), 7 + 1 + 6 + 1 + 7);
  assert.is(p.summed(thing('äöü')), 7 + 1 + 6 + 1 + 6);
  fails(
    () => p.summed(thing('eightxxx')),
    /'thing\.name' of thing_sum of the library all needs more than the 7 bytes/,
    RangeError,
  );
  fails(() => p.summed(thing('äöüß')), /more than the 7 bytes/, RangeError);
  fails(() => p.summed(thing('a\0b')), /'thing\.name' .* code 0/, TypeError);
  fails(() => p.summed(thing('\ud800')), /half of a surrogate pair/, TypeError);
  fails(
    () => p.summed(thing('', new Int16Array(2))),
    /'thing\.sizes' of thing_sum of the library all has 2 elements, and C 3/,
    RangeError,
  );
  // C may fill all of it.
  assert.is(p.filled(thing(), 65), 'AAAAAAAA');
  assert.is(p.filled(thing(), 0), '');
  assert.is(p.filled(thing(), 200), '\ufffd'.repeat(8));
});

test('C gives structures themselves', () => {
  assert.equal(p.thingOf('name', 1), {
    ...{ kind: 7, name: 'name', at: { x: 1, y: 2 } },
    corners: [
      { x: 3, y: 4 },
      { x: 5, y: 6 },
    ],
    sizes: Int16Array.of(10, 20, 30),
  });
  assert.is(p.onlyNumbers(10), 45 + 10 * 23);
  assert.equal(p.divided(-17, 5), [-3, -2]);
});

test('they come off the main thread, too', async () => {
  assert.equal(await p.aside(2), { x: 8, y: 3 });
});

test('functions in structures inside of others are called', () => {
  assert.is(p.listened(2, 5), '30 5 3 10 3');
  fails(() => p.listened(40, 5), /too much: 120/, RangeError);
  assert.is(p.listened(1, 100), '15 5 0 200 0');
});

test('a handle in a structure that C gives is a new one', () => {
  assert.is(p.foundOften(2000), 4000);
});

test('they go to functions of C that call on threads of their own, and come back', () => {
  const heard: number[] = [];
  assert.equal(p.mappedAside(thing(), heard), [10, 20, 30, 40, 40]);
  assert.equal(heard, [1, 2, 3, 4]);
});

test('nothing is left behind', () => {
  const round = (): void => {
    p.thingOf('name', 1);
    p.moved(thing('aé'), 1);
    p.onlyNumbers(3);
    p.listened(2, 5);
    for (const call of [() => p.listened(40, 5), () => p.summed(thing('much too long'))])
      assert.throws(call);
  };
  round();
  const before = live();
  for (let i = 0; i < 100; i++) round();
  assert.is(live(), before);
});

test.run();
