/** Functions inside functions: callbacks of arrays, Maps and Sets, and local ones, which use the variables around them. */
import type { ShapeOf } from '../../shapes.ts';
import {
  block,
  boolean,
  joined,
  made,
  number,
  statement,
  ts,
  type Part,
  type Tree,
} from '../../tree.ts';
import { isNumberArray, kindOf, type HeapType, type Type, type ValueKind } from '../../types.ts';
import { valueFor } from '../assignments.ts';
import { Context } from '../context.ts';
import { numberTree } from '../numbers.ts';
import { returnStatement, statements } from '../statements.ts';
import { heapVariables, orElse, shapeAs } from './values.ts';

type ListShape = ShapeOf<'list'>;

interface Source {
  readonly text: string;
  readonly element: Type;
}

const times = 6;

/** An array of something, whose elements are all there. */
function someSource(c: Context, wanted?: (element: Type) => boolean): Source | undefined {
  const lists = heapVariables(c, 'list').flatMap(({ name, type }): Source[] => {
    const shape = shapeAs(c, type, 'list');
    return shape && shape.absent === undefined ? [{ text: name, element: shape.element }] : [];
  });
  const views = c
    .variables(({ type }) => isNumberArray(type) && type !== 'Float32Array')
    .map(({ name }): Source => ({ text: name, element: 'number' }));
  const all = [...lists, ...lists, ...views].filter(({ element }) => wanted?.(element) ?? true);
  const source = c.pick(all);
  return c.frozen === 0 && c.spend(times * 4) ? source : undefined;
}

interface Param {
  readonly name: string;
  readonly type: Type;
}

/** `(x, i) => …`. Its body is an expression, or statements that end with one. */
function callback(
  c: Context,
  params: readonly Param[],
  result: Type | undefined,
  depth: number,
): Tree {
  const isTyped = c.chance(0.2);
  const list = joined(
    params.map(({ name, type }) => statement`${name}${isTyped ? ts(`: ${type}`) : ''}`),
  );
  const body = c.inside(result, times, (): Tree => {
    for (const { name, type } of params)
      c.declare({ name, type, writable: type === 'number' && isTyped });
    const isShort = result !== undefined && c.chance(0.65);
    if (isShort) return statement`(${valueFor(c, result, depth)})`;
    const inner = statements(c, c.random.between(1, 2));
    const end = result === undefined ? [] : [returnStatement(c, depth)];
    return statement`${block([...inner, ...end])}`;
  });
  // A result that TypeScript knows more of than its type would be an array of another type.
  const returned = result === undefined ? '' : ts(`: ${result}`);
  return {
    kind: 'statement',
    parts: ['(', ...list, ')', returned, ' => ', body],
  };
}

const item = (c: Context, element: Type): Param => ({
  name: c.fresh('x'),
  type: element,
});
const place = (c: Context): readonly Param[] =>
  c.chance(0.35) ? [{ name: c.fresh('i'), type: 'number' }] : [];

/** An array that a callback makes. */
export function listByCallback(
  c: Context,
  type: HeapType,
  { element, absent }: ListShape,
  depth: number,
): Tree | undefined {
  if (absent !== undefined) return undefined;
  return c.random.weighted<() => Tree | undefined>([
    [4, () => mapped(c, type, element, depth)],
    [
      3,
      () => {
        const source = someSource(c, (own) => own === element);
        if (
          !source ||
          c.visible().some(({ name, type: own }) => name === source.text && own !== type)
        )
          return undefined;
        const test = callback(c, [item(c, element), ...place(c)], 'boolean', depth);
        return made(type)`${source.text}.filter(${test})`;
      },
    ],
    [
      1,
      () => {
        if (c.frozen > 0 || !c.spend(times * 4)) return undefined;
        const params = [{ name: c.fresh('_'), type: 'undefined' as HeapType }, item(c, 'number')];
        const [, index] = params;
        const body = c.inside(element, times, () => {
          c.declare({
            name: index?.name ?? '',
            type: 'number',
            writable: false,
          });
          return valueFor(c, element, depth);
        });
        const names = params.map(({ name }) => name).join(', ');
        return made(
          type,
        )`Array.from({ length: ${c.random.below(6)} }, (${names})${ts(`: ${element}`)} => (${body}))`;
      },
    ],
    [1, () => flattened(c, type, element, depth)],
  ])();
}

function mapped(c: Context, type: HeapType, element: Type, depth: number): Tree | undefined {
  const source = someSource(c);
  // Typed arrays give typed arrays.
  if (!source || c.variables((v) => v.name === source.text && isNumberArray(v.type)).length > 0)
    return undefined;
  const body = callback(c, [item(c, source.element), ...place(c)], element, depth);
  return made(type)`${source.text}.map(${body})`;
}

function flattened(c: Context, type: HeapType, element: Type, depth: number): Tree | undefined {
  const source = someSource(c);
  if (!source || c.variables((v) => v.name === source.text && isNumberArray(v.type)).length > 0)
    return undefined;
  const param = item(c, source.element);
  const body = c.inside(type, times, () => {
    c.declare({ ...param, writable: false });
    const items = Array.from({ length: c.random.below(3) }, () => valueFor(c, element, depth));
    const parts: Part[] = ['[', ...joined(items), ']'];
    return { kind: type, parts };
  });
  return made(type)`${source.text}.flatMap((${param.name})${ts(`: ${type}`)} => ${body})`;
}

