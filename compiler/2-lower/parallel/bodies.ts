/** The functions that parallel loops are given, and the calls of them. */
import type { CallExpression, Node } from '../../ts-morph.ts';
import { isGenerated } from '../../1-read/kernels/index.ts';
import { isInteger, type IntegerType } from '../../ir/types.ts';
import type { Argument } from '../expressions/calls.ts';
import { callableOf, callWith, expectedHint, type Callable } from '../functions/callable.ts';
import { ignored, type InnerFunction } from '../functions/frame.ts';
import type { Lowering } from '../lowering.ts';
import type { Operand } from '../operands.ts';
import { sourceOf } from '../refusals.ts';
import { checkRaces, type Body } from './races.ts';

export type InnerCallable = Extract<Callable, { kind: 'inner' }>;

/** A body with what is known of it. */
export interface Checked extends Body {
  readonly callable: InnerCallable;
  readonly fn: InnerFunction;
}

/**
 * The function that an argument is, which has to be safe to be run by several threads.
 * @param index which of its parameters is the number of the iteration; undefined where none is
 */
export function bodyOf(
  l: Lowering,
  node: Node,
  at: CallExpression,
  index: number | undefined,
): Checked {
  const callable = callableOf(l, node);
  if (callable?.kind !== 'inner') return refuseUnwritten(l, node, at);
  const { fn } = callable.variable;
  // Whoever calls what the compiler has written sees to it that arrays are apart, or the same.
  const checked = isGenerated(fn.compilerNode)
    ? { written: new Map<never, never>(), guards: [], exact: [] }
    : checkRaces(fn, index);
  return 'code' in checked ? l.refuse(checked) : { ...checked, callable, fn };
}

/** Refuses a function that isn't inside the one that is lowered. */
export const refuseUnwritten = (l: Lowering, node: Node, at: CallExpression): never =>
  l.unsupported(node, {
    what: `${at.getExpression().getText()} with a function that isn't written there`,
    why: 'What its iterations share must be seen to be sure that they have no races.',
    rewrite: `A function that calls it: (…) => ${sourceOf(node)}(…)`,
  });

export type IndexType = Exclude<IntegerType, 'i64' | 'u64'> | 'f64';

/** The type of the parameter that is the number of the iteration: an integer by hint, or a double. */
export function indexType(l: Lowering, { callable }: Checked, parameter: number): IndexType {
  const type = expectedHint(l, callable, parameter)?.type;
  return type !== undefined && isInteger(type) && type !== 'i64' && type !== 'u64' ? type : 'f64';
}

/** Calls a body with arguments that have been evaluated. */
export function call(
  p: Lowering,
  { callable, fn }: Checked,
  operands: readonly Operand[],
  node: CallExpression,
  isIgnored = false,
): Operand {
  const args = operands.map((operand): Argument => ({ operand, node: fn }));
  return callWith(p, callable, args, isIgnored ? ignored : undefined, node);
}
