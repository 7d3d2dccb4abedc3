/** Lazy graphs of tasks: the same results on every scheduler. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import alea from 'alea';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  compute,
  task,
  TaskError,
  type GraphProgress,
  type Lazy,
  type Task,
} from '../../runtime/graphs/index.ts';
import { processors } from '../../runtime/workers/threads.ts';
import { failure, message, schedulers } from './schedulers.ts';
import {
  add,
  applied,
  bufferLength,
  exits,
  forever,
  half,
  instance,
  keys,
  later,
  mixed,
  multiplier,
  noted,
  passed,
  shape,
  square,
  sum,
  total,
  unlucky,
  variable,
} from './work.mjs';

const test = suite('graphs');
const folder = mkdtempSync(join(tmpdir(), 'tsnative-graphs-'));
test.after(() => rmSync(folder, { recursive: true, force: true }));

test('results of tasks are arguments of others, alone and inside arrays and objects', async () => {
  const three = task(square)(3);
  const order = task(total)({ prices: [three, 1, task(add)(three, 2)], discount: 0.5 });
  for (const scheduler of schedulers) {
    assert.is(await compute(order, { scheduler }), 10.5);
    const alone: number = await order.compute({ scheduler });
    assert.is(alone, 10.5);
    const all = await compute({ order, more: [three, 'text'] }, { scheduler });
    assert.equal(all, { order: 10.5, more: [9, 'text'] });
    assert.equal(await compute([], { scheduler }), []);
  }
});

test('TypeScript knows what tasks take and give', async () => {
  const later = task(async (x: number) => [x]);
  const given: Task<number[]> = later(1);
  const list: readonly [number[], { readonly a: number }] = await compute(
    [given, { a: task(square)(2) }],
    { scheduler: 'sync' },
  );
  assert.equal(list, [[1], { a: 4 }]);
  // @ts-expect-error: no text
  task(square)('2');
  // @ts-expect-error: what it gives is no number
  task(square)(given);
});

/** A graph of tasks by chance, and what the same calls give when they are made at once. */
function anyGraph(seed: number, count: number): [Task<number>[], number[]] {
  const random = alea(seed);
  const below = (n: number): number => Math.floor(random() * n);
  const tasks: Task<number>[] = [];
  const direct: number[] = [];
  for (let i = 0; i < count; i++) {
    const parts: Lazy<number>[] = [];
    const values: number[] = [];
    for (let used = below(4); used > 0; used--) {
      // Mostly of those just made, so that there are chains.
      const from = random() < 0.7 ? Math.max(0, i - 1 - below(3)) : below(i);
      const made = tasks[from];
      const value = direct[from];
      if (made === undefined || value === undefined) continue;
      parts.push(made);
      values.push(value);
    }
    tasks.push(task(mixed)(i, parts));
    direct.push(mixed(i, values));
  }
  return [tasks, direct];
}

test('graphs by chance give what direct calls give', async () => {
  for (let seed = 0; seed < 20; seed++) {
    const [tasks, direct] = anyGraph(seed, 150);
    for (const scheduler of schedulers) {
      // Processes of a test start slowly.
      if (scheduler === 'processes' && seed >= 3) continue;
      for (const workers of scheduler === 'processes' ? [2] : [1, 3])
        assert.equal(await compute(tasks, { scheduler, workers }), direct, `${scheduler} ${seed}`);
    }
  }
});

test('a task that several use runs once', async () => {
  for (const scheduler of schedulers) {
    const file = join(folder, `noted-${scheduler}`);
    const common = task(noted)(file, 1);
    const users = Array.from({ length: 50 }, (_, i) => task(add)(common, i));
    const [all] = await compute([task(sum)(users), common, users], { scheduler });
    assert.is(all, 50 + 1225);
    assert.is(readFileSync(file, 'utf8'), '1\n');
  }
});

test('chains may be longer than the stack', async () => {
  let chain = task(square)(1);
  for (let i = 0; i < 30_000; i++) chain = task(add)(chain, 1);
  for (const scheduler of schedulers) assert.is(await compute(chain, { scheduler }), 30_001);
});

test('values go from task to task as they are', async () => {
  for (const scheduler of schedulers) {
    const made = task(shape)(7);
    assert.equal(await compute(task(keys)(made), { scheduler }), [[7], 4, true]);
    assert.equal(await compute(made, { scheduler }), shape(7));
    const whole = new Float64Array(1000).fill(2);
    const part = task(half)(task(half)(whole));
    assert.equal(await compute(part, { scheduler }), new Float64Array(250).fill(2));
    assert.is(await compute(task(applied)(square, 5), { scheduler }), 25, 'a function');
  }
  const shared = new Float64Array(new SharedArrayBuffer(80)).fill(1);
  for (const scheduler of schedulers) {
    const given = await compute(task(passed)({ shared }), { scheduler });
    assert.equal([...given.shared], [...shared]);
    assert.is(given.shared.buffer === shared.buffer, scheduler === 'sync');
  }
  // Only what is seen of a buffer goes to a thread.
  const seen = new Float64Array(1000).subarray(10, 20);
  assert.is(await compute(task(bufferLength)(seen), { scheduler: 'threads' }), 80);
});

