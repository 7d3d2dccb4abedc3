/** Plain arrays: values, methods that change them, and what is asked of them. */
import type { ShapeOf } from '../../shapes.ts';
import { boolean, integer, joined, made, number, ts, type Part, type Tree } from '../../tree.ts';
import { isHeap, kindOf, type HeapType, type Type, type ValueKind } from '../../types.ts';
import { valueFor } from '../assignments.ts';
import { Context, type Form, type Variable } from '../context.ts';
import { integerTree } from '../integers.ts';
import { numberTree } from '../numbers.ts';
import { listByCallback } from './callbacks.ts';
import { indexTree } from './paths.ts';
import { stringTree } from './strings.ts';
import { heapTree, heapVariables, orElse, shapeAs, shapeIn } from './values.ts';

type ListShape = ShapeOf<'list'>;

/** A value for an element, absent now and then where that may be. */
export function elementTree(c: Context, { element, absent }: ListShape, depth: number): Tree {
  if (absent !== undefined && c.chance(0.3)) return made(kindOf(element))`${absent}`;
  return valueFor(c, element, depth);
}

const annotated = (c: Context, type: HeapType, parts: readonly Part[]): Tree =>
  c.chance(0.9)
    ? { kind: type, parts: ['([', ...parts, ']', ts(` as ${type}`), ')'] }
    : { kind: type, parts: ['[', ...parts, ']'] };

/** The type of an array's elements, as it is written. */
const elementText = ({ element, absent }: ListShape): string =>
  absent === undefined ? element : `${element} | ${absent}`;

export const listForms = (
  type: HeapType,
  shape: ListShape,
): readonly (readonly [number, Form])[] => [
  [
    7,
    (c, depth) => {
      const count = c.random.below(5);
      if (count === 0) return made(type)`([]${ts(` as ${type}`)})`;
      const items = Array.from({ length: count }, () => elementTree(c, shape, depth));
      return annotated(c, type, joined(items));
    },
  ],
  [
    3,
    (c, depth) => {
      const items: Part[][] = Array.from({ length: c.random.between(1, 3) }, () =>
        c.chance(0.6) ? ['...', spreadable(c, type, depth)] : [elementTree(c, shape, depth)],
      );
      return annotated(c, type, joined(items.map((parts) => ({ kind: type, parts }))));
    },
  ],
  [2, (c, depth) => made(type)`${heapTree(c, type, depth)}.slice(${range(c, depth)})`],
  [2, (c, depth) => made(type)`${heapTree(c, type, depth)}.concat(${heapTree(c, type, depth)})`],
  [
    2,
    (c, depth) => {
      const list = ownList(c, type);
      return list && made(type)`${list.name}.splice(${place(c, depth)}, ${c.random.below(3)})`;
    },
  ],
  [
    1,
    (c, depth) => {
      const list = ownList(c, type);
      return (
        list &&
        (c.chance(0.5)
          ? made(type)`${sortCall(c, type, list.name) ?? number`${list.name}.reverse()`}`
          : made(type)`${list.name}.fill(${elementTree(c, shape, depth)}, ${place(c, depth)})`)
      );
    },
  ],
  [
    2,
    (c, depth) =>
      made(
        type,
      )`new Array${ts(`<${elementText(shape)}>`)}(${c.random.below(6)}).fill(${elementTree(c, shape, depth)})`,
  ],
  [1, (c, depth) => changedCopy(c, type, shape, depth)],
  [1, (c, depth) => fromView(c, type, depth)],
  [2, (c, depth) => fromCollection(c, type, depth)],
  [4, (c, depth) => listByCallback(c, type, shape, depth)],
  [2, (c, depth) => (type === 'string[]' ? listOfStrings(c, depth) : undefined)],
];

/** What a method gives that changes a copy. */
function changedCopy(
  c: Context,
  type: HeapType,
  shape: ListShape,
  depth: number,
): Tree | undefined {
  const list = heapTree(c, type, depth);
  const added = Array.from({ length: c.random.below(3) }, () => elementTree(c, shape, depth));
  return c.random.weighted<() => Tree | undefined>([
    [2, () => made(type)`${list}.toReversed()`],
    [
      2,
      () => ({
        kind: type,
        parts: [
          list,
          '.toSpliced(',
          place(c, depth),
          `, ${c.random.below(3)}`,
          ...added.flatMap((item) => [', ', item]),
          ')',
        ],
      }),
    ],
    [1, () => made(type)`${list}.with(${c.random.below(2)}, ${elementTree(c, shape, depth)})`],
    [
      2,
      () => {
        const comparison = comparisonsOf(type);
        return comparison && made(type)`${list}.toSorted(${c.random.pick(comparison)})`;
      },
    ],
  ])();
}

