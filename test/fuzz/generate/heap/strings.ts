/** Strings: literals, joins, methods, and what is asked of them. */
import { boolean, integer, made, number, ts, type Part, type Tree } from '../../tree.ts';
import { stringType, type ValueKind } from '../../types.ts';
import { bigintTree } from '../bigints.ts';
import { booleanTree } from '../booleans.ts';
import { Context, type Form } from '../context.ts';
import { integerTree, maskedTree } from '../integers.ts';
import { numberTree } from '../numbers.ts';
import { caughtText } from './errors.ts';
import { listOfStrings } from './lists.ts';
import { choiceAsBase } from './unions.ts';
import { heapTree } from './values.ts';

const string = made(stringType);

export const stringTree = (c: Context, depth: number): Tree => heapTree(c, stringType, depth);

/** As they are written; narrow and wide, with surrogates, alone and in pairs, and what is read as numbers. */
const texts = [
  "''",
  "'a'",
  "'b'",
  "'abc'",
  "'aXbXc'",
  "' x '",
  "'é'",
  "'ÿß'",
  "'€uro'",
  "'😀'",
  "'\\ud83d'",
  "'\\ude00a'",
  "'12'",
  "'-0'",
  "'1e3'",
  "' 0x1f\\n'",
  "'NaN'",
  "'.5'",
  "'1_0'",
  "'Infinity'",
  "'\\0'",
  "'the quick brown fox jumps'",
  "'zażółć'",
  "'İi'",
  "'Σς'",
];

export const stringLeaf = (c: Context): Tree => string`${c.random.pick(texts)}`;

/** A string that TypeScript doesn't know more of than its type. */
const forgetful = (tree: Tree): Tree => string`(${tree}${ts(' as string')})`;

export const stringForms: readonly (readonly [number, Form])[] = [
  [4, (c) => stringLeaf(c)],
  [5, (c, depth) => string`(${stringTree(c, depth)} + ${stringTree(c, depth)})`],
  [3, (c, depth) => string`(${stringTree(c, depth)} + ${shown(c, depth)})`],
  [1, (c, depth) => string`(${shown(c, depth)} + ${stringTree(c, depth)})`],
  [4, template],
  [9, (c, depth) => method(c, depth)],
  [
    3,
    (c, depth) =>
      string`(${stringTree(c, depth)}[${integerTree(c, depth)}] ?? ${stringTree(c, depth)})`,
  ],
  [3, (c, depth) => fromNumber(c, depth)],
  [1, (c, depth) => string`String(${shown(c, depth)})`],
  [2, joinedList],
  [1, (c, depth) => string`String.fromCharCode(${numberTree(c, depth)})`],
  [1, (c, depth) => string`String.fromCodePoint(${maskedTree(c, depth, 2 ** 16)})`],
  [1, (c) => choiceAsBase(c, 'string')],
  [1, (c) => caughtText(c)],
];

/** What can be put into text. */
function shown(c: Context, depth: number): Tree {
  return c.random.weighted<() => Tree>([
    [5, () => numberTree(c, depth)],
    [2, () => integerTree(c, depth)],
    [1, () => booleanTree(c, depth)],
    [1, () => bigintTree(c, c.random.pick(['i64', 'u64']), depth, true)],
  ])();
}

function template(c: Context, depth: number): Tree {
  const parts = Array.from({ length: c.random.between(1, 3) }, (): Part[] => [
    c.random.pick(['', '', ' ', '-', 'é', '€', 'x=']),
    '${',
    c.chance(0.6) ? stringTree(c, depth) : shown(c, depth),
    '}',
  ]);
  return { kind: stringType, parts: ['`', ...parts.flat(), '`'] };
}

/** A position in a short text, or something wild. */
const place = (c: Context, depth: number): Tree =>
  c.random.weighted<() => Tree>([
    [5, () => number`${c.random.between(-3, 6)}`],
    [2, () => integerTree(c, depth)],
    [1, () => numberTree(c, depth)],
  ])();

const unaryMethods = ['toUpperCase', 'toLowerCase', 'trim', 'trimStart', 'trimEnd', 'toString'];

