/**
 * Doubles that serve as nothing but an index, or as an integer of at most 32 bits. Beyond 2^53 a product
 * such as `i * stride` is rounded as a double and exact as an i64; where only an index is made of it the
 * difference can't be told, as both are far beyond the end of any array and beyond 32 bits.
 */
import {
  bitWidth,
  isInteger,
  type IrFunction,
  type Node,
  type Operation,
  type Value,
} from '../ir/types.ts';
import { usedValues, walkNodes } from '../ir/walk.ts';
import { isSafeInteger, magnitude, type Fact } from './facts.ts';
import type { Ranges } from './ranges.ts';

/** What may be added to a product in all: it leaves one beyond ±2^53 far outside of every array. */
const mostAdded = 2 ** 52;
/** Products of 32-bit integers, and what is added to them. An i64 holds it, also where bounds were rounded. */
const widest = 2 ** 62 + 2 * mostAdded;

export class IndexValues {
  private readonly only: ReadonlySet<number>;
  private readonly ranges: Ranges;
  /** How much was added to the product that a wide value began as, by the value's id. */
  private readonly added = new Map<number, number>();

  constructor(fn: IrFunction, ranges: Ranges) {
    this.ranges = ranges;
    this.only = indexOnly(fn);
  }

  /**
   * Whether an operation's result is the same as an i64: a safe integer made of such, or one that may be
   * beyond 2^53 but serves as an index alone: a product of safe integers, or such a product plus
   * or minus safe integers. It is asked about operations in textual order.
   */
  isExact(op: Operation, result: Value, fact: Fact): boolean {
    if (isSafeInteger(fact) && !op.args.some(({ id }) => this.added.has(id))) return true;
    if (!this.only.has(result.id) || !isWideInteger(fact)) return false;
    const most = this.addedBy(op);
    if (most === undefined || most > mostAdded) return false;
    this.added.set(result.id, most);
    return true;
  }

  /** How much is added to a product by the operation and those before it; undefined for what is no such sum. */
  private addedBy(op: Operation): number | undefined {
    const facts = op.args.map((_, index) => this.ranges.operand(op, index));
    const [a, b] = facts;
    if (!a || !b) return undefined;
    const [first, second] = op.args.map(({ id }) => this.added.get(id));
    switch (op.op) {
      case 'mul':
        return isSafeInteger(a) && isSafeInteger(b) ? 0 : undefined;
      case 'add':
      case 'sub':
        // Two products could cancel each other.
        if (first !== undefined && second === undefined) return first + magnitude(b);
        return first === undefined && second !== undefined ? second + magnitude(a) : undefined;
      default:
        return undefined;
    }
  }
}

const isWideInteger = ({ integral, nan, lo, hi }: Fact): boolean =>
  integral && !nan && lo >= -widest && hi <= widest;

/** The ids of the values that are used by such checks, or by sums and differences of that kind, and nothing else. */
function indexOnly(fn: IrFunction): ReadonlySet<number> {
  const only = new Set<number>();
  const uses: { readonly node: Node; readonly value: Value; readonly index: number }[] = [];
  walkNodes(fn.body, (node) => {
    usedValues(node).forEach((value, index) => {
      only.add(value.id);
      uses.push({ node, value, index });
    });
  });
  const keeps = (node: Node, index: number): boolean => {
    if (node.kind !== 'op') return false;
    if (node.op === 'check.bounds' || node.op === 'in.bounds') return index === 0;
    const [result] = node.results;
    if (node.op === 'check.range')
      return result !== undefined && isInteger(result.type) && bitWidth(result.type) <= 32;
    return (node.op === 'add' || node.op === 'sub') && result !== undefined && only.has(result.id);
  };
  for (let before = -1; before !== only.size;) {
    before = only.size;
    for (const { node, value, index } of uses) if (!keeps(node, index)) only.delete(value.id);
  }
  return only;
}
