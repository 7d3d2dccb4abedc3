/** What `for…of` and a spread go over: arrays, tuples, strings, and `keys()`, `values()`, `entries()` of arrays. */
import { Node, ts } from '../../ts-morph.ts';
import { isStandardGlobal } from '../../1-read/standard.ts';
import type { HintType } from '../../1-read/model.ts';
import type { Value } from '../../ir/types.ts';
import { convert, isPresent } from '../convert.ts';
import { skipParentheses } from '../conditions.ts';
import type { Lowering } from '../lowering.ts';
import { valueOperand, type Operand } from '../operands.ts';
import { notIterable, sourceOf } from '../refusals.ts';
import { isTuple, sequenceOf, tupleSequence, type Sequence } from '../sequences.ts';
import { defaultPart, tableOf, type EntryPart, type Table } from './collections.ts';
import { lower } from './index.ts';
import { arrayOfLength, checkedCount } from './list-statics.ts';

export type Iterated =
  | {
      readonly kind: 'sequence';
      readonly sequence: Sequence;
      /** Pairs of the index and the element are wanted. */
      readonly isEntries: boolean;
    }
  | { readonly kind: 'table'; readonly table: Table; readonly part: EntryPart }
  /** Anything else that is there. */
  | { readonly kind: 'operand'; readonly operand: Operand };

/**
 * An expression whose elements are wanted.
 * @param expected the type of an array that is made there only to be gone over
 */
export function iteratedOperand(l: Lowering, node: Node, expected?: HintType): Iterated {
  const call = iteratorCall(node);
  const length = call?.name === 'keys' ? arrayOfLength(call.array)?.length : undefined;
  if (length) {
    // `Array(n).keys()`
    const count = l.b.op('fptoint', [checkedCount(l, length)], 'i64');
    return {
      kind: 'sequence',
      sequence: { length: () => count, load: numbered(l) },
      isEntries: false,
    };
  }
  if (call) {
    const array = present(l, lower(l, call.array), call.array);
    const table = tableOf(l, array);
    if (table) return { kind: 'table', table, part: call.name };
    const sequence = sequenceOf(l, array);
    if (!sequence) return notIterable(l, valueOperand(array), node);
    const isEntries = call.name === 'entries';
    if (call.name !== 'keys') return { kind: 'sequence', sequence, isEntries };
    return {
      kind: 'sequence',
      sequence: { length: () => sequence.length(), load: numbered(l) },
      isEntries,
    };
  }
  const checker = l.module.reading.program.getTypeChecker();
  // TypeScript may take a literal for a tuple here.
  const isArray =
    Node.isArrayLiteralExpression(skipParentheses(node)) || checker.isArrayType(l.typeOf(node));
  const operand = lower(l, node, isArray ? expected : undefined);
  const value = present(l, operand, node);
  const table = tableOf(l, value);
  if (table) return { kind: 'table', table, part: defaultPart(table) };
  return { kind: 'operand', operand: valueOperand(value) };
}

/** What `keys()` gives for an index. */
const numbered =
  (l: Lowering) =>
  (index: Value): Operand =>
    valueOperand(convert(l, index, 'f64'));

/** The elements of an operand that a loop goes over, without those of strings. */
export function elementsOf(l: Lowering, operand: Operand, node: Node): Sequence | undefined {
  if (operand.kind !== 'value') return undefined;
  if (!isTuple(l, operand.value)) return sequenceOf(l, operand.value);
  const checker = l.module.reading.program.getTypeChecker();
  const element = checker.getIndexTypeOfType(l.typeOf(node), ts.IndexKind.Number);
  const hint = element && l.module.reading.hintOfType(element, node);
  if (!hint) return undefined;
  return 'code' in hint ? l.refuse(hint) : tupleSequence(l, operand.value, hint, node);
}

/** `keys()`, `values()` or `entries()` of an array, map or set. */
function iteratorCall(node: Node): { readonly array: Node; readonly name: EntryPart } | undefined {
  const call = skipParentheses(node);
  if (!Node.isCallExpression(call) || call.getArguments().length > 0) return undefined;
  const callee = call.getExpression();
  if (!Node.isPropertyAccessExpression(callee)) return undefined;
  const name = callee.getName();
  if (name !== 'keys' && name !== 'values' && name !== 'entries') return undefined;
  // A class of the user's may have methods of these names.
  return isStandardGlobal(callee.getNameNode())
    ? { array: callee.getExpression(), name }
    : undefined;
}

/** The value of an operand, which is thrown for where it is absent. */
function present(l: Lowering, operand: Operand, node: Node): Value {
  if (operand.kind === 'value') return operand.value;
  if (operand.kind !== 'optional') return notIterable(l, operand, node);
  l.b.if(l.b.op('not', [isPresent(l, operand.tag)]), () =>
    l.b.throw('TypeError', [`${sourceOf(node)} is not iterable`]),
  );
  return operand.value;
}
