/** Whether the ways of running a program agree. */
import { sameOutcome, type Outcome } from '../support/outcome.ts';
import type { Program } from './program.ts';
import type { NativeOutcome, NativeRun } from './run/native.ts';

/** What was found of one program. */
export type Verdict =
  | { readonly kind: 'agreed'; readonly calls: number; readonly stopped: number }
  /** It couldn't be used. */
  | { readonly kind: 'discarded'; readonly reason: string }
  | Failure;

export interface Failure {
  readonly kind: 'failed';
  /** What is wrong, in words that are the same for what is likely the same bug. */
  readonly what: string;
  /** The index of the call's arguments, where it is a call that went wrong. */
  readonly call: number | undefined;
  /** What each way of running gave, or a message. */
  readonly details: Readonly<Record<string, unknown>>;
}

export interface Runs {
  readonly v8: readonly Outcome[];
  readonly before: readonly Outcome[];
  readonly after: readonly Outcome[];
  /** Undefined where machine code wasn't asked for. */
  readonly native: readonly NativeRun[] | undefined;
}

/** Whether an error is one that tsnative's own checks throw where JavaScript goes on. */
export const isCheck = ({ error }: Outcome): boolean =>
  /^(RangeError: ((write to )?index .* is outside|.* does not fit |The shifted bigint|.* would make holes)|TypeError: .* (can't be (undefined|null)$|is no |in another order than))/.test(
    error ?? '',
  );

/** Whether the interpreter has made as many steps as it may. */
const isGivenUp = ({ error }: Outcome): boolean => error?.startsWith('StepLimit: ') === true;

/** Compares the outcomes of all calls. */
export function judge(program: Program, runs: Runs): Verdict {
  const ended = runs.native?.find(({ result }) => typeof result === 'string');
  if (ended) {
    const details = { threads: ended.threads };
    return { kind: 'failed', what: `native: ${String(ended.result)}`, call: undefined, details };
  }
  if (runs.native?.length === 0)
    return { kind: 'failed', what: 'native: no result', call: undefined, details: {} };
  let stopped = 0;
  for (const [call, first] of runs.before.entries()) {
    const what = wrong(program, runs, call, first);
    if (what) return { kind: 'failed', what, call, details: detailsOf(runs, call) };
    if (isCheck(first)) stopped++;
  }
  const calls = runs.before.length;
  if (stopped === calls) return { kind: 'discarded', reason: 'a check stopped every call' };
  return { kind: 'agreed', calls, stopped };
}

/** What is wrong with one call of a program; undefined where everything agrees. */
function wrong(
  { approximate }: Program,
  { v8, after, native }: Runs,
  call: number,
  interpreted: Outcome,
): string | undefined {
  if (/^Interpreter/.test(interpreted.error ?? '')) return 'the interpreter refuses the IR';
  const optimized = after[call];
  const machine = (native ?? []).map(({ result }) =>
    typeof result === 'string' ? undefined : result[call],
  );
  // What takes too long for the interpreter is judged without it. What is optimized may take less, never more.
  const isLong = isGivenUp(interpreted);
  const isExcused = isLong && optimized !== undefined && isGivenUp(optimized);
  const others = [isExcused ? undefined : optimized, ...machine.map(outcomeOf)].filter(
    (outcome) => outcome !== undefined,
  );
  const expected = isLong ? withoutInterpreter(approximate, v8[call], others) : interpreted;
  const differs = (other: Outcome | undefined): boolean =>
    !expected || !other || !sameOutcome(expected, other);
  if (!isLong && !approximate && !isCheck(interpreted) && differs(v8[call]))
    return 'V8 and the interpreter differ';
  if (!isExcused && differs(optimized)) return 'the interpreter differs after optimization';
  for (const found of machine) {
    if (differs(found && outcomeOf(found))) return 'machine code and the interpreter differ';
    if (found?.leaked !== 0) return 'machine code leaks';
  }
  return undefined;
}

/** What all others must give: what V8 does, or where that need not be the same, what the first of them does. */
function withoutInterpreter(
  approximate: boolean,
  v8: Outcome | undefined,
  [first]: readonly Outcome[],
): Outcome | undefined {
  return first && (approximate || isCheck(first)) ? first : v8;
}

const outcomeOf = (found: NativeOutcome | undefined): Outcome | undefined => {
  if (!found) return undefined;
  const { leaked: _, ...outcome } = found;
  return outcome;
};

function detailsOf({ v8, before, after, native }: Runs, call: number): Failure['details'] {
  const machine = (native ?? []).map(({ threads, result }) => [
    native?.length === 1 ? 'native' : `native, ${threads} threads`,
    result[call],
  ]);
  return {
    V8: v8[call],
    interpreter: before[call],
    'interpreter after optimization': after[call],
    ...Object.fromEntries(machine),
  };
}
