/**
 * Constant tables of the runtime's library: a module-level `const table = new Uint16Array([…])`, whose elements
 * are constants that nothing changes. They are read as `table[index]`, with an index that is within.
 */
import { Node, type ElementAccessExpression } from '../../ts-morph.ts';
import { fold, type Literal } from '../../1-read/fold.ts';
import type { NativeConstant } from '../../1-read/model.ts';
import { normalize } from '../../ir/scalars.ts';
import { elementType, isView, viewKind, type IrTable } from '../../ir/types.ts';
import { convert, toNumber } from '../convert.ts';
import type { Lowering } from '../lowering.ts';
import { valueOperand, type Operand } from '../operands.ts';
import { lower } from './index.ts';

type Global = Extract<NativeConstant, { kind: 'global' }>;

const known = new WeakMap<object, IrTable>();

/** The element of a table; undefined for an array that is none. */
export function lowerTableElement(l: Lowering, node: ElementAccessExpression): Operand | undefined {
  const array = node.getExpression();
  if (!Node.isIdentifier(array) || l.lookup(array)) return undefined;
  const constant = l.module.reading.resolveConstant(array);
  if (!constant || 'code' in constant || constant.kind !== 'global') return undefined;
  const table = known.get(constant.declaration.compilerNode) ?? tableOf(constant);
  known.set(constant.declaration.compilerNode, table);
  l.module.requireTable(table);
  const argument = node.getArgumentExpressionOrThrow();
  const number = toNumber(l, lower(l, argument), argument);
  const index =
    number.type === 'f64' ? l.b.op('fptoint', [number], 'i64') : convert(l, number, 'i64');
  return valueOperand(l.b.op('table.load', [index], table.type, { table: table.name }));
}

/** @throws Error for an initializer that is no list of literals */
function tableOf({ id, type, declaration }: Global): IrTable {
  const initializer = declaration.getInitializer();
  const list = Node.isNewExpression(initializer) ? initializer.getArguments()[0] : undefined;
  if (!isView(type) || !Node.isArrayLiteralExpression(list))
    throw new Error(`${id} is no table: it needs an initializer such as new Uint16Array([1, 2])`);
  const element = elementType(viewKind(type));
  const values = list.getElements().map((node) => {
    const value: Literal | undefined = fold(node, () => undefined);
    if (value === undefined || typeof value === 'string')
      throw new Error(`${node.getText()} in the table ${id} is no literal`);
    return normalize(element, value);
  });
  return { name: `std.${id}`, type: element, values };
}
