/** Functions of C that call on threads of their own: JavaScript, and native code, in machine code of two levels. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type * as Program from './threads.ts';
import { buildProject, makeProject } from '../support/project.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const project = makeProject({
  'src/threads.ts': read('threads.ts'),
  'vendor/threads.c': read('vendor/threads.c'),
});
project.write(
  'package.json',
  JSON.stringify({ name: 'threads', type: 'module', tsnative: { sources: ['vendor/threads.c'] } }),
);
process.env['TSNATIVE'] = 'require';

const test = suite('calls on threads of C');
test.after(() => project.remove());

const ways: [string, typeof Program][] = [];
const fileOf = (way: string): string => join(project.folder, `out-${way}`, 'threads.js');

test('the program builds', async () => {
  for (const [way, level] of [
    ['-O0', 0],
    ['-O3', 3],
  ] as const) {
    const outDir = join(project.folder, `out-${way}`);
    const { diagnostics } = await buildProject(project, { level, outDir });
    assert.equal(diagnostics, []);
    ways.push([way, (await import(pathToFileURL(fileOf(way)).href)) as typeof Program]);
  }
});

/** Runs a check in all ways. */
const inAllWays = (name: string, check: (program: typeof Program) => void | Promise<void>): void =>
  test(name, async () => {
    assert.is(ways.length, 2);
    for (const [way, program] of ways) {
      try {
        await check(program);
      } catch (error) {
        if (error instanceof Error) error.message = `${way}: ${error.message}`;
        throw error;
      }
    }
  });

const fails = (call: () => unknown, pattern: RegExp, kind = Error): void =>
  assert.throws(call, (error: unknown) => error instanceof kind && pattern.test(error.message));

/** Waits until something is so. */
async function until(isSo: () => boolean): Promise<void> {
  for (let i = 0; i < 2000 && !isSo(); i++) await new Promise((done) => setTimeout(done, 5));
  assert.ok(isSo(), 'it never is');
}

inAllWays('a function of JavaScript runs while the call waits for the threads', (p) => {
  for (const threads of [1, 2, 5, 16]) {
    const seen = new Set<number>();
    const sum = p.ofJavaScript((x) => (seen.add(x), x * 2), 100, threads);
    assert.is(sum, 9900);
    assert.is(seen.size, 100);
  }
  assert.is(
    p.onBoth((x) => x, 5),
    20,
  );
});

inAllWays('it may call C in turn', (p) => {
  const inner = (x: number): number => p.ofJavaScript((y) => x * y, 4, 2);
  assert.is(p.ofJavaScript(inner, 5, 3), 60);
  // As deep as there are places.
  const nest = (depth: number): number =>
    depth === 0 ? 1 : p.ofJavaScript(() => nest(depth - 1), 1, 1);
  assert.is(nest(16), 1);
  fails(
    () => nest(17),
    /16 calls of sum_on_threads of the library threads run already/,
    RangeError,
  );
  assert.is(nest(16), 1);
});

inAllWays('what it throws arrives, and no more is called', (p) => {
  const own = new SyntaxError('mine');
  let calls = 0;
  try {
    p.ofJavaScript(
      (x) => {
        calls++;
        if (x === 3) throw own;
        return x;
      },
      1000,
      1,
    );
    assert.unreachable();
  } catch (error) {
    assert.is(error, own);
  }
  assert.is(calls, 4);
  fails(() => p.ofJavaScript(() => 'x' as never, 10, 2), /result of 'f'/, TypeError);
  assert.is(
    p.ofJavaScript(() => 1, 10, 2),
    10,
  );
});

inAllWays('native functions of numbers run on the threads themselves', (p) => {
  for (const threads of [1, 4, 16]) assert.is(p.ofNumbers(0.5, 10_000, threads), 24_997_500);
  assert.is(p.ofNumbersOnBoth(2, 5), 40);
  fails(() => p.throwing(50, 100, 1), /^50 is too much$/, RangeError);
  fails(() => p.throwing(50, 100, 4), /^\d\d is too much$/, RangeError);
  assert.is(p.throwing(500, 100, 4), 4950);
  fails(() => p.tooDeep(), /Maximum call stack size exceeded/, RangeError);
});

inAllWays('others run on the thread that has passed them', (p) => {
  const expected = Array.from({ length: 50 }, (_, i) => `${i}!`);
  assert.equal(p.texts(50, 1), expected);
  assert.equal(p.texts(50, 5).sort(), expected.sort());
  assert.is(p.visited(), 'one 0.5 zwölf 1.5 € 2.5 9');
});

