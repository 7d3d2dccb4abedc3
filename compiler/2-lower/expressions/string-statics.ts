/** `String.fromCharCode` and `String.fromCodePoint` (ECMA-262 22.1.2). */
import { Node, type CallExpression } from '../../ts-morph.ts';
import type { Value } from '../../ir/types.ts';
import { refuseConstruct } from '../constructs.ts';
import { toF64, toModulo } from '../convert.ts';
import type { Lowering } from '../lowering.ts';
import { valueOperand, type Operand } from '../operands.ts';
import { lower } from './index.ts';
import { iteratedOperand } from './iterated.ts';
import { forEachIterated } from './lists.ts';
import { callText, concatenated } from './text.ts';
import { refuseCallee } from './unknown.ts';

/** Makes the text of one argument. */
type Make = (l: Lowering, operand: Operand, node: Node) => Value;

export function stringStatic(l: Lowering, name: string, node: CallExpression): Operand {
  if (name !== 'fromCharCode' && name !== 'fromCodePoint')
    return refuseCallee(l, node.getExpression());
  const make = name === 'fromCharCode' ? fromCharCode : fromCodePoint;
  const args = node.getArguments();
  const spread = args.find(Node.isSpreadElement);
  // A code point that is none throws when all arguments have been evaluated.
  if (spread && args.length > 1 && make === fromCodePoint) return refuseConstruct(l, spread);
  if (spread) return valueOperand(textOfAll(l, make, args));
  const operands = l.all(args.map((argument) => () => [lower(l, argument), argument] as const));
  l.at(node);
  return valueOperand(
    concatenated(
      l,
      operands.map(([operand, argument]) => make(l, operand, argument)),
    ),
  );
}

/** The text of arguments of which some are spread: each takes its turn, so that nothing is kept of what they go over. */
function textOfAll(l: Lowering, make: Make, args: readonly Node[]): Value {
  const text = l.b.local('text', 'str');
  const append = (more: Value): void => l.b.set(text, l.b.op('str.concat', [l.b.get(text), more]));
  l.b.set(text, l.text(''));
  for (const arg of args) {
    if (!Node.isSpreadElement(arg)) {
      const operand = lower(l, arg);
      l.at(arg);
      append(make(l, operand, arg));
      continue;
    }
    const source = arg.getExpression();
    const iterated = iteratedOperand(l, source);
    l.at(source);
    forEachIterated(l, iterated, source, undefined, (element) => append(make(l, element, source)));
  }
  return l.b.get(text);
}

function fromCharCode(l: Lowering, operand: Operand, node: Node): Value {
  const unit = toModulo(l, operand, 'u16', node);
  const constant = l.constantOf(unit);
  return constant === undefined
    ? l.b.op('str.char', [unit])
    : l.text(String.fromCharCode(Number(constant)));
}

const fromCodePoint: Make = (l, operand, node) =>
  callText(l, 'fromCodePoint', [toF64(l, operand, node)]);
