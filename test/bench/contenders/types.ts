/** Who takes part in a benchmark. */
import type { Argument, TypedArray } from '../kernels/case.ts';

/** A kernel with its arguments in place. */
export interface Prepared {
  run(): unknown;
  /** The array arguments, in memory of whoever takes part. */
  readonly arrays: readonly TypedArray[];
}

/** A kernel in one of its forms. */
export interface Contender {
  prepare(args: readonly Argument[]): Prepared;
}

export type KernelFunction = (...args: readonly Argument[]) => unknown;

/** A contender that works on JavaScript's memory. */
export const inJavaScriptMemory = (f: KernelFunction): Contender => ({
  prepare: (args) => ({ run: bind(f, args), arrays: args.filter(isArray) }),
});

export const isArray = (argument: Argument): argument is TypedArray => typeof argument === 'object';

/** A call without the cost of spreading arguments, and with feedback of its own in V8. */
export function bind(f: KernelFunction, args: readonly Argument[]): () => unknown {
  const names = args.map((_, index) => `a${index}`);
  const source = `const [${names.join(', ')}] = args; return () => f(${names.join(', ')});`;
  return new Function('f', 'args', source)(f, args) as () => unknown;
}