/** Something to be spread in an array of a type. */
function spreadable(c: Context, type: HeapType, depth: number): Tree {
  const view = type === 'number[]' && c.pick(c.variables((v) => v.type === 'Float64Array'));
  if (view && c.chance(0.4)) return number`${view.name}`;
  return fromCollection(c, type, depth) ?? heapTree(c, type, depth);
}

/** A variable that holds an array of a type, which may be changed here. */
const ownList = (c: Context, type: HeapType): Variable | undefined =>
  c.pick(c.variables((variable) => variable.type === type));

const place = (c: Context, depth: number): Tree =>
  c.random.weighted<() => Tree>([
    [5, () => number`${c.random.between(-2, 4)}`],
    [2, () => integerTree(c, depth)],
    [1, () => numberTree(c, depth)],
  ])();

const range = (c: Context, depth: number): Tree =>
  c.random.weighted<() => Tree>([
    [1, () => number``],
    [2, () => place(c, depth)],
    [2, () => number`${place(c, depth)}, ${place(c, depth)}`],
  ])();

function fromView(c: Context, type: HeapType, _depth: number): Tree | undefined {
  if (type !== 'number[]') return undefined;
  const view = c.pick(c.variables((v) => /^(Float64|Int32|Uint8)Array$/.test(v.type)));
  if (!view || !c.spend(16)) return undefined;
  return c.chance(0.5)
    ? made(type)`Array.from(${view.name})`
    : made(type)`([...${view.name}]${ts(` as ${type}`)})`;
}

/** The keys, values or members of a Map or Set as an array. */
function fromCollection(c: Context, type: HeapType, _depth: number): Tree | undefined {
  const element = shapeAs(c, type, 'list')?.element;
  const found = c.visible().flatMap(({ name, type: own, absent }): string[] => {
    if (absent !== undefined || !isHeap(own)) return [];
    const shape = shapeIn(c, own);
    if (shape.kind === 'set') return shape.element === element ? [name, `${name}.values()`] : [];
    if (shape.kind !== 'map') return [];
    return [
      ...(shape.key === element ? [`${name}.keys()`] : []),
      ...(shape.value === element ? [`${name}.values()`] : []),
    ];
  });
  const source = c.pick(found);
  if (source === undefined) return undefined;
  return c.chance(0.5) ? made(type)`Array.from(${source})` : made(type)`[...${source}]`;
}

export const listOfStrings = (c: Context, depth: number): Tree =>
  made(
    'string[]' as HeapType,
  )`${stringTree(c, depth)}.split(${c.chance(0.6) ? `'${c.random.pick(['', ',', 'X', ' ', 'b'])}'` : stringTree(c, depth)}${c.chance(0.2) ? `, ${c.random.between(0, 4)}` : ''})`;

/** A number that is asked of an array. */
export function numberOfList(c: Context, depth: number, wanted: ValueKind): Tree | undefined {
  const list = c.pick(heapVariables(c, 'list'));
  const shape = list && shapeAs(c, list.type, 'list');
  if (!list || !shape) return undefined;
  const { name } = list;
  if (c.chance(0.4)) return integer`${name}.length`;
  if (c.chance(0.4) && shape.absent === undefined && isComparable(c, shape))
    return integer`${name}.${c.random.pick(['indexOf', 'lastIndexOf'])}(${valueFor(c, shape.element, depth)}${c.chance(0.3) ? number`, ${place(c, depth)}` : ''})`;
  if (c.frozen > 0) return undefined;
  if (wanted === 'number' && c.chance(0.3)) return number`${pushCall(c, list, shape, depth)}`;
  return undefined;
}

/** `a.pop() ?? x`, of a kind. */
export function popped(c: Context, wanted: ValueKind, depth: number): Tree | undefined {
  const list = c.pick(
    heapVariables(c, 'list').filter(({ type }) => {
      const shape = shapeAs(c, type, 'list');
      return shape !== undefined && kindOf(shape.element) === wanted;
    }),
  );
  const shape = list && shapeAs(c, list.type, 'list');
  if (!list || !shape) return undefined;
  const last = number`${list.name}.${c.random.pick(['pop', 'shift'])}()`;
  return orElse(shape.element, last, valueFor(c, shape.element, depth));
}

export function booleanOfList(c: Context, depth: number): Tree | undefined {
  const list = c.pick(heapVariables(c, 'list'));
  const shape = list && shapeAs(c, list.type, 'list');
  if (!list || !shape) return undefined;
  if (c.chance(0.2)) return boolean`Array.isArray(${list.name})`;
  if (shape.absent === undefined && !isComparable(c, shape)) return undefined;
  return shape.absent === undefined
    ? boolean`${list.name}.includes(${valueFor(c, shape.element, depth)})`
    : boolean`(${list.name}[${indexTree(c, depth)}] === ${shape.absent})`;
}

