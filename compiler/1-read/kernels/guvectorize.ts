/**
 * Writes the loops of a function of small arrays: over the axes in front of theirs, the first two of which are divided
 * among threads. Its arrays are made of the numbers that say where they lie, in each round, so that they need no memory.
 */
import { ts } from '../../ts-morph.ts';

export interface GuvectorizeSource {
  readonly name: string;
  /** As an expression. */
  readonly fn: string;
  /** The names of the axes of its parameters: of the arguments, then of the results. */
  readonly axes: readonly (readonly string[])[];
  readonly results: number;
  /** The classes of the elements of its parameters. */
  readonly classes: readonly string[];
}

/** The axes of a signature such as `(n,m),(m)->(n)`, and how many results it has; undefined where it isn't written there. */
export function signatureOf(
  signature: ts.Expression | undefined,
): Pick<GuvectorizeSource, 'axes' | 'results'> | undefined {
  if (!signature || !ts.isStringLiteralLike(signature)) return undefined;
  const [inputs = [], results = []] = signature.text
    .split('->')
    .map((side) => [...side.matchAll(/\(([^()]*)\)/g)].map(([, names = '']) => namesIn(names)));
  return { axes: [...inputs, ...results], results: results.length };
}

const namesIn = (list: string): string[] =>
  list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** The most axes whose sizes and strides are fields of an array. */
const mostFields = 4;
/** How many axes there are in front of the function's. */
const loopAxes = 3;
/** A longer function isn't there twice. */
const longest = 1000;

/** The text of a native function, which takes the geometry (`runtime/nd/cores.ts`), the results' elements and the arguments'. */
export function guvectorizeLoops(source: GuvectorizeSource): {
  readonly text: string;
  /** Of the results, then of the arguments. */
  readonly classes: readonly string[];
  /** How many numbers the geometry has. */
  readonly length: number;
} {
  const { name, fn, axes, results, classes } = source;
  const inputs = classes.length - results;
  const order = [...classes.keys()].map((index) => (index + inputs) % classes.length);
  const sizes = [...new Set(axes.flat())];
  let at = loopAxes + sizes.length;
  const arrays = order.map((parameter, array) => {
    const names = axes[parameter] ?? [];
    const [type = '', start] = [classes[parameter], at];
    at += 1 + loopAxes + names.length;
    return { array, parameter, names, type, start };
  });
  const constant = (variable: string, index: number): string =>
    `  const ${variable}: $i32 = $g[${index}]!;`;
  const sizeOf = (size: string): string => `$d${sizes.indexOf(size)}`;
  const stridesOf = ({ array, names }: (typeof arrays)[number]): string[] =>
    names.map((_, axis) => `$c${array}${axis}`);
  const read = [
    ...[0, 1, 2].map((axis) => constant(`$n${axis}`, axis)),
    ...sizes.map((size, index) => constant(sizeOf(size), loopAxes + index)),
    ...arrays.flatMap((one) => [
      constant(`$o${one.array}`, one.start),
      ...[0, 1, 2].map((axis) => constant(`$s${one.array}${axis}`, one.start + 1 + axis)),
      ...stridesOf(one).map((stride, axis) => constant(stride, one.start + 1 + loopAxes + axis)),
    ]),
  ];
  const fit = arrays.map((one) => {
    const { array, names } = one;
    const own = [...names.map(sizeOf), ...stridesOf(one)].join(', ');
    return `  if (!$placesFit($a${array}.length, $o${array}, $n0, $n1, $n2, 1, $s${array}0, $s${array}1, $s${array}2, 0, ${names.length > 0 ? `[${own}]` : 'null'})) throw new RangeError('a kernel got a geometry that leads out of an array');`;
  });
  const partOf = (one: (typeof arrays)[number], isDense: boolean): string => {
    const { array, names, type } = one;
    const step = (axis: number, index: string): string => `${index}, $n${axis}, $s${array}${axis}`;
    const place = `$place3($o${array}, ${step(0, '$i')}, ${step(1, '$j')}, ${step(2, '$k')})`;
    const own = names.map(sizeOf);
    const strides = stridesOf(one).map((stride, axis) =>
      isDense && axis === names.length - 1 ? '1' : stride,
    );
    if (names.length > mostFields)
      return `$viewOf($a${array}, [${own.join(', ')}], [${strides.join(', ')}], ${place})`;
    const fields = (values: readonly string[], none: string): string[] =>
      [0, 1, 2, 3].map((axis) => values[axis] ?? none);
    return `$partAt<$NdArray<${type}>>($a${array}, ${[place, names.length, ...fields(own, '1'), ...fields(strides, '0')].join(', ')})`;
  };
  const inOrder = [...arrays].sort((a, b) => a.parameter - b.parameter);
  const inner = (isDense: boolean): string => {
    const args = inOrder.map((one) => partOf(one, isDense));
    return `for (let $k: $i32 = 0; $k < $n2; $k++) (${fn})(${args.join(',\n')});`;
  };
  const dense = arrays.flatMap((one) => {
    const last = stridesOf(one).at(-1);
    return last === undefined ? [] : [`${last} === 1`];
  });
  // Elements that are one behind the other have loops of their own.
  const both =
    dense.length > 0 && fn.length <= longest
      ? `if (${dense.join(' && ')}) ${inner(true)}\n    else ${inner(false)}`
      : inner(false);
  const rounds = `    const $i: $i32 = $n1 === 1 ? $ij : ($ij / $n1) | 0;
    const $j: $i32 = $ij - $i * $n1;
    ${both}`;
  const loops = `  $parallel.for($n0 * $n1, ($ij: $i32) => {\n${rounds}\n  });`;
  const params = arrays.map(({ array, type }) => `$a${array}: ${type}`).join(', ');
  const text = `/** @native */
function ${name}($g: Int32Array, ${params}): boolean {
  if (!$isNative()) return false;
  if ($g.length !== ${at}) throw new RangeError('a kernel got a geometry of ' + $g.length + ' numbers');
${[...read, ...fit, loops].join('\n')}
  return true;
}`;
  return { text, classes: arrays.map(({ type }) => type), length: at };
}
