/** What a call, or a method that takes a callback, can call. */
import { Node } from '../../ts-morph.ts';
import { unwrapped } from '../../1-read/function-nodes.ts';
import type { NativeFunction } from '../../1-read/model.ts';
import { callNative, type Argument } from '../expressions/calls.ts';
import type { Lowering } from '../lowering.ts';
import type { Operand } from '../operands.ts';
import { sourceOf } from '../refusals.ts';
import { fromValues } from '../statements/variables.ts';
import type { InnerFunction, Result } from './frame.ts';
import { runInner } from './inline.ts';

export type Callable =
  | { readonly kind: 'inner'; readonly fn: InnerFunction }
  | { readonly kind: 'native'; readonly fn: NativeFunction };

/** The function that an expression always stands for; undefined where there is none. */
export function callableOf(l: Lowering, node: Node): Callable | undefined {
  const inner = unwrapped(node);
  if (Node.isArrowFunction(inner) || Node.isFunctionExpression(inner))
    return { kind: 'inner', fn: inner };
  if (Node.isIdentifier(inner)) {
    const variable = l.lookup(inner);
    if (variable?.kind === 'function') return { kind: 'inner', fn: variable.fn };
    if (variable) return undefined;
  } else if (!Node.isPropertyAccessExpression(inner)) return undefined;
  const resolved = l.module.reading.resolveCallee(inner);
  if (resolved === undefined) return undefined;
  return 'code' in resolved ? l.refuse(resolved) : { kind: 'native', fn: resolved };
}

/** As `callableOf`, for an argument that must be a function. */
export function callback(l: Lowering, node: Node): Callable {
  const callable = callableOf(l, node);
  if (callable) return callable;
  const source = sourceOf(node);
  return l.unsupported(node, {
    what: `the callback \`${source}\``,
    why: 'The function that is called for each element must be known when compiling.',
    rewrite: `(x) => ${source}(x)`,
  });
}

/** Calls it with arguments that have been evaluated. @param result what is made of its result; undefined: what its type says */
export function callWith(
  l: Lowering,
  callable: Callable,
  args: readonly Argument[],
  result: Result | undefined,
  node: Node,
): Operand {
  if (callable.kind === 'inner') return runInner(l, callable.fn, args, result, node);
  const operand = callNative(l, callable.fn, args, node);
  return result ? fromValues(result.take(operand, node)) : operand;
}
