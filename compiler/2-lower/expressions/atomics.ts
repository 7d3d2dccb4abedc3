/** `Atomics` on typed arrays of integers (ECMA-262 25.4): operations of the machine, in one order that all threads see. */
import type { CallExpression, Node } from '../../ts-morph.ts';
import { placeOf } from '../../1-read/places.ts';
import { codes } from '../../diagnostics/codes.ts';
import type { OpName } from '../../ir/ops.ts';
import { elementType, isView, viewKind, type Value, type ViewType } from '../../ir/types.ts';
import { present, toElement, toF64 } from '../convert.ts';
import type { Lowering } from '../lowering.ts';
import { valueOperand, type Operand } from '../operands.ts';
import { sourceOf } from '../refusals.ts';
import { lower } from './index.ts';
import { toIndex } from './to-index.ts';

/** How many values each operation takes behind the array and the index. */
const valueCounts = {
  load: 0,
  store: 1,
  add: 1,
  sub: 1,
  and: 1,
  or: 1,
  xor: 1,
  exchange: 1,
  compareExchange: 2,
} as const satisfies Record<string, number>;

type Name = keyof typeof valueCounts & string;

const isName = (name: string): name is Name => Object.hasOwn(valueCounts, name);

export function lowerAtomics(l: Lowering, name: string, node: CallExpression): Operand {
  if (!isName(name))
    return l.refuse(
      codes.globalValue(placeOf(node), {
        name: `Atomics.${name}`,
        why: 'Threads of native code wait for each other at the end of a parallel loop alone.',
        rewrite: 'Two parallel loops, one behind the other; or the call in JavaScript.',
      }),
    );
  const [source, place, ...rest] = node.getArguments();
  const given = rest.slice(0, valueCounts[name]);
  // TypeScript refuses it too.
  if (!source || !place || given.length < valueCounts[name]) return l.refuse(undefined);
  const array = integersOf(l, source, node);
  const number = toF64(l, lower(l, place), place);
  const operands = given.map((value) => ({ operand: lower(l, value), value }));
  const kind = viewKind(array.type);
  l.at(node);
  const index = toIndex(l, number, array, 1, 'Invalid atomic access index');
  const values = operands.map(({ operand, value }) => toElement(l, operand, kind, value));
  const op: OpName = `atomic.${name}`;
  if (name !== 'store')
    return valueOperand(l.b.op(op, [array, index, ...values], elementType(kind)));
  l.b.effect(op, [array, index, ...values]);
  const [stored] = operands;
  return stored ? wholeOf(l, stored.operand, stored.value) : l.refuse(undefined);
}

function integersOf(l: Lowering, source: Node, node: CallExpression): Value & { type: ViewType } {
  const operand = lower(l, source);
  const given = operand.kind === 'optional' || operand.kind === 'value' ? operand.value : undefined;
  const type = given?.type;
  if (!given || type === undefined || !isView(type) || !isOfIntegers(type))
    return l.unsupported(source, {
      what: `${node.getExpression().getText()} of what is no typed array of integers`,
      why: 'JavaScript throws a TypeError for it.',
      rewrite: 'An Int32Array, or another typed array of integers that is no Uint8ClampedArray.',
    });
  // A `const` whose type has `undefined`, which TypeScript knows to be there.
  const array = operand.kind === 'optional' ? present(l, operand, sourceOf(source)).value : given;
  return { ...array, type };
}

const isOfIntegers = (type: ViewType): boolean =>
  !['u8c', 'f32', 'f64', 'dataview'].includes(viewKind(type));

/** ECMA-262 7.1.5, ToIntegerOrInfinity. */
function wholeNumber(l: Lowering, number: Value): Value {
  const isNumber = l.b.op('eq', [number, number]);
  const zero = l.constant('f64', 0);
  const whole = l.b.op('trunc', [l.b.op('select', [isNumber, number, zero])]);
  // Which makes 0 of −0.
  return l.b.op('add', [whole, zero]);
}

/** What a store gives: the number that was to be stored, before it was made an element. */
function wholeOf(l: Lowering, operand: Operand, node: Node): Operand {
  const type = operand.kind === 'value' ? operand.value.type : undefined;
  if (operand.kind === 'bigint' || type === 'i64' || type === 'u64') return operand;
  return valueOperand(wholeNumber(l, toF64(l, operand, node)));
}