test('what a thread would get changed is refused everywhere', async () => {
  for (const scheduler of schedulers)
    assert.match(
      await message(compute(task(instance)(), { scheduler })),
      /^task instance failed: TypeError: its result is an instance of NoLuck, and only plain data/,
    );
  class Own {}
  const any = task((x: unknown) => x);
  assert.throws(() => any({ list: [new Own()] }), /argument 1 of anonymous is an instance of Own/);
  assert.throws(() => any(Buffer.of(1)), /is an instance of Buffer/);
  assert.throws(() => any(Symbol()), /is a symbol/);
  assert.throws(() => any(new Set([any(1)])), /tasks can't be in a Map or a Set/);
  const round: unknown[] = [];
  round.push(round);
  assert.throws(() => any(round), /contains itself/);
});

test('an error has the name of its task and what was thrown', async () => {
  for (const scheduler of schedulers) {
    const bad = task(unlucky, { name: 'my task' })(0, 7);
    const error = await failure(compute([task(add)(bad, 1), task(square)(2)], { scheduler }));
    assert.instance(error, TaskError);
    const { task: name, cause, message } = error as TaskError;
    assert.is(name, 'my task');
    assert.is(message, 'task my task failed: NoLuck: no luck with 7');
    assert.instance(cause, Error);
    assert.is((cause as { x?: number }).x, 7);
  }
});

test('of several errors the same one is told everywhere', async () => {
  for (const scheduler of schedulers) {
    // The later one in the graph fails at once, the first one after a while.
    const tasks = [task(later)(1, 0), task(unlucky)(80, 1), task(later)(1, 0), task(unlucky)(1, 2)];
    const text = await message(compute(tasks, { scheduler, workers: 2 }));
    assert.is(text, 'task unlucky failed: NoLuck: no luck with 1', scheduler);
  }
});

test('a worker that ends is told', async () => {
  for (const scheduler of ['threads', 'processes'] as const) {
    const ended = compute(task(exits)(), { scheduler });
    assert.match(await message(ended), /^task exits failed: .*exit/);
    assert.is(await compute(task(square)(3), { scheduler }), 9, 'the next graph runs');
  }
});

test('child processes have together no more threads for native code than this one', async () => {
  const limit = (workers: number): Promise<string | undefined> =>
    compute(task(variable)('TSNATIVE_NUM_THREADS'), { scheduler: 'processes', workers });
  const all = processors();
  assert.is(await limit(1), String(all));
  assert.is(await limit(2), String(Math.max(1, Math.floor(all / 2))));
});

test('after an abortion nothing begins that was waiting', async () => {
  for (const scheduler of schedulers) {
    const file = join(folder, `aborted-${scheduler}`);
    const controller = new AbortController();
    const first = task(later)(150, 1);
    const second = task(noted)(file, first);
    setTimeout(() => controller.abort(new Error('enough')), 50);
    const promise = compute(second, { scheduler, signal: controller.signal });
    assert.is(await message(promise), 'enough', scheduler);
    await new Promise((resolve) => setTimeout(resolve, 250));
    assert.throws(() => readFileSync(file), /ENOENT/, scheduler);
  }
  for (const scheduler of ['threads', 'processes'] as const) {
    const stopped = new AbortController();
    setTimeout(() => stopped.abort(new Error('stopped')), 300);
    const endless = compute(task(forever)(), { scheduler, signal: stopped.signal });
    assert.is(await message(endless), 'stopped');
  }
  const before = compute(task(square)(1), { signal: AbortSignal.abort(new Error('before')) });
  assert.is(await message(before), 'before');
});

test('progress counts tasks', async () => {
  for (const scheduler of schedulers) {
    const told: GraphProgress[] = [];
    const tasks = Array.from({ length: 40 }, (_, i) => task(later)(5, i));
    await compute(tasks, { scheduler, progress: (now) => void told.push(now) });
    assert.ok(told.length > 1);
    assert.ok(told.every(({ total }) => total === 40));
    assert.is(told.at(-1)?.done, 40);
  }
});

test("what workers can't import is refused with a reason", async () => {
  const times = multiplier(3);
  const closure = compute(task(times)(1), { scheduler: 'threads' });
  assert.match(
    await message(closure),
    /^graphs: `multiply` isn't exported by .*work\.mjs, from where workers import it; export it, with what it takes from a function around it as parameters$/,
  );
  const inMain = compute(task((x: number) => x)(1), { scheduler: 'processes' });
  assert.match(await message(inMain), /the function is in the program's main module.*move it/);
  const builtIn = compute(task(Math.sqrt)(1), { scheduler: 'threads' });
  assert.match(await message(builtIn), /^graphs: `sqrt` is no function of a module; write one/);
  assert.is(await compute(task(times)(1), { scheduler: 'sync' }), 3);
  assert.match(await message(compute([], { workers: 0 })), /workers must be a whole number/);
  assert.match(await message(compute([], { scheduler: 'no' as 'sync' })), /no scheduler no/);
});

test.run();