function method(c: Context, depth: number): Tree {
  const text = (): Tree => stringTree(c, depth);
  const at = (): Tree => place(c, depth);
  const self = text();
  const name = c.random.pick(['slice', 'substring', 'substr']);
  return c.random.weighted<() => Tree>([
    [3, () => string`${self}.${name}(${at()})`],
    [3, () => string`${self}.${name}(${at()}, ${at()})`],
    [2, () => string`${self}.charAt(${at()})`],
    [2, () => string`(${self}.at(${at()}) ?? ${text()})`],
    [4, () => string`${self}.${c.random.pick(unaryMethods)}()`],
    [
      2,
      () =>
        string`${self}.${c.random.pick(['padStart', 'padEnd'])}(${c.random.below(12)}, ${text()})`,
    ],
    [
      1,
      () => string`${self}.${c.random.pick(['padStart', 'padEnd'])}(${maskedTree(c, depth, 16)})`,
    ],
    [1, () => string`${self}.repeat(${maskedTree(c, depth, 4)})`],
    [2, () => string`${self}.replace(${text()}, ${text()})`],
    [1, () => string`${self}.replaceAll(${text()}, ${text()})`],
    [1, () => string`${self}.concat(${text()}, ${text()})`],
  ])();
}

function fromNumber(c: Context, depth: number): Tree {
  const value = c.chance(0.7) ? numberTree(c, depth) : integerTree(c, depth);
  const whole = number`(${value})`;
  return c.random.weighted<() => Tree>([
    [3, () => string`${whole}.toString()`],
    [2, () => string`${whole}.toFixed(${c.random.pick([0, 1, 2, 7, 20])})`],
    [1, () => string`${whole}.toString(${c.random.pick([2, 3, 8, 10, 16, 36])})`],
    [1, () => string`${whole}.toExponential(${c.random.below(6)})`],
    [1, () => string`${whole}.toPrecision(${c.random.between(1, 12)})`],
  ])();
}

function joinedList(c: Context, depth: number): Tree | undefined {
  const list = c.pick(
    c.variables(({ type }) => /^(number|string|boolean|i32|f64|f32|u8)\[\]$/.test(type)),
  );
  if (!list) return undefined;
  const separator = c.chance(0.5) ? `'${c.random.pick(['', ',', '; ', '€'])}'` : '';
  return string`${list.name}${c.chance(0.5) ? `.slice(0, ${c.random.between(1, 6)})` : ''}.join(${c.chance(0.1) ? stringTree(c, depth) : separator})`;
}

/** A number that is asked of a text. */
export function numberOfString(c: Context, depth: number, wanted: ValueKind): Tree | undefined {
  const text = stringTree(c, depth);
  const other = (): Tree => stringTree(c, depth);
  const find = c.random.pick(['indexOf', 'lastIndexOf']);
  const whole = c.random.weighted<() => Tree>([
    [3, () => integer`${text}.length`],
    [2, () => integer`${text}.${find}(${other()})`],
    [1, () => integer`${text}.${find}(${other()}, ${place(c, depth)})`],
    [1, () => integer`${listOfStrings(c, depth)}.length`],
  ]);
  if (wanted === 'integer' || c.chance(0.5)) return whole();
  return c.random.weighted<() => Tree>([
    [3, () => number`${text}.charCodeAt(${place(c, depth)})`],
    [1, () => number`(${text}.codePointAt(${place(c, depth)}) ?? ${numberTree(c, depth)})`],
    [1, () => number`Number(${text})`],
    [1, () => number`(+${text})`],
    [1, () => number`parseFloat(${text})`],
    [1, () => number`parseInt(${text}, ${c.random.pick([10, 16, 2, 36, 8])})`],
    [1, () => number`Number.parseInt(${text})`],
  ])();
}

/** A boolean that is asked of texts. */
export function booleanOfString(c: Context, depth: number): Tree {
  const text = stringTree(c, depth);
  const other = stringTree(c, depth);
  return c.random.weighted<() => Tree>([
    [3, () => boolean`(${text} ${c.random.pick(['<', '<=', '>', '>='])} ${other})`],
    [
      3,
      () =>
        boolean`(${forgetful(text)} ${c.random.pick(['===', '!==', '==', '!='])} ${forgetful(other)})`,
    ],
    [1, () => boolean`${text}.includes(${other})`],
    [1, () => boolean`${text}.${c.random.pick(['startsWith', 'endsWith'])}(${other})`],
    [1, () => boolean`${text}.startsWith(${other}, ${place(c, depth)})`],
    // TypeScript knows the truth of literals.
    [1, () => boolean`(!${text}.slice(0))`],
    [1, () => boolean`Boolean(${text}.slice(0))`],
  ])();
}
