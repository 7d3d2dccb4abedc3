/**
 * Members of arrays of any dimension that native code has in another form: `get`, `set` and `at`, which take as many
 * indices as there are axes, are methods for each number of them, and `shape[axis]` makes no list.
 */
import type { ElementAccessExpression, Node, PropertyAccessExpression } from '../../ts-morph.ts';
import { Node as Nodes } from '../../ts-morph.ts';
import { unwrapped } from '../../1-read/function-nodes.ts';
import { inArrays } from '../../1-read/hints.ts';
import type { CallSite } from '../../1-read/model.ts';
import { isRecord, type Value } from '../../ir/types.ts';
import { callMember, parametersOf } from '../classes/dispatch.ts';
import type { Lowering } from '../lowering.ts';
import { valueOperand, type Operand } from '../operands.ts';
import { lowerArguments, type Argument } from './calls.ts';
import { lower } from './index.ts';
import { listOfItems } from './lists.ts';

/** The most indices for which there is a method of its own. */
const mostIndices = 4;

/** Whether a value is an `NdArray`. */
export const isNdArray = (l: Lowering, { type }: Value): boolean =>
  isRecord(type) && l.module.reading.records.get(type).array === true;

/** `a.get(i, j)`, `a.set(i, j, value)` or `a.at(i, j)`; undefined for another method. */
export function lowerIndexed(
  l: Lowering,
  object: Value,
  callee: PropertyAccessExpression,
  site: CallSite,
): Operand | undefined {
  const name = callee.getName();
  if ((name !== 'get' && name !== 'set' && name !== 'at') || !isNdArray(l, object))
    return undefined;
  const given = site.call.getArguments();
  const count = given.length - (name === 'set' ? 1 : 0);
  if (given.some(Nodes.isSpreadElement) || count < 0) return undefined;
  const method = name === 'at' || count > mostIndices ? `${name}All` : `${name}${count}`;
  const params = parametersOf(l, object, method, callee, site) ?? [];
  const args = method.endsWith('All')
    ? [
        listArgument(l, given.slice(0, count), site.call),
        ...lowerArguments(l, given.slice(count), params.slice(1)),
      ]
    : lowerArguments(l, given, params);
  l.at(site.call);
  return callMember(l, object, method, 'method', args, callee, site);
}

function listArgument(l: Lowering, indices: readonly Node[], node: Node): Argument {
  return { operand: valueOperand(listOfItems(l, 'list.f64', indices, 'the indices')), node };
}

const ofAxis: Readonly<Record<string, string>> = { shape: 'sizeOf', strides: 'strideOf' };

/** `a.shape[axis]` and `a.strides[axis]`; undefined for other elements. */
export function lowerAxis(l: Lowering, node: ElementAccessExpression): Operand | undefined {
  const list = unwrapped(node.getExpression());
  if (!Nodes.isPropertyAccessExpression(list) || list.hasQuestionDotToken()) return undefined;
  const method = ofAxis[list.getName()];
  const index = node.getArgumentExpression();
  if (method === undefined || !index || !namesNdArray(list.getExpression())) return undefined;
  const object = lower(l, list.getExpression());
  if (object.kind !== 'value') return undefined;
  const axis = Nodes.isNumericLiteral(index) ? index.getLiteralValue() : undefined;
  const hasOwn = axis !== undefined && axis < mostIndices && Number.isInteger(axis);
  const args = hasOwn ? [] : [{ operand: lower(l, index), node: index }];
  const name = hasOwn ? method.replace('Of', String(axis)) : method;
  l.at(node);
  return callMember(l, object.value, name, 'method', args, node);
}

/** Whether TypeScript knows something to be an `NdArray`, so that nothing is lowered to find that out. */
function namesNdArray(node: Node): boolean {
  const declaration = node.getType().getSymbol()?.getDeclarations()[0];
  return (
    Nodes.isClassDeclaration(declaration) &&
    declaration.getName() === 'NdArray' &&
    inArrays(declaration.getSourceFile().getFilePath())
  );
}
