/** Many calls over worker threads. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { JobError, jobs, type Progress } from '../../runtime/jobs/index.ts';
import { Reporter } from '../../runtime/workers/progress.ts';
import {
  count,
  exitsAt,
  forever,
  functionOf,
  later,
  noted,
  odd,
  square,
  third,
  thread,
} from './work.mjs';

const test = suite('jobs');
const folder = mkdtempSync(join(tmpdir(), 'tsnative-jobs-'));
test.after(() => rmSync(folder, { recursive: true, force: true }));

async function failure(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('it did not fail');
}

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

test('results are in the order of their inputs, for any batch and number of threads', async () => {
  for (const n of [0, 1, 2, 1000])
    for (const workers of [1, 2, 3])
      for (const batch of ['auto', 1, 7, 5000] as const)
        assert.equal(
          await jobs(square, upTo(n).slice(0, batch === 1 ? 50 : n), { workers, batch }),
          upTo(n)
            .slice(0, batch === 1 ? 50 : n)
            .map(square),
        );
});

test('promises are waited for; without order what ends first comes first', async () => {
  assert.equal(await jobs(later, [60, 1]), [60, 1]);
  const options = { workers: 2, batch: 1, ordered: false } as const;
  assert.equal(await jobs(later, [400, 1], options), [1, 400]);
});

test('a generator takes no more inputs than it needs', async () => {
  let taken = 0;
  let closed = false;
  function* endless(): Generator<number> {
    try {
      for (;;) yield taken++;
    } finally {
      closed = true;
    }
  }
  const results: number[] = [];
  for await (const result of jobs(square, endless(), { as: 'generator', batch: 3, workers: 2 })) {
    results.push(result);
    if (results.length === 10) break;
  }
  assert.equal(results, upTo(10).map(square));
  assert.ok(taken < 100, `${taken} inputs`);
  assert.ok(closed);
});

test('inputs may come later', async () => {
  async function* slow(): AsyncGenerator<number> {
    for (const x of upTo(5)) {
      await new Promise((resolve) => setTimeout(resolve, 2));
      yield x;
    }
  }
  assert.equal(await jobs(square, slow()), upTo(5).map(square));
});

test('the first call that fails, in order, is told with what it threw', async () => {
  const error = await failure(jobs(odd, [1, 3, 5, 4, 7, 2], { batch: 2, workers: 2 }));
  assert.instance(error, JobError);
  const { index, input, cause, message } = error as JobError;
  assert.equal([index, input], [3, 4]);
  assert.is(message, 'the call for input 3 failed: NoLuck: no luck with 4');
  assert.instance(cause, Error);
  assert.is((cause as { x?: number }).x, 4);
});

test('calls are made again as often as asked', async () => {
  let last: Progress | undefined;
  const progress = (now: Progress): void => void (last = now);
  assert.equal(await jobs(third, [1, 2], { retry: 2, workers: 1, progress }), [3, 3]);
  assert.equal([last?.done, last?.total, last?.retried], [2, 2, 4]);
  const error = await failure(jobs(third, [11, 12], { retry: 1, workers: 1 }));
  assert.is((error as Error).message, 'the call for input 0 failed: RangeError: time 2');
});

test('a thread that ends is told, and its other inputs run again where that is wanted', async () => {
  const once = (await failure(jobs(exitsAt, upTo(9), { batch: 9 }))) as JobError;
  assert.instance(once, JobError);
  assert.match(once.message, /^the call for input 0, or one of the 8 behind it, failed: .*exit/);
  const again = (await failure(jobs(exitsAt, upTo(9), { batch: 9, retry: 1 }))) as JobError;
  assert.is(again.index, 7);
  assert.equal(await jobs(exitsAt, [1, 2], {}), [1, 2], 'the pool goes on');
});

test('shared memory is passed by reference, and the work by all threads', async () => {
  const cells = new Int32Array(new SharedArrayBuffer(8));
  const before = await jobs(
    count,
    upTo(200).map(() => cells),
    { batch: 10 },
  );
  assert.is(cells[0], 200);
  assert.equal(
    [...before].sort((a, b) => a - b),
    upTo(200),
  );
  const threads = await jobs(thread, upTo(40) as never[], { workers: 2, batch: 1 });
  assert.ok(new Set(threads).size >= 2);
});

test('the disk remembers results, as long as the code and the input are the same', async () => {
  const file = join(folder, 'noted');
  const memo = join(folder, 'memo');
  const inputs = upTo(20).map((x) => ({ file, x }));
  const lines = (): number =>
    existsSync(file) ? readFileSync(file, 'utf8').split('\n').length - 1 : 0;
  const progress: Progress[] = [];
  const run = (): Promise<number[]> =>
    jobs(noted, inputs, { memo, batch: 4, progress: (now) => void progress.push(now) });
  const expected = upTo(20).map((x) => -x);
  assert.equal(await run(), expected);
  assert.is(lines(), 20);
  assert.equal(await run(), expected);
  assert.is(lines(), 20);
  assert.is(progress.at(-1)?.remembered, 20);
  const unwritable = jobs(noted, [{ file, x: (() => 1) as never }], { memo });
  assert.match(
    ((await failure(unwritable)) as Error).message,
    /must be what structuredClone copies/,
  );
  inputs.push({ file, x: 20 });
  assert.equal(await run(), [...expected, -20]);
  assert.is(lines(), 21);
});

test('an abortion stops calls that run', async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(new Error('enough')), 300);
  const error = await failure(
    jobs(forever, [1] as never[], { signal: controller.signal, workers: 1 }),
  );
  assert.is((error as Error).message, 'enough');
  assert.equal(await jobs(square, [2], { workers: 1 }), [4.5], 'the pool goes on');
  const between = new AbortController();
  const results = jobs(square, upTo(100), { as: 'generator', signal: between.signal, batch: 1 });
  assert.is((await results.next()).value, 0.5);
  between.abort(new Error('between'));
  assert.is(((await failure(results.next())) as Error).message, 'between');
  const aborted = jobs(square, [1], { signal: AbortSignal.abort(new Error('before')) });
  assert.is(((await failure(aborted)) as Error).message, 'before');
});

test('only a bar is drawn, and taken away', () => {
  const drawn = (progress: true | ((now: Progress) => void)): string[] => {
    const written: string[] = [];
    const stream = { isTTY: true, write: (text: string) => written.push(text) > 0 };
    const reporter = new Reporter(progress, stream as unknown as NodeJS.WriteStream);
    reporter.report({ done: 1, total: 2, remembered: 0, retried: 0 });
    reporter.clear();
    return written;
  };
  assert.equal(
    drawn(() => {}),
    [],
  );
  const [bar = '', end] = drawn(true);
  assert.match(bar, / 50 %  1 of 2/);
  assert.is(end, '\r\u001b[K');
});

test("what can't be run is refused with a reason", async () => {
  const message = async (promise: Promise<unknown>): Promise<string> =>
    ((await failure(promise)) as Error).message;
  const inner = (x: number): number => x;
  assert.match(await message(jobs(inner, [1])), /main module|isn't exported/);
  assert.match(await message(jobs(Math.sqrt, [1])), /`sqrt` is no function of a module/);
  assert.match(
    await message(jobs(functionOf, [1])),
    /input 0 failed: TypeError: a result is nothing that can be copied/,
  );
  assert.match(await message(jobs(square, [(() => 1) as never])), /input 0 failed: DataCloneError/);
  assert.throws(() => jobs(square, [1], { workers: 0 }), /workers must be a whole number of at/);
  assert.throws(() => jobs(square, [1], { batch: 1.5 }), RangeError);
});

test.run();
