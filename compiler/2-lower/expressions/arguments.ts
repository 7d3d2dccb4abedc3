/** Arguments of methods of arrays, as they convert them. */
import type { Node } from '../../ts-morph.ts';
import type { HintType } from '../../1-read/model.ts';
import { Tag, type Value } from '../../ir/types.ts';
import { toF64 } from '../convert.ts';
import type { Lowering } from '../lowering.ts';
import type { Operand } from '../operands.ts';
import { lower } from './index.ts';

/** A call of a method, which may have fewer arguments than the method takes. */
export interface Arguments {
  readonly args: readonly Node[];
  readonly node: Node;
}

export const nothing: Operand = { kind: 'absent', absent: 'undefined' };

export const argument = (
  l: Lowering,
  call: Arguments,
  index: number,
  expected?: HintType,
): Operand => {
  const node = call.args[index];
  return node ? lower(l, node, expected) : nothing;
};

/** An argument that is an index or a count; a missing one is `missing`. */
export function integer(l: Lowering, call: Arguments, index: number, missing: number): Value {
  const node = call.args[index];
  return node ? toF64(l, lower(l, node), node) : l.constant('f64', missing);
}

/**
 * The arguments `start` and `end`; an `end` that is `undefined` is the length, and so is infinity.
 * @param refuse called for a `start` that may be `undefined` where there is an `end`
 */
export function range(
  l: Lowering,
  call: Arguments,
  from: number,
  refuse?: (start: Node) => void,
): [Value, Value] {
  const first = call.args[from];
  const given = first && lower(l, first);
  const node = call.args[from + 1];
  if (first && node && (given?.kind === 'optional' || given?.kind === 'absent')) refuse?.(first);
  const start = given ? toF64(l, given, first) : l.constant('f64', 0);
  const operand = node ? lower(l, node) : nothing;
  const length = l.constant('f64', Infinity);
  if (operand.kind === 'absent' && operand.absent === 'undefined') return [start, length];
  const end = toF64(l, operand, node ?? call.node);
  if (operand.kind !== 'optional') return [start, end];
  const isMissing = l.b.op('eq', [operand.tag, l.constant('u8', Tag.undefined)]);
  return [start, l.b.op('select', [isMissing, length, end])];
}
