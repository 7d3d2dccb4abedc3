/**
 * Functions that JavaScript passes to native code: what is wrong with them, what they do while native code runs,
 * and that nothing is left behind. In machine code and in the interpreter of the IR.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { compileProject } from '../../compiler/front-end.ts';
import { interpretedExports } from '../../compiler/wire/interpret.ts';
import type * as Program from './callbacks/program.ts';
import { buildProject, makeProject } from '../support/project.ts';

const source = readFileSync(new URL('./callbacks/program.ts', import.meta.url), 'utf8');
const project = makeProject({ 'src/program.ts': source });
const test = suite('callbacks');
test.after(() => project.remove());

type Functions = Pick<
  typeof Program,
  'walk' | 'small' | 'named' | 'each' | 'stubborn' | 'total' | 'swallow'
>;
const ways: [string, Functions][] = [];
const outDir = (level: number): string => join(project.folder, `out-O${level}`);
let live: () => number = () => 0;
let Emitter: typeof Program.Emitter;

test('the program builds', async () => {
  process.env['TSNATIVE'] = 'require';
  for (const level of [0, 3] as const) {
    const { diagnostics } = await buildProject(project, { level, outDir: outDir(level) });
    assert.equal(diagnostics, []);
    const url = pathToFileURL(join(outDir(level), 'program.js')).href;
    const built = (await import(url)) as typeof Program;
    Emitter = built.Emitter;
    ways.push([`-O${level}`, built]);
  }
  const glue = join(outDir(3), 'native/test-project.cjs');
  live = (createRequire(import.meta.url)(glue) as { live(): number }).live;
  for (const level of [0, 3] as const) {
    const { module } = compileProject(project.tsconfig, level);
    if (!module) throw new Error('no module');
    const calls = interpretedExports(module);
    const byName = module.exports.map(({ name, callee, wire, restOf }) =>
      restOf === undefined ? [[name, calls[wire?.callee ?? callee]]] : [],
    );
    ways.push([`interpreter, level ${level}`, Object.fromEntries(byName.flat()) as Functions]);
  }
});

/** Runs a check in all ways. */
const inAllWays = (name: string, check: (functions: Functions) => void): void =>
  test(name, () => {
    for (const [way, functions] of ways) {
      try {
        check(functions);
      } catch (error) {
        if (error instanceof Error) error.message = `${way}: ${error.message}`;
        throw error;
      }
    }
    assert.is(live(), 0);
  });

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

const told = (run: () => unknown): string => {
  const error = thrownBy(run);
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
};

/** Calls with wrong functions are what is tested. */
const wrong = (value: unknown): never => value as never;

inAllWays('results are checked', ({ walk, small, named }) => {
  assert.is(
    told(() =>
      walk(
        2,
        wrong(() => 'x'),
      ),
    ),
    "TypeError: walk: result of 'visit' expected number, got string",
  );
  assert.is(
    told(() =>
      walk(
        2,
        wrong(() => undefined),
      ),
    ),
    "TypeError: walk: result of 'visit' expected number, got undefined",
  );
  assert.is(
    told(() => small(() => 1.5)),
    "RangeError: small: result of 'give' expected i32 (an integer from -2147483648 to 2147483647), got 1.5",
  );
  assert.is(
    told(() => named(wrong(() => undefined))),
    "TypeError: named: result of 'give' expected string or null, got undefined",
  );
  assert.is(
    told(() =>
      named(
        () => 'a',
        wrong(() => 1),
      ),
    ),
    "TypeError: named: result of 'optional' expected boolean, got number",
  );
  assert.is(
    small(() => -0),
    0,
  );
  assert.is(
    named(() => null),
    'null false',
  );
});

test('what is no function is refused', () => {
  for (const [, { walk, named }] of ways.slice(0, 2)) {
    assert.is(
      told(() => walk(1, wrong(5))),
      "TypeError: walk: parameter 'visit' expected function, got number",
    );
    assert.is(
      told(() => walk(1, wrong(undefined))),
      "TypeError: walk: parameter 'visit' expected function, got undefined",
    );
    assert.is(
      told(() => named(() => 'a', wrong(null))),
      "TypeError: named: parameter 'optional' expected function or undefined, got null",
    );
    assert.is(
      named(() => 'a', undefined),
      'a false',
    );
  }
});

inAllWays('what is thrown arrives as it is', ({ walk, total }) => {
  for (const thrown of [
    new Error('own'),
    new (class Own extends TypeError {})(),
    1,
    null,
    undefined,
    'text',
    Symbol('s'),
  ]) {
    const fail = (): never => {
      throw thrown;
    };
    assert.is(
      thrownBy(() => walk(3, fail)),
      thrown,
    );
    assert.is(
      thrownBy(() => total([{ x: 1, y: 2 }], '', fail)),
      thrown,
    );
  }
});

