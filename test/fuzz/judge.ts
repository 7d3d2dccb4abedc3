/** Whether the ways of running a program agree. */
import { sameOutcome, type Outcome } from '../support/outcome.ts';
import type { Program } from './program.ts';
import type { NativeOutcome, NativeResult } from './run/native.ts';

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
  readonly native: NativeResult | undefined;
}

/** Whether an error is one that tsnative's own checks throw where JavaScript goes on. */
export const isCheck = ({ error }: Outcome): boolean =>
  /^(RangeError: ((write to )?index .* is outside|.* does not fit |The shifted bigint|.* would make holes)|TypeError: .* (can't be (undefined|null)$|is no |in another order than))/.test(
    error ?? '',
  );

/** Compares the outcomes of all calls. */
export function judge(program: Program, runs: Runs): Verdict {
  if (typeof runs.native === 'string') {
    return { kind: 'failed', what: `native: ${runs.native}`, call: undefined, details: {} };
  }
  let stopped = 0;
  for (const [call, first] of runs.before.entries()) {
    const failure = failureOf(program, runs, runs.native, call);
    if (failure) return failure;
    if (isCheck(first)) stopped++;
  }
  const calls = runs.before.length;
  if (stopped === calls) return { kind: 'discarded', reason: 'a check stopped every call' };
  return { kind: 'agreed', calls, stopped };
}

function failureOf(
  { approximate }: Program,
  { v8, before, after }: Runs,
  native: readonly NativeOutcome[] | undefined,
  call: number,
): Failure | undefined {
  const interpreted = before[call];
  if (!interpreted) return undefined;
  const details = {
    V8: v8[call],
    interpreter: interpreted,
    'interpreter after optimization': after[call],
    native: native?.[call],
  };
  const differs = (other: Outcome | undefined): boolean =>
    !other || !sameOutcome(interpreted, other);
  const failed = (what: string): Failure => ({ kind: 'failed', what, call, details });
  if (/^Interpreter/.test(interpreted.error ?? '')) return failed('the interpreter refuses the IR');
  if (!approximate && !isCheck(interpreted) && differs(v8[call]))
    return failed('V8 and the interpreter differ');
  if (differs(after[call])) return failed('the interpreter differs after optimization');
  if (!native) return undefined;
  const { leaked = 0, ...outcome } = native[call] ?? {};
  if (!native[call] || differs(outcome as Outcome))
    return failed('machine code and the interpreter differ');
  return leaked === 0 ? undefined : failed('machine code leaks');
}
