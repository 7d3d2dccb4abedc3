/** A short run of random sessions; `npm run fuzz:sessions` makes long ones. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { kindNames, makeSession } from './kinds/index.ts';
import { judgeSessions } from './run.ts';
import { difference } from './session.ts';

const test = suite('fuzz sessions');

test('a seed makes the same session again', () => {
  assert.equal(makeSession(5, 7, kindNames), makeSession(5, 7, kindNames));
  assert.is.not(makeSession(5, 7, ['text']).module, makeSession(5, 8, ['text']).module);
});

/** CI asks for more. Arrays of any dimension take long to compile. */
const count = Number(process.env['TSNATIVE_FUZZ_PROGRAMS'] ?? 150) >= 500 ? 6 : 2;
const quick = kindNames.filter((name) => name !== 'nd');

test(`${count} random sessions of each kind tell the same with machine code`, async () => {
  const sessions = Array.from({ length: count * quick.length }, (_, index) =>
    makeSession(2024, index, quick),
  );
  const options = { level: 1, toolchain: 'bundled', cpu: 'baseline' } as const;
  const failures = await judgeSessions([...sessions, makeSession(2024, 999, ['nd'])], options);
  assert.equal(
    failures.map(({ session: { index, kind }, what }) => ({ index, kind, what })),
    [],
  );
});

test('what differs is told, but for what stands behind a check', () => {
  assert.is(difference(['1', '2'], ['1', '2']), undefined);
  assert.match(difference(['1', '2'], ['1', '3']) ?? '', /line 1.* 2 .* 3/);
  assert.match(difference(['1', '2'], ['1']) ?? '', /ends/);
  assert.match(difference(['1'], ['1', '2']) ?? '', /ends/);
  assert.match(difference(['1'], 'was ended by SIGSEGV') ?? '', /SIGSEGV/);
  assert.match(difference('gave no answer', ['1']) ?? '', /no answer/);
  assert.match(difference(['1'], ['RangeError: mine']) ?? '', /mine/);
  const check = "RangeError: index 9 is outside 'a' of length 4 (src/s1.ts:2:3)";
  assert.is(difference(['1', '2', '3'], ['1', check, '4']), undefined);
});

test.run();
