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
  const wrong = [{ result: '2', arrays: [], leaked: 0 }];
  const native = [{ result: '1', arrays: [], leaked: 0 }];
  const runs = { v8: right, before: right, after: right, native };
  assert.is(judge(program, runs).kind, 'agreed');
  for (const way of ['v8', 'before', 'after', 'native'])
    assert.is(judge(program, { ...runs, [way]: wrong }).kind, 'failed');
  const leaking = [{ result: '1', arrays: [], leaked: 1 }];
  assert.is(judge(program, { ...runs, native: leaking }).kind, 'failed');
  assert.is(judge(program, { ...runs, native: 'the process was ended by SIGSEGV' }).kind, 'failed');
});

test.run();
