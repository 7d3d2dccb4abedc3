/**
 * Writes the loops of a vectorised function: four axes, of which the first is divided among threads. Where all arrays have
 * their elements one after the other on the innermost axis, or stay at one there, it is a loop of its own, which has
 * nothing in it but the function.
 */

/** What a kernel is written for. */
export interface KernelSource {
  /** The kernel's. */
  readonly name: string;
  /** The function of numbers, as an expression. */
  readonly fn: string;
  /** The class of the results, then those of the arguments; of numbers the type. */
  readonly classes: readonly string[];
  /** JavaScript calls it; without it native code alone does. */
  readonly isTagged?: boolean;
}

/** With more arguments than this there is no loop for each that may stay at one element. */
const mostStill = 3;

/** The text of a native function: see `runtime/nd/attached.ts` for what it takes. */
export function vectorizeKernel(source: KernelSource): string {
  const { name, fn, classes, isTagged = true } = source;
  const arrays = classes.flatMap((type, array) => (isClass(type) ? [array] : []));
  const inputs = classes.map((_, array) => array).slice(1);
  const given = { inputs, arrays: arrays.slice(1), classes, fn: isName(fn) ? fn : '$f' };
  const params = classes.map((type, array) => `$a${array}: ${type}`);
  return `${isTagged ? '/** @native */\n' : ''}function ${name}($g: Int32Array, ${params.join(', ')}): boolean {
  if (!$isNative()) return false;
${isName(fn) ? '' : `  const $f = (${fn});\n`}${prologue(arrays)}
${region(given)}
  return true;
}`;
}

const isName = (text: string): boolean => /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(text);

const isClass = (type: string): boolean => type.endsWith('Array');

/** Statements that read the geometry, which must not lead out of the arrays. */
export function prologue(arrays: readonly number[]): string {
  const length = 4 + 5 * arrays.length;
  const sizes = [0, 1, 2, 3].map((axis) => `  const $n${axis}: $i32 = $g[${axis}]!;`);
  const places = arrays.flatMap((array, at) => [
    `  const $o${array}: $i32 = $g[${4 + at * 5}]!;`,
    ...[0, 1, 2, 3].map((axis) => `  const $s${array}${axis}: $i32 = $g[${5 + at * 5 + axis}]!;`),
    `  if (!$placesFit($a${array}.length, $o${array}, $n0, $n1, $n2, $n3, $s${array}0, $s${array}1, $s${array}2, $s${array}3, null)) throw new RangeError('a kernel got a geometry that leads out of an array');`,
  ]);
  return [
    `  if ($g.length !== ${length}) throw new RangeError('a kernel got a geometry of ' + $g.length + ' numbers');`,
    ...sizes,
    ...places,
  ].join('\n');
}

interface Arguments {
  /** The arguments' numbers; the result is 0. */
  readonly inputs: readonly number[];
  /** Those of them that aren't numbers. */
  readonly arrays: readonly number[];
  readonly classes: readonly string[];
  /** What is called. */
  readonly fn: string;
}

/** All loops, of which the outermost is divided among threads. */
const region = (given: Arguments): string => `  $parallel.for($n0, ($i: $i32) => {
    for (let $j = 0; $j < $n1; $j++)
      for (let $k = 0; $k < $n2; $k++) {
${innermost(given)}
      }
  });`;

/** The loop over the innermost axis, for each way in which the arrays may lie there. */
function innermost(given: Arguments): string {
  const { arrays } = given;
  const still = arrays.length > mostStill ? [] : properSubsets(arrays);
  const ways = [[], ...still].map((held) => {
    const tests = arrays.map((a) => `$s${a}3 === ${held.includes(a) ? 0 : 1}`);
    return `if (${['$s03 === 1', ...tests].join(' && ')}) {\n${loop(given, held, { out: '1', inputs: '1' })}\n} else `;
  });
  // Elements that are fetched one by one can still be computed together, where they are stored so.
  const gathered = `if ($s03 === 1) {\n${loop(given, [], { out: '1', inputs: undefined })}\n} else `;
  return `${ways.join('')}${gathered}{\n${loop(given, [], { out: undefined, inputs: undefined })}\n}`;
}

/** Bigints need a hint. */
const hintOf = (type: string | undefined): string =>
  type === 'BigInt64Array' ? ': $i64' : type === 'BigUint64Array' ? ': $u64' : '';

/** The strides of the result and of all arguments on the innermost axis; undefined where each has its own. */
interface Steps {
  readonly out: string | undefined;
  readonly inputs: string | undefined;
}

function loop(
  { inputs, arrays, classes, fn }: Arguments,
  held: readonly number[],
  steps: Steps,
): string {
  const row = (array: number): string =>
    `$o${array}, $i, $n0, $s${array}0, $j, $n1, $s${array}1, $k, $n2, $s${array}2`;
  const place = (array: number): string =>
    `$place4(${row(array)}, $l, $n3, ${(array === 0 ? steps.out : steps.inputs) ?? `$s${array}3`})`;
  const first = held.map(
    (array) =>
      `const $x${array}${hintOf(classes[array])} = $load($a${array}, $place3(${row(array)}));`,
  );
  const args = inputs.map((array) => {
    if (!arrays.includes(array)) return `$a${array}`;
    return held.includes(array) ? `$x${array}` : `$load($a${array}, ${place(array)})`;
  });
  return `${first.join('\n')}
for (let $l = 0; $l < $n3; $l++) $store($a0, ${place(0)}, ${fn}(${args.join(', ')}));`;
}

/** The subsets but for none and for all. */
function properSubsets(items: readonly number[]): number[][] {
  const all = items.reduce<number[][]>(
    (subsets, item) => [...subsets, ...subsets.map((subset) => [...subset, item])],
    [[]],
  );
  return all.filter(({ length }) => length > 0 && length < items.length);
}
