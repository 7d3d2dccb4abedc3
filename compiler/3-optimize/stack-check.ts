/**
 * Functions that can call themselves, directly or through others, check the stack when they are
 * entered: endless recursion must throw RangeError. Calls that are no part of a cycle are nested
 * only as deep as the source is long.
 */
import type { Pass, PassContext } from './pass.ts';

export const stackCheck: Pass = (fn, context) => {
  const [first] = fn.body;
  if (first?.kind === 'op' && first.op === 'check.stack') return false;
  if (!isRecursive(fn.name, context)) return false;
  fn.body.unshift({
    kind: 'op',
    op: 'check.stack',
    args: [],
    results: [],
    attributes: {},
    span: fn.span,
  });
  return true;
};

/** Whether a function is part of a cycle of the call graph. */
function isRecursive(name: string, context: PassContext): boolean {
  const reached = new Set(context.calleesOf(name));
  // The set grows while it is walked.
  for (const callee of reached) {
    if (callee === name) return true;
    for (const next of context.calleesOf(callee)) reached.add(next);
  }
  return false;
}