/** `a.reduce((sum, x) => …, 0)` and `a.findIndex(…)` */
export function reduced(c: Context, wanted: ValueKind, depth: number): Tree | undefined {
  const source = someSource(c);
  if (!source) return undefined;
  if (wanted === 'integer' || c.chance(0.25)) {
    const name = c.random.pick(['findIndex', 'findLastIndex']);
    return made(
      'integer',
    )`${source.text}.${name}(${callback(c, [item(c, source.element), ...place(c)], 'boolean', depth)})`;
  }
  const sum = { name: c.fresh('y'), type: 'number' as const };
  const name = c.random.pick(['reduce', 'reduce', 'reduceRight']);
  const body = callback(c, [sum, item(c, source.element), ...place(c)], 'number', depth);
  return number`${source.text}.${name}(${body}, ${numberTree(c, depth)}${ts(' as number')})`;
}

/** `a.find(…) ?? x`, of a kind. */
export function foundElement(c: Context, wanted: ValueKind, depth: number): Tree | undefined {
  const source = someSource(c, (element) => kindOf(element) === wanted);
  if (!source) return undefined;
  const { element, text } = source;
  const test = callback(c, [item(c, element), ...place(c)], 'boolean', depth);
  const found = number`${text}.${c.random.pick(['find', 'findLast'])}(${test})`;
  return orElse(element, found, valueFor(c, element, depth));
}

export function testedByCallback(c: Context, depth: number): Tree | undefined {
  const source = someSource(c);
  if (!source) return undefined;
  const test = callback(c, [item(c, source.element), ...place(c)], 'boolean', depth);
  return boolean`${source.text}.${c.random.pick(['some', 'every'])}(${test})`;
}

/** `forEach` of an array, a Map or a Set. */
export function callbackStatement(c: Context): Tree | undefined {
  const table = c.pick([...heapVariables(c, 'map'), ...heapVariables(c, 'set')]);
  if (table && c.chance(0.4)) {
    const map = shapeAs(c, table.type, 'map');
    const set = shapeAs(c, table.type, 'set');
    const held = map?.value ?? set?.element;
    const key = map?.key ?? set?.element;
    if (held === undefined || key === undefined || !c.spend(times * 4)) return undefined;
    const params = [item(c, held), ...(c.chance(0.7) ? [item(c, key)] : [])];
    // What is added meanwhile is gone over too.
    return statement`${table.name}.forEach(${c.freezing(() => callback(c, params, undefined, 1))});`;
  }
  const source = someSource(c);
  if (!source) return undefined;
  const params = [item(c, source.element), ...place(c)];
  return statement`${source.text}.forEach(${callback(c, params, undefined, 1)});`;
}

export const hasThis = (c: Context): boolean => c.visible().some(({ name }) => name === 'this');

/** A function inside the function, and calls of it. */
export function localFunction(c: Context): readonly Tree[] | undefined {
  if (c.frozen > 0 || c.rounds > 100) return undefined;
  const types = c.program.heap?.types ?? [];
  const someType = (): Type =>
    types.length > 0 && c.chance(0.5)
      ? c.random.pick(types)
      : c.random.pick(['number', 'boolean'] as const);
  const name = c.fresh('fn');
  const params = Array.from({ length: c.random.below(3) }, (): Param => item(c, someType()));
  const result = c.chance(0.85) ? someType() : undefined;
  const list = joined(params.map((param) => statement`${param.name}${ts(`: ${param.type}`)}`));
  const costBefore = c.cost;
  const body = c.inside(result, 1, () => {
    for (const param of params) c.declare({ ...param, writable: param.type === 'number' });
    const inner = statements(c, c.random.between(1, 2));
    return block([...inner, ...(result === undefined ? [] : [returnStatement(c, 2)])]);
  });
  const cost = c.cost - costBefore + 4;
  const returned = ts(`: ${result ?? 'void'}`);
  // A function of its own has no `this` of the method around it.
  const isArrow = c.chance(0.6) || hasThis(c);
  const declaration: Tree = {
    kind: 'statement',
    parts: isArrow
      ? [`const ${name} = (`, ...list, ')', returned, ' => ', body, ';']
      : [`function ${name}(`, ...list, ')', returned, ' ', body],
  };
  const calls = Array.from({ length: c.random.between(1, 2) }, (): Tree => {
    c.spend(cost / Math.max(1, c.rounds));
    const args = joined(params.map(({ type }) => valueFor(c, type, 2)));
    const call: Tree = { kind: 'statement', parts: [`${name}(`, ...args, ')'] };
    if (result === undefined) return statement`${call};`;
    const variable = c.fresh('z');
    c.declare({ name: variable, type: result, writable: false });
    return statement`const ${variable}${ts(`: ${result}`)} = ${call};`;
  });
  return [declaration, ...calls];
}
