/**
 * What is found out of functions that don't change any more, as optimised ones: it is kept as long as they are there. Of
 * builds one after the other, most functions are those of the build before.
 */
import type { IrFunction, Operation } from './types.ts';
import { walkOps } from './walk.ts';

/**
 * Makes of a question one whose answers are kept.
 * @param find what depends on nothing but the function itself
 */
export function ofSettled<T>(find: (fn: IrFunction) => T): (fn: IrFunction) => T {
  const known = new WeakMap<IrFunction, { readonly found: T }>();
  return (fn) => {
    const before = known.get(fn);
    if (before) return before.found;
    const found = find(fn);
    known.set(fn, { found });
    return found;
  };
}

/** The operations of a function, in textual order, without what only errors run. */
export const settledOperations = ofSettled((fn): readonly Operation[] => {
  const operations: Operation[] = [];
  walkOps(fn.body, (op) => operations.push(op));
  return operations;
});

/** The names of what a function calls, each once. */
export const settledCallees = ofSettled((fn): readonly string[] => [
  ...new Set(settledOperations(fn).flatMap(({ attributes }) => attributes.callee ?? [])),
]);

/** The names of the operations in a function. */
export const settledKinds = ofSettled(
  (fn): ReadonlySet<string> => new Set(settledOperations(fn).map(({ op }) => op)),
);
