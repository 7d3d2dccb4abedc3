/** Writes the loops of a function of small arrays: over the axes in front of theirs, one after the other. */
import { ts } from '../../ts-morph.ts';

export interface GuvectorizeSource {
  readonly name: string;
  /** As an expression. */
  readonly fn: string;
  /** How many of the function's parameters are places for results. */
  readonly results: number;
  /** The classes of the elements of its parameters. */
  readonly classes: readonly string[];
}

/** How many results a signature such as `(n,m),(m)->(n)` has; undefined where it isn't written there. */
export function resultsOf(signature: ts.Expression | undefined): number | undefined {
  if (!signature || !ts.isStringLiteralLike(signature)) return undefined;
  return signature.text.split('->')[1]?.match(/\(/g)?.length;
}

/** The text of native functions, of which the first takes the number of axes, the results and the arguments. */
export function guvectorizeLoops({ name, fn, results, classes }: GuvectorizeSource): string {
  const inputs = classes.length - results;
  const outs = classes.slice(inputs).map((_, index) => `$o${index}`);
  const args = classes.slice(0, inputs).map((_, index) => `$x${index}`);
  const all = [...outs, ...args];
  const types = [...classes.slice(inputs), ...classes.slice(0, inputs)];
  const params = all.map((array, index) => `${array}: $NdArray<${types[index]}>`).join(', ');
  return `/** @native */
function ${name}($axes: number, ${params}): boolean {
  if (!$isNative()) return false;
  ${name}_over($axes, ${all.join(', ')});
  return true;
}
function ${name}_over($axes: number, ${params}): void {
  if ($axes === 0) {
    (${fn})(${[...args, ...outs].join(', ')});
    return;
  }
  for (let $i = 0; $i < ${outs[0]}.shape[0]!; $i++) ${name}_over($axes - 1, ${all.map((array) => `${array}.pick(0, $i)`).join(', ')});
}`;
}