test('that may be one of an async function', async () => {
  const own = makeProject({
    'src/later.ts': `
      import type { f64, i32 } from 'tsnative';
      /** @extern threads: sum_on_threads, threads */
      declare function sum(f: (x: f64) => f64, count: i32, threads: i32): f64;
      /** @native */
      export async function texts(count: i32): Promise<string> {
        let text = '';
        sum((x) => { text += \`\${x} \`; return 0; }, count, 1);
        return text;
      }
    `,
    'vendor/threads.c': read('vendor/threads.c'),
    'package.json':
      '{ "name": "later", "type": "module", "tsnative": { "sources": ["vendor/threads.c"] } }',
  });
  try {
    const { diagnostics } = await buildProject(own);
    assert.equal(diagnostics, []);
    const { texts } = (await import(pathToFileURL(join(own.folder, 'out/later.js')).href)) as {
      texts(count: number): Promise<string>;
    };
    const made = await Promise.all([3, 4, 5].map((count) => texts(count)));
    assert.equal(made, ['0 1 2 ', '0 1 2 3 ', '0 1 2 3 4 ']);
  } finally {
    own.remove();
  }
});

inAllWays('calls on threads that are not announced are refused', (p) => {
  fails(
    () => p.unannounced(() => 1, 3),
    /sum_unannounced of the library threads has called a function on a thread of its own: its @extern needs the option threads/,
    TypeError,
  );
});

inAllWays('a kept function comes to the event loop', async (p) => {
  const seen: number[] = [];
  assert.is(
    p.start((x) => {
      seen.push(x);
      return x + 0.5;
    }),
    0,
  );
  await until(() => seen.length > 5);
  assert.ok(p.last() > 1);
  // It waits for the thread, which calls once more.
  assert.is(p.stop(), -0.5);
  assert.equal(seen.slice(0, 3), [0, 1, 2]);
  assert.is(seen.at(-1), -1);
});

inAllWays('it may stop what calls it from elsewhere', async (p) => {
  let calls = 0;
  p.start((x) => (calls++, x));
  // The thread waits for the event loop already.
  const start = performance.now();
  while (performance.now() - start < 30);
  assert.is(p.stop(), -1);
  const before = calls;
  await new Promise((done) => setTimeout(done, 20));
  assert.is(calls, before);
});

inAllWays('a kept function of numbers runs there itself', async (p) => {
  p.startOwn(3);
  // The event loop doesn't run.
  const start = performance.now();
  while (p.ticks() < 5 && performance.now() - start < 5000);
  assert.ok(p.ticks() >= 5);
  assert.is(p.stop(), -3);
  const into = new Float64Array(1);
  p.startWriting(into);
  await until(() => into[0]! > 3);
  assert.is(p.stop(), -1);
  assert.is(into[0], -1);
});

/** Runs a program of its own that has `p`; gives how it ends. */
const run = (
  way: string,
  text: string,
): { status: number | null; stdout: string; stderr: string } => {
  const file = JSON.stringify(pathToFileURL(fileOf(way)).href);
  const source = `import * as p from ${file};\nconst file = ${file};\n${text}`;
  return spawnSync(process.execPath, ['--input-type=module', '-e', source], {
    encoding: 'utf8',
    timeout: 60_000,
  });
};

const inProcesses = (
  name: string,
  text: string,
  check: (ended: ReturnType<typeof run>) => void,
): void =>
  test(name, () => {
    for (const way of ['-O0', '-O3']) check(run(way, text));
  });

inProcesses(
  'what a kept function throws in the event loop nobody catches',
  `process.on('uncaughtException', (error) => {
     console.log(error.name, error.message, p.stop());
     if (error.message === 'unlucky') process.exit(3);
     p.startOwn(13);
   });
   setTimeout(() => {}, 10000);
   p.start((x) => { if (x === 2) throw new SyntaxError('second'); return x; });`,
  ({ status, stdout, stderr }) => {
    assert.is(stdout, 'SyntaxError second -1\nRangeError unlucky -13\n', stderr);
    assert.is(status, 3);
  },
);

inProcesses(
  'threads that call don’t keep the process, or hold it up',
  `p.start((x) => x); setTimeout(() => console.log('end'), 50);`,
  ({ status, stdout, stderr }) => {
    assert.is(stdout, 'end\n', stderr);
    assert.is(status, 0);
  },
);

inProcesses(
  'the process may end while it runs what they call',
  `p.start((x) => { if (x === 3) process.exit(5); return x; }); setTimeout(() => {}, 10000);`,
  ({ status, stderr }) => assert.is(status, 5, stderr),
);

inProcesses(
  'the process may end while a call waits for them',
  `p.ofJavaScript((x) => process.exit(6), 100, 4);`,
  ({ status, stderr }) => assert.is(status, 6, stderr),
);

inProcesses(
  'a function that C has kept unasked gives 0, and it is told',
  `console.log(p.forgotten());`,
  ({ status, stdout, stderr }) => {
    assert.is(stdout, '0\n');
    assert.match(
      stderr,
      /^tsnative: C has called 'f' of remember of the library threads when that call had ended: where C keeps the function, the @extern needs the option keeps: f\. It got 0\.$/m,
    );
    assert.is(stderr.match(/tsnative:/g)?.length, 1);
    assert.is(status, 0);
  },
);

