/** What can be computed for several rounds of a loop at once, and what gains by it. */
import { opInfo, type OpName } from '../../ir/ops.ts';
import {
  bitWidth,
  isFloat,
  isInteger,
  isScalar,
  type Loop,
  type Node,
  type Operation,
} from '../../ir/types.ts';
import { regionsOf, walkNodes, walkOps } from '../../ir/walk.ts';
import { isComparison } from '../comparisons.ts';

/** Operations that have one instruction, or few, for vectors, and never trap. */
const simple: ReadonlySet<OpName> = new Set<OpName>([
  ...(['const', 'local.get', 'local.set', 'conv', 'select', 'lane'] as const),
  ...(['add', 'sub', 'mul', 'neg', 'and', 'or', 'xor', 'not', 'shl', 'shr'] as const),
  ...(['abs', 'copysign', 'min', 'max', 'sqrt', 'floor', 'ceil', 'trunc'] as const),
]);

/** Operations that take a multiple of their time where an integer of 64 bits is in them: processors have none for vectors. */
const slowIfLong: ReadonlySet<OpName> = new Set<OpName>(['mul', 'shr', 'min', 'max']);

/** Most operations in a loop that is worth it; more are a long time for a round that few lanes need. */
const mostOperations = 400;

/** Whether an operation is one for vectors; others are computed for one lane after the other. */
export const hasVectors = ({ op, args: [a] }: Operation): boolean =>
  simple.has(op) || isComparison(op) || (op === 'div' && a !== undefined && isFloat(a.type));

/**
 * Whether a node can be computed in lanes.
 * @param isAlways every round computes it, once
 */
export function isForLanes(node: Node, isAlways = true): boolean {
  switch (node.kind) {
    case 'op':
      return isOperation(node, isAlways);
    case 'if':
    case 'loop':
    case 'block':
      return regionsOf(node).every((region) => region.every((inner) => isForLanes(inner, false)));
    case 'break':
      return true;
    default:
      return false;
  }
}

function isOperation(operation: Operation, isAlways: boolean): boolean {
  const { op, args, results } = operation;
  const [a] = args;
  const [made] = results;
  // Elements are read one after the other, and what a round doesn't read may be outside of the array.
  if (op === 'view.load' || op === 'view.length') return isAlways;
  if (![...args, ...results].every(({ type }) => isScalar(type))) return false;
  // What has no instruction for vectors, or traps, is computed for one lane after the other, if all need it.
  if (isAlways && made && opInfo(op).effect === 'none') return true;
  if (!hasVectors(operation)) return false;
  const isLong = a !== undefined && isInteger(a.type) && bitWidth(a.type) === 64;
  if (isLong && slowIfLong.has(op)) return false;
  return op !== 'conv' || !isLong || made === undefined || !isFloat(made.type);
}

/**
 * Whether a loop, of what `isForLanes` allows, gains by it: where a round is a chain of floats, which processors begin
 * one after the other, while the next operations of a vector take no longer.
 */
export function isChain({ body }: Loop): boolean {
  let floats = 0;
  let operations = 0;
  walkOps(body, ({ op, args: [a] }) => {
    operations++;
    if (a && isFloat(a.type) && arithmetic.has(op)) floats++;
  });
  return floats > 0 && operations <= mostOperations;
}

const arithmetic: ReadonlySet<OpName> = new Set<OpName>(['add', 'sub', 'mul', 'div', 'sqrt']);

/** Whether what nodes do may end the loop around them: rounds behind that must not be begun, as one may have no end. */
export function mayLeave(nodes: readonly Node[], throws: (op: Operation) => boolean): boolean {
  const labels = new Set<string>();
  let leaves = false;
  walkNodes(nodes, (node) => {
    if (node.kind === 'loop' || node.kind === 'block') labels.add(node.label);
    else if (node.kind === 'break') leaves ||= !labels.has(node.label);
    else if (node.kind === 'op') leaves ||= throws(node);
    else leaves ||= node.kind !== 'if';
  });
  return leaves;
}
