/**
 * Writes the loops of a stencil: over the elements whose neighbours are all inside of the array without a question, and
 * over those near the borders with one for each neighbour.
 */
import { ts } from '../../ts-morph.ts';
import type { MadeOf } from './find.ts';
import { prologue } from './vectorize.ts';

/** How far away neighbours are. */
interface Reach {
  readonly rank: number;
  /** The calls that give neighbours, in the order of the source. */
  readonly calls: readonly NeighbourCall[];
  /** For each axis, how far back and how far ahead. */
  readonly back: readonly number[];
  readonly ahead: readonly number[];
}

interface NeighbourCall {
  readonly node: ts.CallExpression;
  /** Which of the function's parameters is called. */
  readonly parameter: number;
  readonly offsets: readonly number[];
}

const mostAxes = 4;

/** How far a function asks for neighbours; undefined where an offset isn't written as a number. */
export function reachOf(fn: MadeOf): Reach | undefined {
  const names = fn.parameters.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []));
  const calls: NeighbourCall[] = [];
  let isKnown = names.length === fn.parameters.length;
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && names.includes(node.text) && !isParameter(node)) {
      const { parent } = node;
      const offsets =
        ts.isCallExpression(parent) && parent.expression === node
          ? parent.arguments.map(numberOf)
          : [undefined];
      if (ts.isCallExpression(parent) && offsets.every((offset) => offset !== undefined))
        calls.push({ node: parent, parameter: names.indexOf(node.text), offsets });
      else isKnown = false;
    }
    ts.forEachChild(node, visit);
  };
  visit(fn);
  const rank = calls[0]?.offsets.length ?? 0;
  const areAlike = calls.every(({ offsets }) => offsets.length === rank);
  if (!isKnown || rank === 0 || rank > mostAxes || !areAlike) return undefined;
  const axes = Array.from({ length: rank }, (_, axis) =>
    calls.map(({ offsets }) => offsets[axis] ?? 0),
  );
  return {
    rank,
    calls,
    back: axes.map((offsets) => Math.max(0, ...offsets.map((offset) => -offset))),
    ahead: axes.map((offsets) => Math.max(0, ...offsets)),
  };
}

const isParameter = ({ parent }: ts.Identifier): boolean => ts.isParameter(parent);

/** A whole number that is written as such. */
function numberOf(node: ts.Expression): number | undefined {
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken) {
    const positive = numberOf(node.operand);
    return positive === undefined ? undefined : -positive;
  }
  const value = ts.isNumericLiteral(node) ? Number(node.text) : NaN;
  return Number.isSafeInteger(value) && value < 2 ** 20 ? value : undefined;
}

export interface StencilSource {
  readonly name: string;
  readonly fn: MadeOf;
  readonly reach: Reach;
  /** `constant` and the like, as a literal of the source. */
  readonly mode: string;
  /** As an expression. */
  readonly value: string;
  /** The class of the results. */
  readonly type: string;
}

const counters = ['$i', '$j', '$k', '$l'];

/** The text of a native function, and the classes of its arrays. */
export function stencilKernel({ name, fn, reach, mode, value, type }: StencilSource): {
  readonly text: string;
  readonly classes: readonly string[];
} {
  const classes = [type, ...fn.parameters.map(() => 'Float64Array')];
  const arrays = classes.map((_, array) => array);
  const first = mostAxes - reach.rank;
  /** The index on a slot, of which the first ones may be no axes of the arrays. */
  const place = (array: number, index: (slot: number) => string, step: string): string => {
    const slots = counters.map(
      (_, slot) => `${index(slot)}, $n${slot}, ${slot === 3 ? step : `$s${array}${slot}`}`,
    );
    return `$place4($o${array}, ${slots.join(', ')})`;
  };
  const shifted =
    (offsets: readonly number[]) =>
    (slot: number): string =>
      slot < first ? `${counters[slot]}` : `${counters[slot]} + (${offsets[slot - first]})`;
  const inside = (step: (array: number) => string): string =>
    elementOf(fn, reach, (array, offsets) => {
      return `$load($a${array}, ${place(array, shifted(offsets), step(array))})`;
    });
  const lead = { nearest: '$nearestIndex', wrap: '$wrappedIndex', reflect: '$reflectedIndex' }[
    mode
  ];
  const outside = elementOf(fn, reach, (array, offsets) => {
    const index = shifted(offsets);
    if (lead === undefined) {
      const tests = offsets.map((_, axis) => {
        const slot = first + axis;
        return `${index(slot)} >= 0 && ${index(slot)} < $n${slot}`;
      });
      return `(${tests.join(' && ')} ? $load($a${array}, ${place(array, index, `$s${array}3`)}) : (${value}))`;
    }
    const led = (slot: number): string =>
      slot < first ? index(slot) : `${lead}(${index(slot)}, $n${slot})`;
    return `$load($a${array}, ${place(array, led, `$s${array}3`)})`;
  });
  const store = (from: string, to: string, step: string, element: string): string =>
    `for (let $l = ${from}; $l < ${to}; $l++) $store($a0, ${place(0, (slot) => counters[slot]!, step)}, ${element});`;
  const isInner = reach.back.flatMap((_, axis) => {
    const slot = first + axis;
    if (slot === 3) return [];
    return [
      `${counters[slot]} >= ${reach.back[axis]} && ${counters[slot]} < $n${slot} - ${reach.ahead[axis]}`,
    ];
  });
  const [back, ahead] = [reach.back.at(-1), reach.ahead.at(-1)];
  const allUnit = arrays.map((array) => `$s${array}3 === 1`).join(' && ');
  const text = `/** @native */
function ${name}($g: Int32Array, ${classes.map((one, array) => `$a${array}: ${one}`).join(', ')}): boolean {
  if (!$isNative()) return false;
${prologue(arrays)}
  $parallel.for($n0, ($i: $i32) => {
    for (let $j = 0; $j < $n1; $j++)
      for (let $k = 0; $k < $n2; $k++) {
        const $isInner = ${['true', ...isInner].join(' && ')};
        const $from = $isInner ? Math.min(${back}, $n3) : $n3;
        const $to = $isInner ? Math.max($from, $n3 - ${ahead}) : $n3;
        ${store('0', '$from', '$s03', outside)}
        if (${allUnit}) { ${store(
          '$from',
          '$to',
          '1',
          inside(() => '1'),
        )} }
        else { ${store(
          '$from',
          '$to',
          '$s03',
          inside((array) => `$s${array}3`),
        )} }
        ${store('$to', '$n3', '$s03', outside)}
      }
  });
  return true;
}`;
  return { text, classes };
}

/** What the function gives, with other expressions in the place of the calls that give neighbours. */
function elementOf(
  { body }: MadeOf,
  { calls }: Reach,
  neighbour: (array: number, offsets: readonly number[]) => string,
): string {
  if (!body) throw new Error('a function of neighbours has a body');
  const start = body.getStart();
  const text = [...calls]
    .reverse()
    .reduce(
      (whole, { node, parameter, offsets }) =>
        `${whole.slice(0, node.getStart() - start)}${neighbour(parameter + 1, offsets)}${whole.slice(node.end - start)}`,
      body.getText(),
    );
  return `(() => ${ts.isBlock(body) ? text : `(${text})`})()`;
}
