/**
 * What functions know of each other's numbers: facts of parameters and results across all calls, which the
 * passes over single functions use, and integers instead of doubles in the signatures of functions that
 * nobody else calls.
 *
 * A parameter or result becomes an integer where all that is passed is an integer within ±2^53 and no −0 that
 * can be told from 0, and where somebody wants an integer: see `narrow-plan.ts`. A changed signature makes
 * new wishes, such as where a function passes its own parameter on, so it is asked again.
 */
import { wrap } from '../../ir/scalars.ts';
import {
  isInteger,
  isScalar,
  type Constant,
  type IrFunction,
  type IrType,
  type Parameter,
} from '../../ir/types.ts';
import { fitsType, onlyValue, type Fact } from '../facts.ts';
import type { Note } from '../notes.ts';
import type { ModulePass, PassContext } from '../pass.ts';
import { wantedIntegers, type Candidate } from './candidates.ts';
import { Signatures, type PassedType } from './signatures.ts';
import { summarize } from './summarize.ts';

export const acrossCalls: ModulePass = (module, context) => {
  const summary = summarize(module, context.gone);
  for (const [name, one] of summary?.functions ?? []) context.summaries.set(name, one);
  for (const [place, fact] of summary?.slots ?? []) context.slots.set(place, fact);
  const changed = new Set<IrFunction>();
  const functions = new Map(module.functions.map((fn) => [fn.name, fn]));
  const signatures = new Signatures(module, context.assertElided);
  for (const fn of module.functions) if (useConstants(fn, signatures, context)) changed.add(fn);
  const waiting = new Set(module.functions.filter(({ name }) => context.summaryOf(name)));
  // What is added again while the set is walked is visited again.
  for (const fn of waiting) {
    waiting.delete(fn);
    for (const candidate of wantedIntegers(fn, functions, context)) {
      const { of } = candidate;
      if (!change(candidate, signatures, context)) continue;
      const callers = signatures.callersOf(of);
      for (const each of [of, ...callers]) changed.add(each);
      for (const each of candidate.kind === 'param' ? callers : [of]) waiting.add(each);
    }
  }
  return [...changed];
};

/** Makes an integer of a parameter or result. Returns false for one that has become one meanwhile. */
function change(
  { kind, of, index, fact }: Candidate,
  signatures: Signatures,
  { noteOf }: PassContext,
): boolean {
  const type: PassedType = fitsType(fact, 'i32') ? 'i32' : 'i64';
  const param = of.params[index];
  if ((kind === 'param' ? param?.value.type : of.results[index]) !== 'f64') return false;
  if (kind === 'param') signatures.changeParam(of, index, type);
  else signatures.changeResult(of, index, type);
  const { lo, hi } = fact;
  const subject = kind === 'param' ? param?.name : undefined;
  const reason = { name: kind === 'param' ? 'passed' : 'returned', range: { lo, hi } } as const;
  noteOf?.(of.name, { kind: 'type', span: of.span, subject, type, wanted: true, reason });
  return true;
}

/** Uses constants instead of the parameters that are the same in every call. */
function useConstants(fn: IrFunction, signatures: Signatures, context: PassContext): boolean {
  const summary = context.summaryOf(fn.name);
  if (!summary || summary.isOpen) return false;
  const constant = fn.params.flatMap((param, index): (readonly [Parameter, Constant])[] => {
    const value = constantOf(param.value.type, summary.params[index]);
    return value === undefined ? [] : [[param, value]];
  });
  for (const [param, value] of constant) {
    signatures.useConstant(fn, param, value);
    context.noteOf?.(fn.name, constantNote(fn, param, value));
  }
  return constant.length > 0;
}

/** The only value of a type that a fact allows. */
function constantOf(type: IrType, fact: Fact | undefined): Constant | undefined {
  const value = fact && onlyValue(fact);
  if (value === undefined || !isScalar(type)) return undefined;
  if (type === 'bool') return value === 1;
  if (isInteger(type)) return Number.isSafeInteger(value) ? wrap(type, BigInt(value)) : undefined;
  return type === 'f64' || Math.fround(value) === value ? value : undefined;
}

const constantNote = ({ span }: IrFunction, { name }: Parameter, value: Constant): Note => ({
  kind: 'other',
  span,
  subject: name,
  outcome: 'A parameter is a constant',
  parts: ['Every call passes ', { code: `${value}` }, ' for ', { code: name }, '.'],
});
