/** Projects with hints for packages: functions that a package makes are handed over to native functions. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { buildProject, makeProject, baseConfig } from '../support/project.ts';

const test = suite('hints in a project');

const files = {
  'node_modules/waves/package.json': JSON.stringify({
    name: 'waves',
    type: 'module',
    main: 'lib/waves.js',
    types: 'lib/waves.d.ts',
  }),
  'node_modules/waves/lib/waves.js': `const scale = 2;
export function makeWave(size) {
  const table = new Float64Array(size).map((_, index) => index * scale);
  let phase = 0.5;
  function read(step) {
    phase += step;
    if (!(phase < 100)) throw new RangeError('too far: ' + phase);
    const index = Math.floor(phase) % table.length;
    return table[index] + phase;
  }
  read.phase = () => phase;
  return read;
}
export const makeCounter = function (start) {
  return (function (from) {
    var count = from;
    var next = function (by) {
      return count += by;
    };
    next.again = (by) => next(by);
    return next;
  })(start);
};
export function constant(x) {
  return function always(_) { return x; };
}
`,
  'node_modules/waves/lib/waves.d.ts': `export function makeWave(size: number): ((step: number) => number) & { phase(): number };
export function makeCounter(start: number): ((by: number) => number) & { again(by: number): number };
export function constant(x: number): (by: number) => number;
`,
  'waves.hints.d.ts': `
declare module 'waves' {
  namespace makeWave {
    let phase: f64;
    let table: Float64Array;
    /** @native */
    function read(step: f64): f64;
  }
  namespace makeCounter {
    let count: f64;
    /** @native */
    function next(by: f64): f64;
  }
  namespace constant {
    let x: f64;
    /** @native */
    function always(_: f64): f64;
  }
}
`,
  'src/main.ts': `import { makeWave, makeCounter, constant } from 'waves';
/** @native */
export function fill(wave: (step: number) => number, out: Float64Array, step: number): number {
  for (let i = 0; i < out.length; i++) out[i] = wave(step);
  return out.length;
}
/** @native */
export function both(a: (x: number) => number, b: (x: number) => number, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum = sum * 3 + a(1) - b(2);
  return sum;
}
export { makeWave, makeCounter, constant };
`,
};

type Stepper = (step: number) => number;

interface Main {
  readonly fill: (wave: Stepper, out: Float64Array, step: number) => number;
  readonly both: (a: Stepper, b: Stepper, n: number) => number;
  readonly makeWave: (size: number) => Stepper & { phase(): number };
  readonly makeCounter: (start: number) => Stepper & { again: Stepper };
  readonly constant: (x: number) => Stepper;
}

test('functions of a package in a native loop', async () => {
  const project = makeProject(files, baseConfig);
  try {
    const hints = [join(project.folder, 'waves.hints.d.ts')];
    const { diagnostics } = await buildProject(project, { modules: { hints, entries: [] } });
    assert.equal(diagnostics, []);
    const load = async (file: string): Promise<Main> =>
      (await import(pathToFileURL(join(project.folder, file)).href)) as Main;
    const native = await load('out/main.js');
    assert.ok(existsSync(join(project.folder, 'out/node_modules/waves/lib/waves.js')));
    const { makeWave, makeCounter, constant } = (await load(
      'node_modules/waves/lib/waves.js',
    )) as Main;
    // The same source as JavaScript.
    const fill: Main['fill'] = (wave, out, step) => {
      for (let i = 0; i < out.length; i++) out[i] = wave(step);
      return out.length;
    };
    const both: Main['both'] = (a, b, n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum = sum * 3 + a(1) - b(2);
      return sum;
    };

    const glue = createRequire(import.meta.url)(
      join(project.folder, 'out/native/test-project.cjs'),
    ) as { functions: Record<'fill' | 'both', { knows(...args: unknown[]): boolean }> };
    assert.ok(glue.functions.fill.knows(native.makeWave(2)));
    assert.ok(glue.functions.both.knows(native.makeCounter(2), native.constant(1)));
    assert.not(glue.functions.fill.knows(makeWave(2)));

    const [theirs, mine] = [makeWave(7), native.makeWave(7)];
    assert.is(mine.name, theirs.name);
    for (const step of [0.25, 1, 0]) {
      const [a, b] = [new Float64Array(5), new Float64Array(5)];
      assert.is(native.fill(mine, b, step), fill(theirs, a, step));
      assert.equal(b, a);
      assert.is(mine.phase(), theirs.phase());
      assert.is(mine(1), theirs(1));
    }
    // What was assigned before an error stays.
    const [a, b] = [new Float64Array(50), new Float64Array(50)];
    assert.throws(() => fill(theirs, a, 9), 'too far');
    assert.throws(() => native.fill(mine, b, 9), 'too far');
    assert.equal(b, a);
    assert.is(mine.phase(), theirs.phase());

    assert.is(native.makeCounter(1).name, makeCounter(1).name);
    const counters = [makeCounter(1), makeCounter(5)] as const;
    const own = [native.makeCounter(1), native.makeCounter(5)] as const;
    assert.is(native.both(...own, 4), both(...counters, 4));
    assert.equal(
      own.map((one) => one(0)),
      counters.map((one) => one(0)),
    );
    // One function twice, and one whose variable another one has, are JavaScript's affair.
    assert.is(native.both(own[0], own[0], 4), both(counters[0], counters[0], 4));
    assert.is(native.both(own[0], own[0].again, 4), both(counters[0], counters[0].again, 4));
    assert.is(own[0](0), counters[0](0));
    assert.is(
      native.both(native.constant(3), native.makeCounter(2), 3),
      both(constant(3), makeCounter(2), 3),
    );
    assert.is(
      native.both((x) => x * 2, own[1], 3),
      both((x) => x * 2, counters[1], 3),
    );
    // A variable that isn't what the hints say.
    assert.is(
      native.both(native.constant('3' as never), own[1], 2),
      both(constant('3' as never), counters[1], 2),
    );
  } finally {
    project.remove();
  }
});

test('a function of JavaScript could call one that is handed over', async () => {
  const mixed = `
/** @native */
export function mixed(wave: (step: number) => number, told: (isLate: boolean) => boolean): number {
  let sum = 0;
  for (let i = 0; i < 4; i++) {
    sum += wave(1);
    told(i > 1);
  }
  return sum;
}
`;
  const main = `${files['src/main.ts']}${mixed}`;
  const project = makeProject({ ...files, 'src/main.ts': main }, baseConfig);
  try {
    const hints = [join(project.folder, 'waves.hints.d.ts')];
    const { diagnostics } = await buildProject(project, { modules: { hints, entries: [] } });
    assert.equal(
      diagnostics.map(({ code }) => code),
      ['TSN1613'],
    );
  } finally {
    project.remove();
  }
});

test.run();