inProcesses(
  'a function whose worker thread has ended gives 0, and it is told',
  `import { isMainThread, Worker } from 'node:worker_threads';
   const source = \`import(\${JSON.stringify(file)}).then((p) => p.start((x) => { process.exit(); }));
     setTimeout(() => {}, 100000);\`;
   await new Promise((done) => new Worker(source, { eval: true }).once('exit', done));
   while (p.ticks() < 5) await new Promise((done) => setTimeout(done, 5));
   console.log(p.last(), p.stop());`,
  ({ status, stdout, stderr }) => {
    assert.is(stdout, '0 0\n', stderr);
    assert.match(
      stderr,
      /^tsnative: C has called 'f' of ticker_start of the library threads when the thread of JavaScript that it belongs to had ended\. It got 0\.$/m,
    );
    assert.is(status, 0);
  },
);

test('a kept function that is not announced to be called on threads gives 0 there, and it is told', async () => {
  const own = makeProject({
    'src/kept.ts': `
      import type { f64, i32 } from 'tsnative';
      /** @extern threads: ticker_start, keeps: f */
      declare function start(f: (x: f64) => f64): i32;
      /** @native */
      export function begin(): i32 {
        return start((x) => x + 1);
      }
    `,
    'vendor/threads.c': read('vendor/threads.c'),
    'package.json':
      '{ "name": "kept", "type": "module", "tsnative": { "sources": ["vendor/threads.c"] } }',
  });
  try {
    const { diagnostics } = await buildProject(own);
    assert.equal(diagnostics, []);
    const file = JSON.stringify(pathToFileURL(join(own.folder, 'out/kept.js')).href);
    const program = `import { begin } from ${file}; console.log(begin()); setTimeout(() => {}, 50);`;
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--input-type=module', '-e', program],
      { encoding: 'utf8', timeout: 60_000 },
    );
    assert.is(stdout, '0\n', stderr);
    assert.is(status, 0);
    assert.match(
      stderr,
      /^tsnative: C has called 'f' of ticker_start of the library threads on a thread that has no call of that library: the @extern needs the option threads\. It got 0\.$/m,
    );
    assert.is(stderr.match(/tsnative:/g)?.length, 1);
  } finally {
    own.remove();
  }
});

inAllWays('the functions of a worker thread end with it', async (p) => {
  const file = pathToFileURL(fileOf(ways.find(([, one]) => one === p)?.[0] ?? '')).href;
  for (const ending of ['worker.terminate', 'return', 'native']) {
    const source = `
      const { parentPort } = require('node:worker_threads');
      import(${JSON.stringify(file)}).then((p) => {
        let calls = 0;
        if ('${ending}' === 'native') { p.startOwn(2); parentPort.postMessage(0); return; }
        const alive = setTimeout(() => {}, 100000);
        p.start((x) => {
          if (calls++ !== 3) return x + 1;
          parentPort.postMessage(calls);
          if ('${ending}' === 'return') clearTimeout(alive);
          return x;
        });
      });`;
    const worker = new Worker(source, { eval: true, env: { ...process.env, TSNATIVE: 'require' } });
    const ended = new Promise((done) => worker.once('exit', done));
    await new Promise((done, failed) => {
      worker.once('message', done);
      worker.once('error', failed);
    });
    if (ending === 'worker.terminate') await worker.terminate();
    await ended;
    // C still calls what the worker gave it, and no function that comes later.
    let others = 0;
    assert.is(
      p.start((x) => {
        others++;
        return x;
      }),
      -1,
    );
    const before = p.ticks();
    await until(() => p.ticks() > before + 3);
    assert.is(p.last(), 0);
    assert.is(others, 0);
    assert.is(p.stop(), 0);
  }
});

inAllWays('workers have calls of their own', async (p) => {
  const file = pathToFileURL(fileOf(ways.find(([, one]) => one === p)?.[0] ?? '')).href;
  const source = `
    const { parentPort, workerData } = require('node:worker_threads');
    import(${JSON.stringify(file)}).then((p) => {
      let good = 0;
      for (let i = 0; i < 50; i++)
        if (p.ofJavaScript((x) => x * workerData, 20, 3) === 190 * workerData) good++;
      parentPort.postMessage(good);
    });`;
  const workers = [2, 3, 5].map(
    (factor) =>
      new Promise((done, failed) => {
        const worker = new Worker(source, {
          eval: true,
          workerData: factor,
          env: { ...process.env, TSNATIVE: 'require' },
        });
        worker.once('message', done);
        worker.once('error', failed);
      }),
  );
  let own = 0;
  for (let i = 0; i < 50; i++) if (p.ofJavaScript((x) => -x, 20, 3) === -190) own++;
  assert.is(own, 50);
  assert.equal(await Promise.all(workers), [50, 50, 50]);
});

test.run();
