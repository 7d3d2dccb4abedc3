import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { inBackground } from '../../compiler/background.ts';

const never = new Promise<never>(() => {});

test('who waits for the start goes on when the work is handed over', async () => {
  const work = inBackground((started) => {
    setTimeout(started, 1);
    return never;
  });
  await work.started;
});

test('who waits for the start goes on when there is nothing to hand over', async () => {
  const work = inBackground(async () => 'from the cache');
  await work.started;
  assert.is(await work.finished, 'from the cache');
});

test('a failure is told whoever waits for the end, and harms nobody before', async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);
  process.on('unhandledRejection', note);
  const work = inBackground(async () => {
    throw new Error('no such CPU');
  });
  await work.started;
  await new Promise((resolve) => setTimeout(resolve, 5));
  process.off('unhandledRejection', note);
  assert.equal(unhandled, []);
  try {
    await work.finished;
    assert.unreachable('it fails');
  } catch (error) {
    assert.is((error as Error).message, 'no such CPU');
  }
});

/** Work that ends when it is told to, some time later. */
const patient = (ended: () => void) => (started: () => void, signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () =>
      setTimeout(() => {
        ended();
        reject(signal.reason);
      }, 5),
    );
    started();
  });

test('stopping waits until the work has ended', async () => {
  let isOver = false;
  const work = inBackground(patient(() => (isOver = true)));
  await work.started;
  await work.stop();
  assert.is(isOver, true);
});

test("the caller's signal ends the work with its reason", async () => {
  const controller = new AbortController();
  const work = inBackground(
    patient(() => {}),
    controller.signal,
  );
  controller.abort('Ctrl-C');
  const reason: unknown = await work.finished.catch((error: unknown) => error);
  assert.is(reason, 'Ctrl-C');
});

test.run();
