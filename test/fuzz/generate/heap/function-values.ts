/** Functions as values, which use and assign the variables around them, and calls of those. */
import type { FunctionShape } from '../../shapes.ts';
import { block, joined, made, number, statement, ts, type Part, type Tree } from '../../tree.ts';
import { kindOf, type HeapType, type Type } from '../../types.ts';
import { valueFor } from '../assignments.ts';
import type { Context, Form } from '../context.ts';
import { returnStatement, statements } from '../statements.ts';
import { hasThis } from './callbacks.ts';
import { nullable, shapeAs } from './values.ts';

/** How often a value is called, about, and how many steps a call takes. */
const times = 8;
const cost = 60;

/** Whether values may be called: in a function that is one, a call could lead to itself. */
export const mayCallValues = (c: Context): boolean => c.frozen === 0 && c.inValue === 0;

export const functionForms = (
  type: HeapType,
  shape: FunctionShape,
): readonly (readonly [number, Form])[] => [
  [9, (c, depth) => functionValue(c, type, shape, depth)],
];

function functionValue(
  c: Context,
  type: HeapType,
  { params, result }: FunctionShape,
  depth: number,
): Tree {
  // It may take fewer arguments than it gets.
  const count = c.chance(0.85) ? params.length : c.random.below(params.length + 1);
  const own = params.slice(0, count).map((param) => ({ name: c.fresh('x'), type: param }));
  const isTyped = c.chance(0.3);
  const list = joined(
    own.map((param) => statement`${param.name}${isTyped ? ts(`: ${param.type}`) : ''}`),
  );
  c.inValue++;
  const body = c.inside(result, times, (): Part => {
    for (const param of own) c.declare({ ...param, writable: isTyped && param.type === 'number' });
    const isShort = result !== undefined && c.chance(0.4);
    if (isShort) return statement`(${valueFor(c, result, depth)})`;
    const inner = statements(c, c.random.between(1, 3));
    return block([...inner, ...(result === undefined ? [] : [returnStatement(c, depth)])]);
  });
  c.inValue--;
  const returned = result === undefined ? '' : ts(`: ${result}`);
  const isArrow = c.chance(0.85) || hasThis(c) || !('statements' in (body as object));
  const parts: Part[] = isArrow
    ? ['(', ...list, ')', returned, ' => ', body]
    : ['function (', ...list, ')', returned, ' ', body];
  return { kind: type, parts: ['((', ...parts, ')', ts(` as ${type}`), ')'] };
}

/** A call of a function that is a value. */
export function callOfValue(
  c: Context,
  from: Tree,
  { params, result }: Pick<FunctionShape, 'params' | 'result'>,
  depth: number,
): Tree | undefined {
  if (!mayCallValues(c) || !c.spend(cost)) return undefined;
  const args = joined(params.map((param) => valueFor(c, param, depth)));
  return { kind: kindIn(result), parts: [from, '(', ...args, ')'] };
}

const kindIn = (result: Type | undefined): Tree['kind'] =>
  result === undefined ? 'number' : kindOf(result);

/** A call of a variable's function, as a statement's expression. */
export function valueCall(c: Context, depth: number): Tree | undefined {
  if (!mayCallValues(c)) return undefined;
  const variable = c.pick(
    c.visible().filter(({ type }) => shapeAs(c, type, 'function') !== undefined),
  );
  const shape = variable && shapeAs(c, variable.type, 'function');
  if (!variable || !shape) return undefined;
  if (variable.absent === undefined)
    return callOfValue(c, made(kindOf(variable.type))`${variable.name}`, shape, depth);
  return callOfValue(c, number`${nullable(variable)}?.`, shape, depth);
}
