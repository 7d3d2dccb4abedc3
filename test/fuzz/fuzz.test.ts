/** A short run of the generator of random programs; `npm run fuzz` makes long ones. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fuzz } from './fuzz.ts';
import { makeProgram, usualHeapShare, usualParallelShare } from './generate/program.ts';
import { judge } from './judge.ts';
import { typescriptOf } from './program.ts';

const test = suite('fuzz');

test('a seed makes the same program again', () => {
  assert.is(typescriptOf(makeProgram(5, 7)), typescriptOf(makeProgram(5, 7)));
  assert.is.not(typescriptOf(makeProgram(5, 7)), typescriptOf(makeProgram(5, 8)));
});

/** CI asks for more. */
const count = Number(process.env['TSNATIVE_FUZZ_PROGRAMS'] ?? 150);

test(`${count} random programs agree between V8, the interpreter and machine code`, async () => {
  const tally = await fuzz(
    {
      seed: 2024,
      first: 0,
      count,
      heapShare: usualHeapShare,
      parallelShare: usualParallelShare,
      batch: 150,
      jobs: 1,
      level: 3,
      interpretOnly: false,
      toolchain: 'bundled',
    },
    () => {},
  );
  const failures = tally.failures.map(({ program, failure }) => ({
    program: program.index,
    ...failure,
  }));
  assert.equal(failures, []);
  assert.is(tally.programs, count);
  assert.ok(tally.discarded <= count * 0.05, `${tally.discarded} of ${count} were discarded`);
});

test('a wrong result of any way of running is told', () => {
  const program = { ...makeProgram(5, 7), approximate: false };
  const right = [{ result: '1', arrays: [] }];
  const wrong = [{ result: '2', arrays: [] }];
  const answers = (result: string, leaked = 0) => [{ result, arrays: [], leaked }];
  const native = [
    { threads: 1, result: answers('1') },
    { threads: 16, result: answers('1') },
  ];
  const runs = { v8: right, before: right, after: right, native };
  const kind = (other: object): string => judge(program, { ...runs, ...other }).kind;
  assert.is(kind({}), 'agreed');
  for (const way of ['v8', 'before', 'after']) assert.is(kind({ [way]: wrong }), 'failed', way);
  for (const result of [answers('2'), answers('1', 1), [], 'the process was ended by SIGSEGV'])
    assert.is(kind({ native: [...native.slice(1), { threads: 3, result }] }), 'failed');
  assert.is(kind({ native: [] }), 'failed');
  const long = [{ error: 'StepLimit: more than 9 steps, name "StepLimit"', arrays: [] }];
  assert.is(kind({ after: long }), 'failed', 'what is optimized takes more steps');
  assert.is(kind({ before: long }), 'agreed');
  for (const way of ['v8', 'after']) assert.is(kind({ before: long, [way]: wrong }), 'failed', way);
  const tooLong = { before: long, after: long };
  const ofThreads = (result: object) => ({ native: [...native, { threads: 3, result }] });
  assert.is(kind(tooLong), 'agreed');
  assert.is(kind({ ...tooLong, v8: wrong }), 'failed');
  for (const result of [answers('2'), answers('1', 1), [], [{ ...long[0], leaked: 0 }]])
    assert.is(kind({ ...tooLong, ...ofThreads(result) }), 'failed');
  // What V8 needn't give is compared among the others.
  const check = [{ error: 'RangeError: index 9 is outside of the array', arrays: [], leaked: 0 }];
  const checked = { ...tooLong, native: [{ threads: 1, result: check }] };
  assert.is(kind(checked), 'agreed');
  assert.is(kind({ ...checked, after: right }), 'failed');
  const ofMath = (other: object): string =>
    judge({ ...program, approximate: true }, { ...runs, ...tooLong, v8: wrong, ...other }).kind;
  assert.is(ofMath({}), 'agreed');
  assert.is(ofMath({ after: wrong }), 'failed');
  for (const result of [answers('2'), answers('1', 1)])
    assert.is(ofMath(ofThreads(result)), 'failed');
});

test.run();
