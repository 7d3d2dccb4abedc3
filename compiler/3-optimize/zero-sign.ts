/**
 * Where the sign of a zero can be told. Comparisons, indices, conversions to integers and messages take
 * −0 for 0, and so does text; division by it, a store or a result give it away. What arithmetic does with a zero's
 * sign shows in its result, so the question goes on to the result's uses.
 */
import { isFloat, type IrFunction, type Node, type Operation } from '../ir/types.ts';
import { usedValues, walkNodes } from '../ir/walk.ts';
import { holdsZero } from './facts.ts';
import type { Ranges } from './ranges.ts';

/** What happens to the sign of a zero operand. */
type Fate = 'ignored' | 'told' | 'passed';

/** @returns the ids of the float values whose zeros' signs may be told */
export function toldZeroSigns(fn: IrFunction, ranges: Ranges): ReadonlySet<number> {
  const told = new Set<number | string>();
  /** Whose sign shows in a value's or local's, by value id or local name. */
  const sources = new Map<number | string, (number | string)[]>();
  const pass = (from: number | string, to: number | string): void => {
    const all = sources.get(to);
    if (all) all.push(from);
    else sources.set(to, [from]);
  };
  walkNodes(fn.body, (node) => {
    usedValues(node).forEach((value, index) => {
      if (!isFloat(value.type)) return;
      const fate = fateOf(node, index, ranges);
      const [result] = node.kind === 'op' ? node.results : [];
      const target = result?.id ?? (node.kind === 'op' ? node.attributes.local : undefined);
      if (fate === 'told' || (fate === 'passed' && target === undefined)) told.add(value.id);
      else if (fate === 'passed' && target !== undefined) pass(value.id, target);
    });
    if (node.kind !== 'op' || node.op !== 'local.get') return;
    const [result] = node.results;
    const { local } = node.attributes;
    if (result && local !== undefined) pass(local, result.id);
  });
  // The set grows while it is walked.
  for (const item of told) for (const source of sources.get(item) ?? []) told.add(source);
  return told as ReadonlySet<number>;
}

/** What writes −0 as it writes 0 (ECMA-262 6.1.6.1.20, step 2). */
const textWriters: ReadonlySet<string> = new Set(['std.numberToString', 'std.numberToRadix']);

function fateOf(node: Node, index: number, ranges: Ranges): Fate {
  if (node.kind === 'throw') return 'ignored'; // ToString(−0) is "0"
  if (node.kind !== 'op') return 'told';
  const other = (): ReturnType<Ranges['operand']> => ranges.operand(node, 1 - index);
  switch (node.op) {
    case 'toint':
    case 'fptoint':
    case 'clamp8':
    case 'in.bounds':
    case 'check.range':
    case 'check.bounds':
    case 'eq':
    case 'ne':
    case 'lt':
    case 'le':
    case 'gt':
    case 'ge':
    case 'abs':
      return 'ignored';
    case 'add':
      // x + 0 and x + −0 differ for x = −0 alone.
      return other()?.negativeZero === false ? 'ignored' : 'passed';
    case 'sub':
      return subtracted(node, index, ranges);
    case 'div':
      if (index === 0) return 'passed';
      return excludesZero(node, ranges) ? 'ignored' : 'told';
    case 'rem':
      return index === 0 ? 'passed' : 'ignored';
    case 'call':
      return textWriters.has(node.attributes.callee ?? '') ? 'ignored' : 'told';
    case 'copysign':
      return index === 0 ? 'ignored' : 'told';
    case 'mul':
    case 'neg':
    case 'floor':
    case 'ceil':
    case 'trunc':
    case 'sqrt':
    case 'min':
    case 'max':
    case 'select':
    case 'conv':
    case 'local.set':
      return 'passed';
    default:
      return 'told';
  }
}

/** −0 − 0 is −0, and every other difference of zeros is 0. */
function subtracted(op: Operation, index: number, ranges: Ranges): Fate {
  const [a, b] = [ranges.operand(op, 0), ranges.operand(op, 1)];
  if (!a || !b) return 'ignored'; // never reached
  return (index === 0 ? holdsZero(b) : a.negativeZero) ? 'passed' : 'ignored';
}

/** The divisor is never zero. */
function excludesZero(op: Operation, ranges: Ranges): boolean {
  const divisor = ranges.operand(op, 1);
  return divisor !== undefined && !holdsZero(divisor);
}