function pushCall(c: Context, { name, type }: Variable, shape: ListShape, depth: number): Tree {
  const items = Array.from({ length: c.random.between(1, 2) }, (): Tree =>
    c.isOnce && c.chance(0.15)
      ? made(kindOf(type))`...${heapTree(c, type as HeapType, depth)}`
      : elementTree(c, shape, depth),
  );
  return {
    kind: 'integer',
    parts: [`${name}.${c.random.pick(['push', 'push', 'unshift'])}(`, ...joined(items), ')'],
  };
}

/** Functions are told apart by what they do alone. */
const isComparable = (c: Context, { element }: ListShape): boolean =>
  shapeAs(c, element, 'function') === undefined;

const numberOperators = ['+', '-', '*', '/', '%', '|', '^', '>>>'];

/** A statement without its end that changes an array. */
export function listCall(c: Context, depth: number): Tree | undefined {
  const list = c.pick(heapVariables(c, 'list'));
  const shape = list && shapeAs(c, list.type, 'list');
  if (!list || !shape || !c.spend(16)) return undefined;
  const { name } = list;
  const grows = c.frozen === 0;
  return c.random.weighted<() => Tree | undefined>([
    [7, () => (grows ? pushCall(c, list, shape, depth) : undefined)],
    [
      3,
      () => (grows ? number`${name}[${name}.length] = ${elementTree(c, shape, depth)}` : undefined),
    ],
    [2, () => number`${name}.${c.random.pick(['pop', 'shift'])}()`],
    [2, () => spliceCall(c, list, shape, depth)],
    [2, () => number`${name}.reverse()`],
    [2, () => sortCall(c, list.type, name)],
    [
      2,
      () =>
        number`${name}.fill(${elementTree(c, shape, depth)}${c.chance(0.5) ? number`, ${place(c, depth)}` : ''})`,
    ],
    [1, () => number`${name}.copyWithin(${place(c, depth)}, ${place(c, depth)})`],
    [1, () => number`${name}.length = Math.min(${name}.length, ${c.random.below(5)})`],
    [6, () => elementStore(c, list, shape, depth)],
    [1, () => swap(c, list)],
  ])();
}

function comparisonsOf(type: Type): readonly string[] | undefined {
  if (type === 'number[]')
    return ['', '(m, n) => m - n', '(m, n) => n - m', '(m, n) => Math.abs(m) - Math.abs(n)'];
  return type === 'string[]'
    ? ['', '(m, n) => m.length - n.length', '(m, n) => (m < n ? 1 : m > n ? -1 : 0)']
    : undefined;
}

/** Sorts an array of numbers or strings; undefined for another. NaN is like everything, which is no order. */
function sortCall(c: Context, type: Type, list: string): Tree | undefined {
  const known = comparisonsOf(type);
  return known && number`${list}.sort(${c.random.pick(known)})`;
}

function spliceCall(c: Context, { name }: Variable, shape: ListShape, depth: number): Tree {
  const added = c.frozen > 0 ? 0 : c.random.below(3);
  const items = Array.from({ length: added }, () => elementTree(c, shape, depth));
  const list = items.flatMap((item) => [', ', item]);
  return {
    kind: 'statement',
    parts: [`${name}.splice(`, place(c, depth), `, ${c.random.below(3)}`, ...list, ')'],
  };
}

/** A store behind a test that the element is there. */
function elementStore(c: Context, list: Variable, shape: ListShape, depth: number): Tree {
  const { name } = list;
  const counter = c.pick(c.variables(({ indexOf }) => indexOf === name));
  const place = c.random.below(3);
  const value = elementTree(c, shape, depth);
  const index = counter && c.chance(0.7) ? counter.name : String(place);
  const target = `${name}[${index}]`;
  const { element, absent } = shape;
  const isNumber = (element === 'number' || element === 'f64') && absent === undefined;
  const store =
    isNumber && c.chance(0.4)
      ? c.chance(0.3)
        ? number`${target}++`
        : number`${target} ${c.random.pick(numberOperators)}= ${numberTree(c, depth)}`
      : element === 'string' && absent === undefined && c.chance(0.3)
        ? number`${target} += 'x'`
        : number`${target} = ${value}`;
  return index === counter?.name && c.chance(0.8)
    ? number`${store}`
    : number`if (${name}.length > ${index}) ${store}`;
}

/** `[a[i], a[j]] = [a[j], a[i]]` */
function swap(c: Context, { name }: Variable): Tree {
  const [i, j] = [c.random.below(3), c.random.below(3)];
  return number`if (${name}.length > ${Math.max(i, j)}) [${name}[${i}], ${name}[${j}]] = [${name}[${j}], ${name}[${i}]]`;
}