inAllWays('a typed array that is detached or resized ends the call', ({ each, stubborn }) => {
  const message =
    'TypeError: a callback has detached or resized a typed array that native code is using';
  const detach = (view: ArrayBufferView) => (): void =>
    void structuredClone(view, { transfer: [view.buffer as ArrayBuffer] });
  const a = new Float64Array(4).fill(1);
  const b = new DataView(new ArrayBuffer(4));
  assert.is(
    told(() => each(a, b, detach(b))),
    message,
  );
  assert.is(
    told(() => each(a, undefined, detach(a))),
    message,
  );
  // Nothing in native code catches that.
  const c = new Uint8Array(4);
  const detachC = detach(c);
  assert.is(
    told(() =>
      stubborn(c, () => {
        detachC();
        throw new Error('too');
      }),
    ),
    message,
  );
  const resizable = new ArrayBuffer(32, { maxByteLength: 64 });
  const tracking = new Float64Array(resizable);
  const fixed = new Float64Array(resizable, 0, 2);
  assert.is(
    told(() => each(tracking, undefined, () => resizable.resize(24))),
    message,
  );
  assert.is(
    told(() => each(tracking, undefined, () => resizable.resize(64))),
    message,
  );
  assert.is(
    told(() => each(fixed, undefined, () => resizable.resize(8))),
    message,
  );
  resizable.resize(32);
  assert.is(
    each(fixed, undefined, () => resizable.resize(64)),
    0,
  );
  // A typed array of a call outside of the one whose callback it is.
  const outer = new Float64Array(2);
  const inner = new Float64Array(1);
  assert.is(
    told(() => each(outer, undefined, () => void each(inner, undefined, detach(outer)))),
    message,
  );
});

inAllWays('objects that native code has copies of may not change', ({ total }) => {
  const message =
    'TypeError: total: a callback has changed an argument of which native code has a copy';
  const points = (): Program.Point[] => [
    { x: 1, y: 2 },
    { x: 3, y: 4 },
  ];
  const changes: ((list: Program.Point[]) => void)[] = [
    (list) => (list[1]!.y = 5),
    (list) => list.push({ x: 0, y: 0 }),
    (list) => list.pop(),
    (list) => list.reverse(),
    (list) => ((list[0] as { x: unknown }).x = 'text'),
    (list) => (list[0]!.x = -list[0]!.x),
  ];
  for (const change of changes) {
    const list = points();
    assert.is(
      told(() =>
        total(list, 'é€', (x) => {
          change(list);
          return x;
        }),
      ),
      message,
    );
  }
  const same = points();
  assert.is(
    total(same, 'label', (x) => {
      same[0]!.y = 2;
      same[1] = same[1]!;
      return x;
    }),
    15,
  );
});

inAllWays('callbacks call native code', ({ walk, each, swallow, total }) => {
  assert.is(
    walk(4, (i) => walk(i, (j) => walk(j, (k) => k + 1))),
    5,
  );
  const a = Float64Array.of(1, 2);
  assert.is(
    each(a, undefined, (i) => void each(a, undefined, () => (a[i] = 10))),
    20,
  );
  const inner = (): number => total([{ x: 1, y: 1 }], 'ab', (x) => walk(2, () => x));
  assert.is(total([{ x: 1, y: 5 }], 'abc', inner), 13);
  // Errors of calls inside are no errors of those outside.
  const caught = swallow(3, (i) => {
    assert.is(
      swallow(2, () => {
        throw new Error('inside');
      }),
      2,
    );
    if (i === 1) throw new RangeError('outside');
    return '';
  });
  assert.is(caught, 5);
});

test('a native object keeps a function', () => {
  const seen: number[] = [];
  const emitter = new Emitter((value) => seen.push(value));
  assert.is(emitter.emit(3), 1);
  assert.is(emitter.emit(5), 2);
  assert.equal(seen, [3, 5]);
});

test('endless recursion through JavaScript ends', () => {
  for (const [, { walk }] of ways) {
    const deeper = (): number => walk(1, deeper);
    assert.match(told(deeper), 'RangeError: Maximum call stack size exceeded');
  }
  assert.is(
    ways[0]?.[1].walk(1, () => 1),
    1,
  );
});

test('a worker ends in a callback', async () => {
  const url = pathToFileURL(join(outDir(3), 'program.js')).href;
  const worker = new Worker(
    `import(${JSON.stringify(url)}).then(({ stubborn, walk }) => {
       require('node:worker_threads').parentPort.postMessage('ready');
       walk(Infinity, () => stubborn(new Uint8Array(1), () => { throw 1; }));
     });`,
    { eval: true },
  );
  await new Promise((resolve) => worker.once('message', resolve));
  assert.is(await worker.terminate(), 1);
});

test('a million callbacks leave nothing behind', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (const [, { walk, swallow, each }] of ways.slice(0, 2)) {
    const a = new Float64Array(1);
    const error = new Error('again');
    const run = (count: number): void => {
      walk(count, (i) => i + 0.5);
      swallow(count, (i) => {
        if (i % 2 === 0) throw error;
        return 'some text'.repeat(3);
      });
      for (let i = 0; i < count / 10; i++) {
        each(a, undefined, () => {});
        try {
          walk(1, () => {
            throw error;
          });
        } catch {
          // It is the one above.
        }
      }
    };
    const lived = live();
    // V8 enlarges its own heap for a while.
    run(500_000);
    collect();
    const before = process.memoryUsage().rss;
    run(1_000_000);
    collect();
    assert.is(live(), lived);
    const growth = process.memoryUsage().rss - before;
    assert.ok(growth < 30_000_000, `${growth} bytes more`);
  }
});

test.run();
