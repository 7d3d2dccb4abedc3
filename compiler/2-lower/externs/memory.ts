/** What native code does with C's memory: `errno`, `addressOf`, `textAt` and `memory` of the tsnative package. */
import { Node, type CallExpression } from '../../ts-morph.ts';
import { isOfPackage } from '../../1-read/hints.ts';
import { placeOf } from '../../1-read/places.ts';
import { codes } from '../../diagnostics/codes.ts';
import { isView, type Value } from '../../ir/types.ts';
import { convert, modulo, modulo64, toBigint, toF64, toNumber } from '../convert.ts';
import { nothing } from '../expressions/arguments.ts';
import { numberTypes } from '../expressions/dataview.ts';
import { lower } from '../expressions/index.ts';
import type { Lowering } from '../lowering.ts';
import { valueOperand, type Operand } from '../operands.ts';
import { sourceOf, wrongType } from '../refusals.ts';

const functions = ['errno', 'addressOf', 'textAt'] as const;
type MemoryFunction = (typeof functions)[number];

/** The name in the tsnative package of what a name stands for, whatever it is called here. */
function nameInPackage(node: Node): string | undefined {
  if (!Node.isIdentifier(node)) return undefined;
  const symbol = node.getSymbol();
  const found = symbol?.getAliasedSymbol() ?? symbol;
  const declarations = found?.getDeclarations() ?? [];
  const isOurs =
    declarations.length > 0 && declarations.every(({ compilerNode }) => isOfPackage(compilerNode));
  return isOurs ? found?.getName() : undefined;
}

/** Whether an expression is the `memory` of the tsnative package. */
export const isMemory = (node: Node): boolean => nameInPackage(node) === 'memory';

/** Which of the package's functions about C's memory a name stands for. */
export const memoryFunction = (node: Node): MemoryFunction | undefined =>
  functions.find((name) => name === nameInPackage(node));

export function lowerMemoryFunction(
  l: Lowering,
  name: MemoryFunction,
  node: CallExpression,
): Operand {
  const [argument] = node.getArguments();
  if (name === 'errno') return valueOperand(l.b.op('extern.errno', []));
  if (!argument) return l.refuse(undefined);
  const operand = lower(l, argument);
  l.at(node);
  if (name === 'textAt') {
    const address = toBigint(l, operand, 'u64', argument);
    const isNull = l.b.op('eq', [address, l.constant('u64', 0n)]);
    l.b.if(isNull, () => l.b.failCheck('TypeError', ["textAt: 'address' is NULL"]));
    return valueOperand(l.b.op('extern.text', [address]));
  }
  if (operand.kind !== 'value' || !isView(operand.value.type))
    return wrongType(l, 'typed array', operand, argument);
  return valueOperand(l.b.op('view.address', [operand.value]));
}

/** `memory.getInt32(address, offset)`, `memory.setInt32(address, offset, value)`. */
export function lowerMemory(l: Lowering, name: string, node: CallExpression): Operand {
  const [, access, kind = ''] = /^(get|set)(\w+)$/.exec(name) ?? [];
  const type = Object.hasOwn(numberTypes, kind) ? numberTypes[kind] : undefined;
  if (access === undefined || type === undefined)
    return l.refuse(codes.memoryUse(placeOf(node), { use: sourceOf(node.getExpression()) }));
  const [addressNode, offsetNode, valueNode] = node.getArguments();
  if (!addressNode) return l.refuse(undefined);
  const base = toBigint(l, lower(l, addressNode), 'u64', addressNode);
  const address = offsetNode ? behind(l, base, offsetNode) : base;
  if (access === 'get') {
    l.at(node);
    return valueOperand(l.b.op('memory.load', [address], type));
  }
  if (!valueNode) return l.refuse(undefined);
  const operand = lower(l, valueNode);
  const value =
    type === 'i64' || type === 'u64'
      ? modulo64(l, operand, type, valueNode)
      : type === 'f64' || type === 'f32'
        ? convert(l, toF64(l, operand, valueNode), type)
        : modulo(l, toNumber(l, operand, valueNode), type);
  l.at(node);
  l.b.effect('memory.store', [address, value]);
  return nothing;
}

/** So many bytes behind an address. */
function behind(l: Lowering, base: Value, node: Node): Value {
  const offset = modulo(l, toNumber(l, lower(l, node), node), 'i64');
  const bytes = offset.type === 'u64' ? offset : l.b.op('conv', [offset], 'u64');
  return l.b.op('add', [base, bytes]);
}
